/** The background jobs of a server process. Every process runs them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/lib/platform/db/client';
import { env, tellNextAuth } from '@/lib/platform/env';
import { startDispatcher } from '@/lib/platform/mail/dispatcher';
import { watchForChanges } from '@/lib/platform/page-cache/watcher';
import { closeRateLimits } from '@/lib/platform/rate-limits';
import { onShutdown } from '@/lib/platform/shutdown';
import { JOBS, logFailure, mailing, type Job } from './jobs';

const HOUR_MS = 3_600_000;
const IDLE_MS = 500;

type Stop = () => Promise<void> | void;

/** Runs a job again and again, with a pause when nothing was left. */
function always({ name, run }: Job): Stop {
  const stopping = new AbortController();
  const running = (async () => {
    let failing = false;
    while (!stopping.signal.aborted) {
      try {
        const done = await run();
        failing = false;
        if (done > 0) continue; // there may be more
      } catch (error) {
        if (!failing) logFailure(name, error);
        failing = true;
      }
      await sleep(IDLE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

function once({ name, run }: Job): Stop {
  void run().catch((error: unknown) => logFailure(name, error));
  return () => {};
}

function hourly(job: Job): Stop {
  once(job);
  const timer = setInterval(() => once(job), HOUR_MS);
  return () => clearInterval(timer);
}

const START = { always, hourly, once };

/**
 * Starts the watcher for changes by other processes and, unless rounds from outside do it (JOBS_BY),
 * the jobs and the mail dispatcher.
 */
export function startBackground(): void {
  tellNextAuth();
  const stops: Stop[] = [watchForChanges()];
  const dispatcher = env().JOBS_BY === 'processes' ? startDispatcher(mailing()) : null;
  if (dispatcher) stops.push(...JOBS.map((job) => START[job.when](job)));
  onShutdown(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await dispatcher?.stop();
    await closeRateLimits();
    await db().$disconnect();
  });
}
