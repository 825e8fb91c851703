import { notFound } from 'next/navigation';
import {
  letterAccess,
  letterMaker,
  type AccessFor,
  type LetterMaker,
} from '@/lib/coordinator/access';
import type { Act } from '@/lib/coordinator/permissions';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import type { Locale } from '@/lib/platform/i18n/routing';

/**
 * First line of every admin page and action about a letter: the access of whoever asks, for an act. Who is not signed in
 * is redirected to the sign-in page; who is signed in and may not gets the page of what does not exist.
 */
export async function requireLetterAccess<A extends Act>(
  locale: Locale,
  slug: string,
  act: A,
): Promise<AccessFor<A>> {
  const coordinator = await requireCoordinator(locale);
  return (await letterAccess(coordinator, slug, act)) ?? notFound();
}

/** First line of the page and the actions that create a letter. */
export async function requireLetterMaker(locale: Locale): Promise<LetterMaker> {
  return letterMaker(await requireCoordinator(locale)) ?? notFound();
}
