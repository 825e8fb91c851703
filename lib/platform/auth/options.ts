import type { NextAuthOptions } from 'next-auth';
import type { EmailConfig } from 'next-auth/providers/email';
import { hasLocale } from 'next-intl';
import { db } from '../db/client.ts';
import { env } from '../env.ts';
import { SESSION_HOURS, SIGN_IN_LINK_MINUTES, SIGN_IN_MAILS_PER_HOUR } from '../limits.ts';
import { addressKey, enqueue } from '../mail/outbox.ts';
import { routing } from '../i18n/routing.ts';
import { adapter } from './adapter.ts';

/** The language a path of ours is in. */
function localeOf(path: string) {
  const first = path.split('/')[1];
  return hasLocale(routing.locales, first) ? first : routing.defaultLocale;
}

/** Puts a sign-in link into the outbox. Beyond the cap nothing is sent: more would only be somebody flooding a mailbox. */
async function mailSignInLink({ identifier, url, token, expires }: Parameters<EmailConfig['sendVerificationRequest']>[0]): Promise<void> {
  const recent = await db().mail.count({
    where: { toKey: addressKey(identifier), kind: 'sign_in', createdAt: { gt: new Date(Date.now() - 3_600_000) } },
  });
  if (recent >= SIGN_IN_MAILS_PER_HOUR) return;
  const callbackPath = new URL(new URL(url).searchParams.get('callbackUrl') ?? '/', env().APP_URL).pathname;
  await enqueue(db(), {
    kind: 'sign_in',
    to: identifier,
    language: localeOf(callbackPath),
    props: { expiresAt: expires.toISOString() },
    token,
  });
}

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
      sendVerificationRequest: mailSignInLink,
      options: {},
    } satisfies EmailConfig,
  ],
  session: {
    strategy: 'database',
    maxAge: SESSION_HOURS * 3_600,
    // As long as the session itself: being used does not lengthen it.
    updateAge: SESSION_HOURS * 3_600,
  },
  pages: { signIn: '/admin/sign-in', error: '/admin/sign-in', verifyRequest: '/admin/sign-in', signOut: '/admin/sign-in' },
  callbacks: {
    /** People on the coordinator list only; asked before a link is mailed and again when it is used. */
    signIn: async ({ user }) =>
      Boolean(user.email && (await db().coordinator.findFirst({ where: { email: user.email, deactivatedAt: null }, select: { id: true } }))),
    session: ({ session, user }) => ({ ...session, coordinatorId: user.id }),
    /** Back to our own pages only. */
    redirect: ({ url, baseUrl }) => (url.startsWith('/') && !url.startsWith('//') ? baseUrl + url : url.startsWith(`${baseUrl}/`) ? url : baseUrl),
  },
};
