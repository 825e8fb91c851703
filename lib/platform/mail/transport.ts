import type { PrismaClient } from '../db/generated/client.ts';
import type { Env } from '../env.ts';
import { mailboxTransport } from './mailbox.ts';
import type { Transport } from './message.ts';
import { resendTransport } from './resend.ts';
import { smtpTransport } from './smtp.ts';

/** The transport that the environment names: Resend, SMTP or the local mailbox. `parseEnv` has seen to it that it names one. */
export function transportFor(env: Env, db: PrismaClient): Transport {
  if (env.RESEND_API_KEY) return resendTransport(env.RESEND_API_KEY, env.RESEND_BASE_URL);
  if (env.SMTP_URL) return smtpTransport(env.SMTP_URL);
  return mailboxTransport(db);
}
