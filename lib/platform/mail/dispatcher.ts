import { randomUUID } from 'node:crypto';
import { errorMessage, log } from '@/lib/platform/log';
import { deliverEach, type DispatcherOptions } from './sending';
import { mailingRound } from './mailing';
import type { Transport } from './message';
import { Pace } from './pace';
import { claimDue, LANES, type Lane } from './queue';
import { bringOneForward } from './recovery';
import {
  BATCH_SECONDS,
  DATABASE_RETRY_MILLISECONDS,
  LEASE_SECONDS,
  POLL_MILLISECONDS,
  PROBE_SECONDS,
} from './schedule';
import { transportFor } from './transport';

export interface Dispatcher {
  /**
   * Starts no further sends, releases claimed mails, and waits for sends in progress to be marked.
   */
  stop(): Promise<void>;
}

/** Claims and sends mails of a lane. Returns how many were claimed. */
async function round(
  lane: Exclude<Lane, 'mailing'>,
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
  await deliverEach(lane, mails, options, transport, pace, { claimedAt, leaseEndsAt });
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
    (await round('other', options, transport, pace)) +
    (await mailingRound(options, transport, pace))
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
        const claimed =
          lane === 'mailing'
            ? await mailingRound(options, transport, pace)
            : await round(lane, options, transport, pace);
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
  /** Finds out whether a provider that has failed takes mails again. */
  async function probe(): Promise<void> {
    while (!pace.stopped) {
      await pace.sleep((options.probeSeconds ?? PROBE_SECONDS) * 1_000);
      // While the database is unavailable, the lanes say so.
      if (pace.isProviderInDoubt) await bringOneForward(options.db).catch(() => {});
    }
  }
  const running = Promise.all([...LANES.map(run), probe()]);
  return {
    async stop() {
      pace.stop();
      await running;
    },
  };
}
