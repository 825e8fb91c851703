import { db } from '@/lib/platform/db/client';
import { errorMessage, log } from '@/lib/platform/log';

/** How often a server process looks for changes that others made; readers see them at most this much later. */
export const WATCH_INTERVAL_MS = 3_000;

/**
 * Empties this process's cache of pages, so that the next request of each sees what is now in the database. The process
 * that makes a change calls it after the commit; all others learn of it through {@link watchForChanges}.
 */
export function emptyPageCache(): void {
  (globalThis as { undersignedPageCache?: { empty(): void } }).undersignedPageCache?.empty();
}

/** Differs whenever what the public can see differs: a letter was made or changed, or its time came. */
async function fingerprint(): Promise<string> {
  const [row] = await db().$queryRaw<{ fingerprint: string }[]>`
    SELECT concat_ws(':', count(*), sum(public_version),
      count(*) FILTER (WHERE opens_at <= now()), count(*) FILTER (WHERE first_tally_at <= now()),
      count(*) FILTER (WHERE closes_at <= now())) AS fingerprint
    FROM letter`;
  return row!.fingerprint;
}

/** Watches the database for changes by other processes until the returned function is called. */
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
        log('warn', 'cannot look for changes of the letters', { error: errorMessage(error) });
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
