import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import type { ListOfLetter } from '@/components/signatories/signatory-list';
import { movedTo } from '@/lib/letter/queries';
import type { Locale } from '@/lib/platform/i18n/routing';
import { publicLetter, type PublicLetter } from '@/lib/signatories/public-letter/queries';
import type { Counts, SignatoryList } from '@/lib/signatories/queries';

/** The letter a route is about, or null; read once for a page and its metadata, which says nothing where there is none: the page redirects. */
export const letterAt = cache((slug: string) => publicLetter(slug));

/** The letter a route is about. An address that the letter had before leads to it; without a letter, the route does not exist. */
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

/** The address of a page of one of a letter's lists; first pages stand on the letter's own. */
export function listHref(slug: string, list: SignatoryList, page: number): string {
  if (page === 1) return `/letters/${slug}#${list === 'listed' ? 'signatories' : list}`;
  return `/letters/${slug}/signatories/${list === 'listed' ? '' : `${list}-`}${page}`;
}

/** What the components of a letter's list need to know of it. */
export const listOf = (letter: PublicLetter, counts: Counts): ListOfLetter => ({
  slug: letter.slug,
  settings: letter.settings,
  timeZone: letter.timeZone,
  counts,
  delivered: letter.delivery !== null,
});
