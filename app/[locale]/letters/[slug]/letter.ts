import { notFound } from 'next/navigation';
import { cache } from 'react';
import { publicLetter } from '@/lib/publication/queries';

/** The letter a route is about, or null; read once for a page and its metadata. */
export const letterAt = cache((slug: string) => publicLetter(slug));

/** The letter a route is about; without one, the route does not exist. */
export const letterOfRoute = async (slug: string) => (await letterAt(slug)) ?? notFound();

/** Pages a list of `named` signatories takes; an empty list takes one too. */
export const pagesOf = (named: number, size: number) => Math.max(1, Math.ceil(named / size));

/** The address of a page of a letter's list; its first page is the letter itself. */
export const listHref = (slug: string, page: number) =>
  page === 1 ? `/letters/${slug}#signatories` : `/letters/${slug}/signatories/${page}`;
