import type { PrismaClient } from '@/lib/platform/db/generated/client';
import type { Env } from '@/lib/platform/env';
import { errorName, log } from '@/lib/platform/log';
import { openAll } from '@/lib/platform/sealing';
import { derivedToken, tokenOfId, unseal } from '@/lib/platform/tokens';
import type { AboutLetter } from './kinds';
import {
  MailError,
  type MailToRender,
  type Message,
  type RenderMail,
  type Transport,
} from './message';
import type { Pace } from './pace';
import {
  markFailed,
  markSent,
  markSuppressed,
  postpone,
  release,
  type ClaimedMail,
  type Lane,
} from './queue';
import { bringAllForward } from './recovery';
import { backoffSeconds, MARK_RETRY_MILLISECONDS, RATE_LIMIT_SECONDS } from './schedule';
import { reachesSuppressed, suppressionOf } from './suppression';

export interface DispatcherOptions {
  db: PrismaClient;
  env: Env;
  render: RenderMail;
  /** Replaces the transport configured in the environment. */
  transport?: Transport;
  intervalMs?: number;
  leaseSeconds?: number;
  probeSeconds?: number;
}

/** What ends mails that do not answer what their recipient did. */
function endingOf(
  { kind, representativeId }: ClaimedMail,
  token: string | undefined,
  { APP_SECRET }: Env,
): { endingToken?: string } {
  if ((kind === 'reminder' || kind === 'invite_to_sign') && token)
    return { endingToken: derivedToken(token, 'unsubscribe') };
  if (kind === 'mailing' && representativeId)
    return { endingToken: tokenOfId(representativeId, 'end mailings', APP_SECRET) };
  return {};
}

/**
 * Renders the message of a mail row. Errors are `retry`, since a wrong secret and a broken template
 * can be fixed.
 */
export async function compose(
  mail: ClaimedMail,
  { env, render }: DispatcherOptions,
): Promise<Message> {
  try {
    const token = mail.sealedToken
      ? unseal(mail.sealedToken, [env.APP_SECRET, ...env.PREVIOUS_SECRETS])
      : undefined;
    const { kind, language, to } = mail;
    const props = openAll(mail.props);
    const { subject, html, text, oneClickUrl } = await render(
      { kind, language, to, props, token, ...endingOf(mail, token, env) } as MailToRender,
      env.APP_URL,
    );
    return {
      id: mail.id,
      to,
      from: env.MAIL_FROM ?? 'Undersigned <undersigned@localhost>',
      replyTo: (props as Partial<AboutLetter>).contact ?? undefined,
      subject,
      html,
      text,
      oneClickUrl,
    };
  } catch (error) {
    log('error', 'a mail could not be composed', {
      mail: mail.id,
      kind: mail.kind,
      error: errorName(error),
    });
    throw new MailError('retry', 'the mail could not be composed: was APP_SECRET changed?');
  }
}

/**
 * Marks a mail as sent. An unmarked one would be sent again, so if the database is unavailable (it
 * may be restarting), this is retried until the lease expires.
 */
export async function persistently(
  pace: Pace,
  leaseEndsAt: number,
  write: () => Promise<unknown>,
): Promise<void> {
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      if (pace.stopped || performance.now() + MARK_RETRY_MILLISECONDS >= leaseEndsAt) throw error;
      await pace.sleep(MARK_RETRY_MILLISECONDS);
    }
  }
}

/** Notes that the provider has taken mails; if they had failed before, it may take others, too. */
export async function noteSent(db: PrismaClient, pace: Pace, attempts: number): Promise<void> {
  pace.isProviderInDoubt = false;
  if (attempts > 1) await bringAllForward(db);
}

/** Sends one mail, and writes down what became of it. */
export async function deliver(
  mail: ClaimedMail,
  options: DispatcherOptions,
  transport: Transport,
  pace: Pace,
  leaseEndsAt: number,
): Promise<void> {
  const { db } = options;
  const { id, kind, attempts } = mail;
  const write = (step: () => Promise<unknown>) => persistently(pace, leaseEndsAt, step);
  if (mail.uncertain) {
    await write(() =>
      markFailed(
        db,
        mail,
        'whether an earlier attempt arrived is unknown, and it is too late to try again',
        true,
      ),
    );
    return;
  }
  if (!reachesSuppressed(kind) && (await suppressionOf(db, mail.to, options.env))) {
    await write(() => markSuppressed(db, mail));
    log('info', 'a mail was not sent, since its address bounced or complained', { mail: id, kind });
    return;
  }
  try {
    const { providerId } = await transport.send(await compose(mail, options));
    await write(async () => {
      if (!(await markSent(db, mail, providerId)))
        log('warn', 'a mail was sent after its lease had expired', { mail: id, kind });
    });
    await noteSent(db, pace, attempts);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const facts = { mail: id, kind, attempts, reason: error.message };
    if (error.kind === 'rate-limited') {
      const seconds = error.retryAfterSeconds ?? RATE_LIMIT_SECONDS;
      pace.pause(seconds);
      await write(() => release(db, [mail], seconds, error.message));
      log('info', 'the mail provider limits the rate', { seconds });
    } else if (error.kind === 'permanent') {
      await write(() => markFailed(db, mail, error.message, false));
      log('error', 'a mail was refused', facts);
    } else {
      pace.isProviderInDoubt = true;
      await write(async () => {
        const gaveUp = await postpone(db, [mail], backoffSeconds(attempts), error.message);
        log(
          gaveUp ? 'error' : 'warn',
          gaveUp ? 'a mail failed at its last attempt' : 'a mail failed and will be retried',
          facts,
        );
      });
    }
  }
}

/** When mails were claimed, and when their lease expires, by `performance.now()`. */
export interface Term {
  claimedAt: number;
  leaseEndsAt: number;
}

/**
 * Waits for a slot to send mails in. False if there is none before half of the lease is over, after
 * which a slow send could exceed it.
 */
export async function inTime(
  lane: Lane,
  pace: Pace,
  { claimedAt, leaseEndsAt }: Term,
): Promise<boolean> {
  const startBy = (claimedAt + leaseEndsAt) / 2;
  return performance.now() + pace.wait < startBy && (await pace.turn(lane));
}

/** Sends mails one by one; those for which there is no time are released. */
export async function deliverEach(
  lane: Lane,
  mails: readonly ClaimedMail[],
  options: DispatcherOptions,
  transport: Transport,
  pace: Pace,
  term: Term,
): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (const mail of mails)
    underWay.push(
      (await inTime(lane, pace, term))
        ? deliver(mail, options, transport, pace, term.leaseEndsAt)
        : release(options.db, [mail], pace.wait / 1000),
    );
  // A row that could not be written becomes due again when its lease expires.
  const failure = (await Promise.allSettled(underWay)).find(
    (result) => result.status === 'rejected',
  );
  if (failure) throw failure.reason;
}
