import { notFound } from 'next/navigation';
import {
  instanceAdministrator,
  letterAccess,
  letterMaker,
  type AccessFor,
  type InstanceAdministrator,
  type LetterMaker,
} from '@/lib/coordinator/access';
import type { Act } from '@/lib/coordinator/permissions';
import { requireCoordinator } from '@/lib/platform/auth/guard';
import type { Locale } from '@/lib/platform/i18n/routing';

/**
 * Authorizes the current user for an act on a letter. Call it first in every admin action
 * about a letter. Redirects to the sign-in page without a session; responds 404 without permission.
 */
export async function requireLetterAccess<A extends Act>(
  locale: Locale,
  slug: string,
  act: A,
): Promise<AccessFor<A>> {
  const coordinator = await requireCoordinator(locale);
  return (await letterAccess(coordinator, slug, act)) ?? notFound();
}

/**
 * Authorizes the current user to create letters. Call it first in the page and the actions that do.
 */
export async function requireLetterMaker(locale: Locale): Promise<LetterMaker> {
  return letterMaker(await requireCoordinator(locale)) ?? notFound();
}

/**
 * Authorizes the current user to manage all coordinators. Call it first in the page and the actions
 * that do.
 */
export async function requireAdministrator(locale: Locale): Promise<InstanceAdministrator> {
  return instanceAdministrator(await requireCoordinator(locale)) ?? notFound();
}
