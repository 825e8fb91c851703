import type { PrismaClient } from '@/lib/platform/db/generated/client';
import type { Env } from '@/lib/platform/env';
import { mailboxTransport } from './mailbox';
import type { Transport } from './message';
import { resendTransport } from './resend';
import { smtpTransport } from './smtp';

/**
 * The transport configured in the environment: Resend, SMTP or the local mailbox. `parseEnv`
 * ensures that there is one.
 */
export function transportFor(env: Env, db: PrismaClient): Transport {
  if (env.RESEND_API_KEY) return resendTransport(env.RESEND_API_KEY, env.RESEND_BASE_URL);
  if (env.SMTP_URL) return smtpTransport(env.SMTP_URL);
  return mailboxTransport(db);
}
