/** Runs a migration's script so that nobody waits for it long (docs/decisions/0063-migrations-under-load.md). */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/**
 * How long a script waits for a lock. A statement that waits for a table makes all others wait behind
 * it, also those that only read.
 */
const LOCK_MS = 1_000;
/** How long the others then go first. */
const PAUSE_MS = 2_000;
/** PostgreSQL's code of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** A script was never given its locks; nothing of it was applied. */
export class LockedOut extends Error {}

/**
 * Runs a script, which is one transaction, and again from its beginning while somebody else's
 * transaction holds a lock that it needs.
 * @param pool of a single connection
 * @param patienceMs for how long to try
 * @throws {LockedOut} it could not be run in that time
 */
export async function runWithBriefLocks(
  pool: pg.Pool,
  script: string,
  patienceMs: number,
): Promise<void> {
  // An index that is built concurrently waits for old transactions, too, but nobody waits for it.
  const lockMs = /\bconcurrently\b/i.test(script) ? 0 : LOCK_MS;
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      await pool.query(`SET lock_timeout = ${lockMs}`);
      await pool.query(script);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (performance.now() + PAUSE_MS > until)
        throw new LockedOut(
          `other transactions have held a lock that the migration needs for ${Math.round(patienceMs / 1_000)} s; nothing was changed, and the next attempt begins anew`,
        );
      await sleep(PAUSE_MS);
    }
  }
}
