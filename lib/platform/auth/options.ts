import type { NextAuthOptions } from 'next-auth';
import type { EmailConfig } from 'next-auth/providers/email';
import { db } from '@/lib/platform/db/client';
import { SESSION_HOURS, SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { adapter } from './adapter';
import { sessionCookie } from './session-cookie';

/**
 * next-auth options: sign-in by e-mail link (https://next-auth.js.org/providers/email), for
 * coordinators only, with database sessions.
 */
export const authOptions = (): NextAuthOptions => ({
  adapter,
  // A literal instead of next-auth's EmailProvider, which loads nodemailer.
  providers: [
    {
      id: 'email',
      type: 'email',
      name: 'Email',
      server: '',
      from: '',
      maxAge: SIGN_IN_LINK_MINUTES * 60,
      // sign-in.ts sends the links; next-auth's route for requesting one is not reachable.
      sendVerificationRequest: () =>
        Promise.reject(new Error('sign-in links are not sent by next-auth')),
      options: {},
    } satisfies EmailConfig,
  ],
  session: {
    strategy: 'database',
    maxAge: SESSION_HOURS * 3_600,
    // The lifetime of the session itself, which is not extended by use.
    updateAge: SESSION_HOURS * 3_600,
  },
  cookies: {
    sessionToken: {
      name: sessionCookie().name,
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: sessionCookie().secure },
    },
  },
  pages: {
    signIn: '/admin/sign-in',
    error: '/admin/sign-in',
    verifyRequest: '/admin/sign-in',
    signOut: '/admin/sign-in',
  },
  // Only codes: the metadata can contain untrusted input.
  logger: {
    error: (code) => log('error', 'next-auth', { code }),
    warn: (code) => log('warn', 'next-auth', { code }),
    debug: () => {},
  },
  callbacks: {
    /** Only coordinators; checked again when a link is used. */
    signIn: async ({ user }) =>
      Boolean(
        user.email &&
        (await db().coordinator.findFirst({
          where: { email: user.email, deactivatedAt: null },
          select: { id: true },
        })),
      ),
    /** Redirects to our own pages only. */
    redirect: ({ url, baseUrl }) =>
      url.startsWith('/') && !url.startsWith('//')
        ? baseUrl + url
        : url.startsWith(`${baseUrl}/`)
          ? url
          : baseUrl,
  },
});
