import type { Metadata } from 'next';
import { getPathname } from '@/lib/platform/i18n/navigation';
import type { Locale } from '@/lib/platform/i18n/routing';
import { fullTitle } from '@/lib/letter/rules';
import { firstLines } from '@/lib/letter/text/first-lines';
import type { PublicLetter, PublicText } from '@/lib/signatories/public-letter/queries';
import { alternates } from '@/app/[locale]/locale';

/** Maximum length of a description; search engines show less. */
const DESCRIPTION_MAX = 180;

/** What other sites show with a link to a letter: its title, its first lines and a picture. */
export function sharing({ slug }: PublicLetter, text: PublicText, locale: Locale): Metadata {
  const title = fullTitle(text);
  const description = firstLines(text.body, text.language, DESCRIPTION_MAX) || undefined;
  const where = alternates(`/letters/${slug}`, locale);
  const image = {
    url: `/api/letters/${slug}/picture.png?language=${locale}`,
    width: 1200,
    height: 630,
    alt: title,
  };
  return {
    title,
    description,
    alternates: {
      ...where,
      types: {
        'application/atom+xml': getPathname({ href: `/letters/${slug}/feed.xml`, locale }),
      },
    },
    openGraph: {
      type: 'article',
      siteName: 'Undersigned',
      title,
      description,
      url: where.canonical as string,
      locale: locale === 'ja' ? 'ja_JP' : 'en_US',
      images: [image],
    },
    twitter: { card: 'summary_large_image', title, description, images: [image] },
  };
}
