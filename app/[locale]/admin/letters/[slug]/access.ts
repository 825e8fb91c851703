import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import type { Section } from '@/components/admin/sections';
import { managedLetter } from '@/lib/letter/queries';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import type { Locale } from '@/lib/platform/i18n/routing';
import { localeIn } from '@/app/[locale]/admin/locale';

export interface LetterPageProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Read once for a page and its metadata. */
const read = cache(
  async <R extends 'observer' | 'owner'>(locale: Locale, slug: string, atLeast: R) => {
    const authority = await requireLetterAccess(locale, slug, atLeast);
    return { authority, letter: await managedLetter(authority, locale) };
  },
);

/** First line of every page on which a letter is worked on: the right of whoever asks to do so, and the letter. */
export async function requireLetter<R extends 'observer' | 'owner'>(
  params: LetterPageProps['params'],
  atLeast: R,
) {
  const { slug, ...where } = await params;
  const locale = localeIn(where.locale);
  return { locale, slug, ...(await read(locale, slug, atLeast)) };
}

/** What a page on which a letter is worked on is called in a window's title. */
export function titled(section: Section) {
  return async ({ params }: LetterPageProps): Promise<Metadata> => {
    const { locale, letter } = await requireLetter(
      params,
      section === 'review' ? 'observer' : 'owner',
    );
    const t = await getTranslations({ locale, namespace: 'admin' });
    return { title: t('title', { section: t(`sections.${section}`), title: letter.title }) };
  };
}
