import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { derivedKey } from './derived-key';
import { env } from './env';
import { RATE_LIMITS, type RateLimitName } from './limits';
import { errorName, log } from './log';

/** One use of a limit: by or of what, in any text. Only a keyed hash of it is stored. */
export interface Use {
  limit: RateLimitName;
  of: string;
}

/** Uses in the present period of a limit, and how long it still lasts. */
export interface Count {
  points: number;
  msLeft: number;
}

export type Counted =
  | { ok: true; counts: Partial<Record<RateLimitName, Count>> }
  | { ok: false; limit: RateLimitName; retryAfterSeconds: number };

/** How many refused keys a process remembers; the least recently used is forgotten. */
const REMEMBERED = 50_000;

interface Store {
  pool: pg.Pool;
  /**
   * Refused keys, with the time (ms) until which they are, so that a flood costs no queries.
   */
  refused: LRUCache<string, number>;
}

// Global, like the database client: one per process, however often Next loads this module.
const globals = globalThis as { undersignedRateLimits?: Store };

function open(): Store {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 4,
    // Losing the last half second of a counter in a crash is acceptable; waiting for the disk on
    // every request is not.
    onConnect: async (client) => void (await client.query('SET synchronous_commit = off')),
  });
  pool.on('error', (error) =>
    log('warn', 'a rate limit connection was lost', { error: errorName(error) }),
  );
  return {
    pool,
    refused: new LRUCache({ max: REMEMBERED }),
  };
}

const store = () => (globals.undersignedRateLimits ??= open());

/** Of others, a caller finds in the counts that they are exceeded. */
const refuses = ({ limit }: Use): boolean => !('refuses' in RATE_LIMITS[limit]);

/** The row of a use. */
const keyOf = ({ limit, of }: Use) =>
  `${limit}:${createHmac('sha256', derivedKey('rate limit keys', env().APP_SECRET)).update(of).digest('base64url').slice(0, 22)}`;

/**
 * A statement that counts the uses of each stage, unless one of an earlier stage is beyond its
 * limit. Parameters: stages, keys, limits, ends of a period that begins now, now. Rows are locked in
 * the order of stages and keys, so that concurrent statements cannot deadlock.
 */
function countingStatement(stages: number): string {
  const names = Array.from({ length: stages }, (_, n) => `stage_${n}`);
  const counts = names.map(
    (name, n) => `${name} AS (
      INSERT INTO rate_limit AS kept (key, points, expire)
      SELECT key, 1, "end" FROM used WHERE stage = ${n}
        ${names
          .slice(0, n)
          .map(
            (earlier) =>
              `AND NOT EXISTS (SELECT FROM ${earlier} JOIN used USING (key) WHERE ${earlier}.points > used.most)`,
          )
          .join(' ')}
      ORDER BY key
      ON CONFLICT (key) DO UPDATE SET
        points = CASE WHEN kept.expire > $5 THEN kept.points + 1 ELSE 1 END,
        expire = CASE WHEN kept.expire > $5 THEN kept.expire ELSE excluded.expire END
      RETURNING key, points, expire
    )`,
  );
  return `WITH used AS (
      SELECT * FROM unnest($1::int[], $2::text[], $3::int[], $4::bigint[]) AS used (stage, key, most, "end")
    ), ${counts.join(', ')}
    ${names.map((name) => `SELECT key, points, expire FROM ${name}`).join(' UNION ALL ')}`;
}

/**
 * Counts one use of each limit, stage by stage: if a stage refuses, later ones are not counted, so
 * that a client that has exhausted its own limit cannot exhaust a shared one. Counters are in
 * PostgreSQL, shared by processes and persistent; one statement counts all. Throws database errors.
 * @returns the counts, none while limits are off; or the longest refusal of the first stage that
 *   refuses, with the seconds to wait before a retry
 */
export async function countUses(...stages: Use[][]): Promise<Counted> {
  if (env().RATE_LIMITS === 'off') return { ok: true, counts: {} };
  const { pool, refused } = store();
  const now = Date.now();
  const uses = stages.flatMap((stage, n) =>
    stage.map((use) => ({ ...use, stage: n, key: keyOf(use), ...RATE_LIMITS[use.limit] })),
  );
  const refusal = (beyond: { limit: RateLimitName; until: number }[]): Counted | null => {
    const [longest] = beyond.sort((a, b) => b.until - a.until);
    return longest
      ? {
          ok: false,
          limit: longest.limit,
          retryAfterSeconds: Math.max(1, Math.ceil((longest.until - now) / 1_000)),
        }
      : null;
  };
  const remembered = uses
    .filter(refuses)
    .map(({ limit, key }) => ({ limit, until: refused.get(key) ?? 0 }));
  const known = refusal(remembered.filter(({ until }) => until > now));
  if (known) return known;

  const { rows } = await pool.query<{ key: string; points: number; expire: string }>({
    name: `count uses of ${stages.length} stages`,
    text: countingStatement(stages.length),
    values: [
      uses.map(({ stage }) => stage),
      uses.map(({ key }) => key),
      uses.map(({ points }) => points),
      uses.map(({ seconds }) => now + seconds * 1_000),
      now,
    ],
  });
  const counted = new Map(rows.map((row) => [row.key, row]));
  const counts: Partial<Record<RateLimitName, Count>> = {};
  const beyond: { limit: RateLimitName; until: number }[] = [];
  for (const use of uses) {
    const row = counted.get(use.key);
    if (!row) continue;
    const until = Number(row.expire);
    counts[use.limit] = { points: row.points, msLeft: until - now };
    if (row.points <= use.points || !refuses(use)) continue;
    beyond.push({ limit: use.limit, until });
    refused.set(use.key, until);
  }
  return refusal(beyond) ?? { ok: true, counts };
}

/** Closes the connections, on shutdown. */
export async function closeRateLimits(): Promise<void> {
  const opened = globals.undersignedRateLimits;
  delete globals.undersignedRateLimits;
  await opened?.pool.end();
}
