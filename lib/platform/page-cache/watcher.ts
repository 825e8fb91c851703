import { db, PREPARED } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { errorMessage, log } from '@/lib/platform/log';
import { pageCache } from './store';

/** How often a server process polls for changes by others; the maximum delay for readers. */
export const WATCH_INTERVAL_MS = 1_000;

/**
 * What changes whenever a letter's public data does: its id and version, and which of its times have
 * been reached, by the clock of this process, as in what it makes of the letter afterwards: by
 * another clock, what is made in between could be kept although it is of before.
 */
const fingerprint = (now = new Date()) => Prisma.sql`
  concat_ws(':', id, public_version, opens_at <= ${now}, closes_at <= ${now},
    (SELECT count(*) FROM round WHERE letter_id = letter.id AND deadline_at <= ${now}))`;

/** That of each letter, by its slug. */
async function fingerprints(): Promise<Map<string, string>> {
  const rows = await db().$queryRaw<{ slug: string; fingerprint: string }[]>`
    ${PREPARED} SELECT slug, ${fingerprint()} AS fingerprint FROM letter`;
  return new Map(rows.map((row) => [row.slug, row.fingerprint]));
}

/** That of one letter, for what is kept of it only as long as it is the same; null if there is none. */
export async function publicFingerprint(slug: string): Promise<string | null> {
  const [row] = await db().$queryRaw<{ fingerprint: string }[]>`
    ${PREPARED} SELECT ${fingerprint()} AS fingerprint FROM letter WHERE slug = ${slug}`;
  return row?.fingerprint ?? null;
}

// On the global object: Next bundles this file several times.
const globals = globalThis as { undersignedSeenLetters?: Map<string, string> };

/**
 * Removes from this process's page cache what the database has changed since the last call: the
 * pages of letters that are new, different or gone, and those that show several letters.
 * @returns false if that cannot be told, since this is the first call
 */
async function emptyWhatChanged(): Promise<boolean> {
  const current = await fingerprints();
  const seen = globals.undersignedSeenLetters;
  globals.undersignedSeenLetters = current;
  if (!seen) return false;
  const changed = [...new Set([...seen.keys(), ...current.keys()])].filter(
    (slug) => seen.get(slug) !== current.get(slug),
  );
  if (changed.length > 0) pageCache()?.empty(new Set(changed));
  return true;
}

/**
 * Empties this process's page cache of what a command has changed, so that the next request reads
 * the database. The process that made a change calls it after the commit; all others detect the
 * change through {@link watchForChanges}.
 */
export async function emptyPageCache(): Promise<void> {
  try {
    if (!(await emptyWhatChanged())) pageCache()?.empty();
  } catch (error) {
    log('warn', 'asking which letters changed failed', { error: errorMessage(error) });
    pageCache()?.empty();
  }
}

/** Polls the database for changes by other processes until the returned function is called. */
export function watchForChanges(): () => void {
  let failing = false;
  let timer: NodeJS.Timeout;
  let stopped = false;
  const look = async () => {
    try {
      await emptyWhatChanged();
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
