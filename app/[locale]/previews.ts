import type { Metadata } from 'next';
import type { Locale } from '@/lib/platform/i18n/routing';
import { alternates } from './locale';

/** What other sites show with a link to a page: its title, a description and a picture. */
export function previews({
  type,
  title,
  description,
  path,
  locale,
  picture,
}: {
  type: 'article' | 'website';
  title: string;
  description: string | undefined;
  /** Of the page, without its language. */
  path: string;
  locale: Locale;
  /** Path of the picture. */
  picture: string;
}): Pick<Metadata, 'openGraph' | 'twitter'> {
  const image = { url: picture, width: 1200, height: 630, alt: title };
  return {
    openGraph: {
      type,
      siteName: 'Undersigned',
      title,
      description,
      url: alternates(path, locale).canonical as string,
      locale: locale === 'ja' ? 'ja_JP' : 'en_US',
      images: [image],
    },
    twitter: { card: 'summary_large_image', title, description, images: [image] },
  };
}
