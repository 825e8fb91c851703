import { db } from '@/lib/platform/db/client';
import { errorMessage, log } from '@/lib/platform/log';

/** How often a server process polls for changes by others; the maximum delay for readers. */
export const WATCH_INTERVAL_MS = 3_000;

/**
 * Clears this process's page cache, so that the next request of each page reads the database. The
 * process that makes a change calls it after the commit; all others detect the change through
 * {@link watchForChanges}.
 */
export function emptyPageCache(): void {
  (globalThis as { undersignedPageCache?: { empty(): void } }).undersignedPageCache?.empty();
}

/**
 * Changes whenever public data changes: a letter was created or changed, or one of its times was
 * reached.
 */
async function fingerprint(): Promise<string> {
  const [row] = await db().$queryRaw<{ fingerprint: string }[]>`
    SELECT concat_ws(':', count(*), sum(public_version),
      count(*) FILTER (WHERE opens_at <= now()), count(*) FILTER (WHERE first_tally_at <= now()),
      count(*) FILTER (WHERE closes_at <= now())) AS fingerprint
    FROM letter`;
  return row!.fingerprint;
}

/** Polls the database for changes by other processes until the returned function is called. */
export function watchForChanges(): () => void {
  let seen: string | undefined;
  let failing = false;
  let timer: NodeJS.Timeout;
  let stopped = false;
  const look = async () => {
    try {
      const current = await fingerprint();
      if (seen !== undefined && current !== seen) emptyPageCache();
      seen = current;
      failing = false;
    } catch (error) {
      if (!failing && !stopped)
        log('warn', 'polling for changes of letters failed', { error: errorMessage(error) });
      failing = true;
    }
    if (!stopped) timer = setTimeout(look, WATCH_INTERVAL_MS);
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
