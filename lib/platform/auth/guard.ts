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

/** The cookie next-auth keeps a session's token in: with the prefix where the instance is served over https. */
const SESSION_COOKIES = ['__Secure-next-auth.session-token', 'next-auth.session-token'];

/**
 * The coordinator who asks, or null. One look-up a request. Read from our own table and not through next-auth's
 * `getServerSession`, which fails on cookies that a stranger has bent, and takes a database that is away for nobody being
 * signed in: that must fail, since whoever is sent to sign in loses what they typed.
 */
export const signedIn = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  const tokens = SESSION_COOKIES.flatMap((name) => jar.get(name)?.value ?? []);
  if (tokens.length === 0) return null;
  const session = await db().session.findFirst({
    where: {
      tokenHash: { in: tokens.map(hashToken) },
      expiresAt: { gt: new Date() },
      coordinator: { deactivatedAt: null },
    },
    select: { coordinator: { select: { id: true, email: true, isAdministrator: true } } },
  });
  return session?.coordinator ?? null;
});

/** First line of every admin page and action: the coordinator who asks. Anybody else is sent to sign in. */
export async function requireCoordinator(locale: Locale): Promise<SignedIn> {
  return (await signedIn()) ?? redirect(`/${locale}/admin/sign-in`);
}

/** Ends the session of whoever asks, in the database and in the browser. `everywhere`: all sessions of theirs. */
export async function signOut(everywhere: boolean): Promise<void> {
  const coordinator = await signedIn();
  const jar = await cookies();
  for (const name of SESSION_COOKIES) {
    const token = jar.get(name)?.value;
    if (token) await adapter.deleteSession?.(token);
    // A browser lets go of a `__Secure-` cookie only when told so by a secure one.
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
