import type { NextAuthOptions } from 'next-auth';
import type { EmailConfig } from 'next-auth/providers/email';
import { db } from '@/lib/platform/db/client';
import { SESSION_HOURS, SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import { adapter } from './adapter';

/** Sign-in by e-mail link (https://next-auth.js.org/providers/email), for coordinators only, with sessions in the database. */
export const authOptions: NextAuthOptions = {
  adapter,
  // Written out, and not made by next-auth's EmailProvider, because that loads nodemailer.
  providers: [
    {
      id: 'email',
      type: 'email',
      name: 'Email',
      server: '',
      from: '',
      maxAge: SIGN_IN_LINK_MINUTES * 60,
      // Links are mailed by sign-in.ts; next-auth's route for asking for one is not reachable.
      sendVerificationRequest: () =>
        Promise.reject(new Error('sign-in links are not mailed by next-auth')),
      options: {},
    } satisfies EmailConfig,
  ],
  session: {
    strategy: 'database',
    maxAge: SESSION_HOURS * 3_600,
    // As long as the session itself: being used does not lengthen it.
    updateAge: SESSION_HOURS * 3_600,
  },
  pages: {
    signIn: '/admin/sign-in',
    error: '/admin/sign-in',
    verifyRequest: '/admin/sign-in',
    signOut: '/admin/sign-in',
  },
  // Codes only: what goes with them can hold what a stranger sent.
  logger: {
    error: (code) => log('error', 'next-auth', { code }),
    warn: (code) => log('warn', 'next-auth', { code }),
    debug: () => {},
  },
  callbacks: {
    /** People on the coordinator list only, asked again when a link is used. */
    signIn: async ({ user }) =>
      Boolean(
        user.email &&
        (await db().coordinator.findFirst({
          where: { email: user.email, deactivatedAt: null },
          select: { id: true },
        })),
      ),
    /** Back to our own pages only. */
    redirect: ({ url, baseUrl }) =>
      url.startsWith('/') && !url.startsWith('//')
        ? baseUrl + url
        : url.startsWith(`${baseUrl}/`)
          ? url
          : baseUrl,
  },
};
