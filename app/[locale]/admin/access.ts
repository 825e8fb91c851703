import { notFound } from 'next/navigation';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import type { Role } from '@/lib/platform/db/generated/enums';
import type { Locale } from '@/lib/platform/i18n/routing';

/**
 * First line of every admin page and action about a letter: the access of whoever asks, as `atLeast`. Who is not signed in
 * is redirected to the sign-in page; who is signed in and lacks the role gets the page of what does not exist.
 */
export async function requireLetterAccess<R extends Role>(
  locale: Locale,
  slug: string,
  atLeast: R,
) {
  const coordinator = await requireCoordinator(locale);
  return (await letterAccess(coordinator.id, slug, atLeast)) ?? notFound();
}

/** First line of the page and the actions that create a letter. */
export async function requireLetterMaker(locale: Locale) {
  const coordinator = await requireCoordinator(locale);
  return (await letterMaker(coordinator.id)) ?? notFound();
}
