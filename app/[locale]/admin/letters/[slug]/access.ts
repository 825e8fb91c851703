import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { SECTION_ACTS, type Section } from '@/components/admin/sections';
import type { Act } from '@/lib/coordinator/permissions';
import { managedLetter } from '@/lib/letter/queries';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import type { Locale } from '@/lib/platform/i18n/routing';
import { localeIn } from '../../locale';

export interface LetterPageProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Cached per request: a page and its metadata share one read. */
const read = cache(async <A extends Act>(locale: Locale, slug: string, act: A) => {
  const coordinator = await requireCoordinator(locale);
  return (await managedLetter(coordinator, slug, act, locale)) ?? notFound();
});

/**
 * Returns the current user's access and the letter. Call it first in every admin page of a letter.
 */
export async function requireLetter<A extends Act>(params: LetterPageProps['params'], act: A) {
  const { slug, ...where } = await params;
  const locale = localeIn(where.locale);
  return { locale, slug, ...(await read(locale, slug, act)) };
}

/** The title of an admin page of a letter. */
export function titled(section: Section) {
  return async ({ params }: LetterPageProps): Promise<Metadata> => {
    const { locale, letter } = await requireLetter(params, SECTION_ACTS[section]);
    const t = await getTranslations({ locale, namespace: 'admin' });
    return { title: t('title', { section: t(`sections.${section}`), title: letter.title }) };
  };
}
