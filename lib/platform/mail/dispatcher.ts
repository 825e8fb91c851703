import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import type { Env } from '@/lib/platform/env';
import { errorMessage, errorName, log } from '@/lib/platform/log';
import { unseal } from '@/lib/platform/tokens';
import type { AboutLetter } from './kinds';
import {
  MailError,
  type MailToRender,
  type Message,
  type RenderMail,
  type Transport,
} from './message';
import {
  claimDue,
  markFailed,
  markSent,
  postpone,
  release,
  type ClaimedMail,
  type Lane,
} from './queue';
import {
  BATCH_SECONDS,
  DATABASE_RETRY_MILLISECONDS,
  GIVE_WAY_MILLISECONDS,
  LEASE_SECONDS,
  MARK_RETRY_MILLISECONDS,
  POLL_MILLISECONDS,
  RATE_LIMIT_SECONDS,
  backoffSeconds,
} from './schedule';
import { transportFor } from './transport';

export interface DispatcherOptions {
  db: PrismaClient;
  env: Env;
  render: RenderMail;
  /** Replaces the transport configured in the environment. */
  transport?: Transport;
  intervalMs?: number;
  leaseSeconds?: number;
}

export interface Dispatcher {
  /**
   * Starts no further sends, releases claimed mails, and waits for sends in progress to be marked.
   */
  stop(): Promise<void>;
}

/** A dispatcher's state: its rate limit, and whether it is stopping. */
class Pace {
  private nextAt = 0;
  private signInsWaiting = 0;
  private readonly stopping = new AbortController();

  constructor(private readonly perSecond: number) {}

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Milliseconds until the next send; more than one slot after {@link pause}. */
  get wait(): number {
    return Math.max(0, this.nextAt - performance.now());
  }

  pause(seconds: number): void {
    this.nextAt = Math.max(this.nextAt, performance.now() + seconds * 1000);
  }

  /**
   * Waits for the next slot and takes it; sign-in mails have priority. False if the dispatcher is
   * stopped in the meantime.
   */
  async turn(lane: Lane): Promise<boolean> {
    if (lane === 'sign-in') this.signInsWaiting += 1;
    try {
      const givesWay = () => lane === 'other' && this.signInsWaiting > 0;
      while (!this.stopped && (this.wait > 0 || givesWay()))
        await this.sleep(this.wait || GIVE_WAY_MILLISECONDS);
      this.nextAt = performance.now() + 1000 / this.perSecond;
      return !this.stopped;
    } finally {
      if (lane === 'sign-in') this.signInsWaiting -= 1;
    }
  }

  /** Sleeps until the time is over or {@link stop} is called. */
  async sleep(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => {});
  }
}

/**
 * Renders the message of a mail row. Errors are `retry`, since a wrong secret and a broken template
 * can be fixed.
 */
async function compose(mail: ClaimedMail, { env, render }: DispatcherOptions): Promise<Message> {
  try {
    const token = mail.sealedToken ? unseal(mail.sealedToken, env.APP_SECRET) : undefined;
    const { kind, language, to, props } = mail;
    const { subject, html, text } = await render(
      { kind, language, to, props, token } as MailToRender,
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
async function persistently(
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

async function deliver(
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
  try {
    const { providerId } = await transport.send(await compose(mail, options));
    await write(async () => {
      if (!(await markSent(db, mail, providerId)))
        log('warn', 'a mail was sent after its lease had expired', { mail: id, kind });
    });
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const facts = { mail: id, kind, attempts, reason: error.message };
    if (error.kind === 'rate-limited') {
      const seconds = error.retryAfterSeconds ?? RATE_LIMIT_SECONDS;
      pace.pause(seconds);
      await write(() => release(db, mail, seconds, error.message));
      log('info', 'the mail provider limits the rate', { seconds });
    } else if (error.kind === 'permanent') {
      await write(() => markFailed(db, mail, error.message, false));
      log('error', 'a mail was refused', facts);
    } else {
      await write(async () => {
        const gaveUp = await postpone(db, mail, backoffSeconds(attempts), error.message);
        log(
          gaveUp ? 'error' : 'warn',
          gaveUp ? 'a mail failed at its last attempt' : 'a mail failed and will be retried',
          facts,
        );
      });
    }
  }
}

async function round(
  lane: Lane,
  options: DispatcherOptions,
  transport: Transport,
  pace: Pace,
): Promise<number> {
  const { db, env, leaseSeconds = LEASE_SECONDS } = options;
  const claimedAt = performance.now();
  const leaseEndsAt = claimedAt + leaseSeconds * 1000;
  const mails = await claimDue(
    db,
    lane,
    randomUUID(),
    leaseSeconds,
    Math.max(1, Math.ceil(env.MAIL_PER_SECOND * BATCH_SECONDS)),
  );
  const underWay: Promise<void>[] = [];
  for (const mail of mails) {
    // After half of the lease, a slow send could exceed it.
    const startBy = claimedAt + leaseSeconds * 500;
    const inTime = performance.now() + pace.wait < startBy && (await pace.turn(lane));
    underWay.push(
      inTime
        ? deliver(mail, options, transport, pace, leaseEndsAt)
        : release(db, mail, pace.wait / 1000),
    );
  }
  // A row that could not be written becomes due again when its lease expires.
  const failure = (await Promise.allSettled(underWay)).find(
    (result) => result.status === 'rejected',
  );
  if (failure) throw failure.reason;
  return mails.length;
}

/**
 * Sends what is due now: one round of each lane. Returns the number of claimed mails. Throws if the
 * database fails.
 */
export async function dispatchDue(options: DispatcherOptions): Promise<number> {
  const transport = options.transport ?? transportFor(options.env, options.db);
  const pace = new Pace(options.env.MAIL_PER_SECOND);
  return (
    (await round('sign-in', options, transport, pace)) +
    (await round('other', options, transport, pace))
  );
}

/**
 * Sends mails from the outbox continuously. Any number of dispatchers, in any number of processes,
 * can share one outbox; MAIL_PER_SECOND applies to each. Waits while the database is unavailable.
 */
export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const transport = options.transport ?? transportFor(options.env, options.db);
  const pace = new Pace(options.env.MAIL_PER_SECOND);
  async function run(lane: Lane): Promise<void> {
    let failing = false;
    while (!pace.stopped) {
      try {
        const claimed = await round(lane, options, transport, pace);
        if (failing) log('info', 'mails are being sent again');
        failing = false;
        if (claimed === 0) await pace.sleep(options.intervalMs ?? POLL_MILLISECONDS);
      } catch (error) {
        if (!failing) log('error', 'sending mails failed', { error: errorMessage(error) });
        failing = true;
        await pace.sleep(DATABASE_RETRY_MILLISECONDS);
      }
    }
  }
  const running = Promise.all([run('sign-in'), run('other')]);
  return {
    async stop() {
      pace.stop();
      await running;
    },
  };
}
