import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import type { ListOfLetter } from '@/components/signatories/signatory-list';
import { movedTo } from '@/lib/letter/queries';
import type { Locale } from '@/lib/platform/i18n/routing';
import { publicLetter, type PublicLetter } from '@/lib/signatories/public-letter/queries';
import type { CategoryCounts, Counts, SignatoryList } from '@/lib/signatories/queries';

/**
 * The letter of a route, or null. Cached per request: a page and its metadata share one read.
 * Metadata is empty without a letter, because the page redirects.
 */
export const letterAt = cache((slug: string) => publicLetter(slug));

/**
 * The letter of a route. A former slug redirects to the current one; an unknown slug responds 404.
 */
export async function letterOfRoute(
  slug: string,
  locale: Locale,
  below = '',
): Promise<PublicLetter> {
  const letter = await letterAt(slug);
  if (letter) return letter;
  const moved = await movedTo(slug);
  return moved ? permanentRedirect(`/${locale}/letters/${moved}${below}`) : notFound();
}

/** The path of a page of one of a letter's lists; first pages are on the letter's own page. */
export function listHref(slug: string, list: SignatoryList, page: number): string {
  if (page === 1) return `/letters/${slug}#${list === 'listed' ? 'signatories' : list}`;
  return `/letters/${slug}/signatories/${list === 'listed' ? '' : `${list}-`}${page}`;
}

/** The parts of a letter that the list components need. */
export const listOf = (
  letter: PublicLetter,
  counts: Counts,
  byCategory: CategoryCounts | null,
): ListOfLetter => ({
  slug: letter.slug,
  settings: letter.settings,
  timeZone: letter.timeZone,
  counts,
  byCategory,
  delivered: letter.delivery !== null,
});
