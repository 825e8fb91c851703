import type { Metadata } from 'next';
import { pathIn, type Locale } from '@/lib/platform/i18n/routing';
import { fullTitle } from '@/lib/letter/rules';
import { firstLines } from '@/lib/letter/text/first-lines';
import type { PublicLetter, PublicText } from '@/lib/signatories/public-letter/queries';
import { alternates } from '@/app/[locale]/locale';
import { previews } from '@/app/[locale]/previews';

/** Maximum length of a description; search engines show less. */
const DESCRIPTION_MAX = 180;

/** What other sites show with a link to a letter: its title, its first lines and a picture. */
export function sharing({ slug }: PublicLetter, text: PublicText, locale: Locale): Metadata {
  const title = fullTitle(text);
  const description = firstLines(text.body, text.language, DESCRIPTION_MAX) || undefined;
  const path = `/letters/${slug}`;
  return {
    title,
    description,
    alternates: {
      ...alternates(path, locale),
      types: {
        'application/atom+xml': pathIn(locale, `${path}/feed.xml`),
      },
    },
    ...previews({
      type: 'article',
      title,
      description,
      path,
      locale,
      picture: `/api${path}/picture.png?language=${locale}`,
    }),
  };
}
