import { cache } from 'react';
import { redirect } from 'next/navigation';
import { cookies } from 'next/headers';
import { db } from '@/lib/platform/db/client';
import type { Locale } from '@/lib/platform/i18n/routing';
import { hashToken } from '@/lib/platform/tokens';
import { adapter } from './adapter';
import { sessionCookie } from './session-cookie';

export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

/**
 * The signed-in coordinator, or null. One query per request. Reads our own table instead of calling
 * next-auth's `getServerSession`, which fails on malformed cookies and treats a database error as
 * being signed out. That must be an error, since a redirect to the sign-in page loses input.
 */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  if (!token) return null;
  return db().coordinator.findFirst({
    where: {
      deactivatedAt: null,
      sessions: { some: { tokenHash: hashToken(token), expiresAt: { gt: new Date() } } },
    },
    select: { id: true, email: true, isAdministrator: true },
  });
});

/**
 * Returns the signed-in coordinator; redirects to the sign-in page without one. Call it first in
 * every admin page and action.
 */
export async function requireCoordinator(locale: Locale): Promise<SignedIn> {
  return (await signedIn()) ?? redirect(`/${locale}/admin/sign-in`);
}

/**
 * Ends the current session, in the database and the browser. `everywhere`: all sessions of the
 * coordinator.
 */
export async function signOut(everywhere: boolean): Promise<void> {
  const coordinator = await signedIn();
  const { name, secure } = sessionCookie();
  const jar = await cookies();
  const token = jar.get(name)?.value;
  if (token) await adapter.deleteSession?.(token);
  // Browsers delete a `__Host-` cookie only by a Set-Cookie with `Secure`.
  jar.set(name, '', { maxAge: 0, path: '/', httpOnly: true, sameSite: 'lax', secure });
  if (coordinator && everywhere)
    await db().session.deleteMany({ where: { coordinatorId: coordinator.id } });
}
