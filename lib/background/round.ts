/** The background jobs where no process stays: once, for as long as a caller can wait. */
import { db } from '@/lib/platform/db/client';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import { bringOneForward } from '@/lib/platform/mail/recovery';
import { JOBS, logFailure, mailing, type Job } from './jobs';

/** Nothing new is begun after this time; what was begun is finished. */
const ROUND_MS = 45_000;

const MAILS: Job = { name: 'mails', when: 'always', run: () => dispatchDue(mailing()) };

/** How much of each job was done, by its name; null: it failed, and the next round tries again. */
export type Done = Record<string, number | null>;

/** Runs a job once or, if somebody waits for it, until nothing or no time is left. */
async function carryOut({ name, when, run }: Job, until: number): Promise<number | null> {
  try {
    let total = 0;
    for (;;) {
      const done = await run();
      total += done;
      if (when !== 'always' || done === 0 || performance.now() >= until) return total;
    }
  } catch (error) {
    logFailure(name, error);
    return null;
  }
}

/**
 * Does what is due. Server processes and other rounds may do the same at the same time.
 * @param jobs besides mails, which are sent at once, and again for what the jobs have written
 */
export async function backgroundRound({
  budgetMs = ROUND_MS,
  jobs = JOBS,
}: { budgetMs?: number; jobs?: readonly Job[] } = {}): Promise<Done> {
  const until = performance.now() + budgetMs;
  // As a dispatcher that has just started, a round does not know whether the provider takes mails.
  await bringOneForward(db()).catch((error: unknown) => logFailure(MAILS.name, error));
  const [before, ...counts] = await Promise.all(
    [MAILS, ...jobs].map((job) => carryOut(job, until)),
  );
  const after = await carryOut(MAILS, until);
  const mails = before == null || after === null ? null : before + after;
  return {
    ...Object.fromEntries(jobs.map(({ name }, at) => [name, counts[at]!])),
    [MAILS.name]: mails,
  };
}
