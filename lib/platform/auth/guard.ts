import { cache } from 'react';
import { redirect } from 'next/navigation';
import { cookies } from 'next/headers';
import { db } from '@/lib/platform/db/client';
import type { Locale } from '@/lib/platform/i18n/routing';
import { hashToken } from '@/lib/platform/tokens';
import { adapter } from './adapter';

export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

/**
 * The name of next-auth's session cookie: with its `__Secure-` prefix if the instance is served
 * over https.
 */
const SESSION_COOKIES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];

/**
 * The signed-in coordinator, or null. One query per request. Reads our own table instead of calling
 * next-auth's `getServerSession`, which fails on malformed cookies and treats a database error as
 * being signed out. That must be an error, since a redirect to the sign-in page loses input.
 */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  const tokens = SESSION_COOKIES.flatMap((name) => jar.get(name)?.value ?? []);
  if (tokens.length === 0) return null;
  return db().coordinator.findFirst({
    where: {
      deactivatedAt: null,
      sessions: {
        some: { tokenHash: { in: tokens.map(hashToken) }, expiresAt: { gt: new Date() } },
      },
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
  const jar = await cookies();
  for (const name of SESSION_COOKIES) {
    const token = jar.get(name)?.value;
    if (token) await adapter.deleteSession?.(token);
    // Browsers delete a `__Secure-` cookie only by a Set-Cookie with `Secure`.
    jar.set(name, '', {
      maxAge: 0,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: name.startsWith('__Secure-'),
    });
  }
  if (coordinator && everywhere)
    await db().session.deleteMany({ where: { coordinatorId: coordinator.id } });
}
