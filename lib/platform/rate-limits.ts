import { createHmac, hkdfSync } from 'node:crypto';
import pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { env } from './env';
import { RATE_LIMITS, type RateLimitName } from './limits';
import { errorName, log } from './log';

/** One use of a limit: by or of what, in any text. Only a keyed hash of it is stored. */
export interface Use {
  limit: RateLimitName;
  of: string;
}

export type Counted = { ok: true } | { ok: false; limit: RateLimitName; retryAfterSeconds: number };

/**
 * Adds a public method missing from the library's types: how long a key is still blocked in memory,
 * in ms.
 */
type Limiter = RateLimiterPostgres & { getInMemoryBlockMsBeforeExpire(key: string): number };

interface Store {
  pool: pg.Pool;
  key: Buffer;
  limiters: Record<RateLimitName, Limiter>;
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
  const limiters = Object.fromEntries(
    (Object.keys(RATE_LIMITS) as RateLimitName[]).map((name) => {
      const { points, seconds } = RATE_LIMITS[name];
      return [
        name,
        new RateLimiterPostgres({
          storeClient: pool,
          storeType: 'pool',
          tableName: 'rate_limit',
          tableCreated: true,
          clearExpiredByTimeout: false, // lib/background.ts does it
          keyPrefix: name,
          points,
          duration: seconds,
          // A refused key is blocked in memory until its time is over, so that a flood costs no
          // queries.
          inMemoryBlockOnConsumed: points + 1,
        }),
      ];
    }),
  ) as Record<RateLimitName, Limiter>;
  return {
    pool,
    key: Buffer.from(hkdfSync('sha256', env().APP_SECRET, '', 'undersigned: rate limit keys', 32)),
    limiters,
  };
}

const store = () => (globals.undersignedRateLimits ??= open());

const keyOf = ({ of }: Use) =>
  createHmac('sha256', store().key).update(of).digest('base64url').slice(0, 22);

const refused = (limit: RateLimitName, milliseconds: number): Counted => ({
  ok: false,
  limit,
  retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)),
});

async function count(use: Use): Promise<Counted> {
  try {
    await store().limiters[use.limit].consume(keyOf(use));
    return { ok: true };
  } catch (error) {
    if (error instanceof RateLimiterRes) return refused(use.limit, error.msBeforeNext);
    throw error;
  }
}

/**
 * Counts one use of each limit, stage by stage: if a stage refuses, later ones are not counted, so
 * that a client that has exhausted its own limit cannot exhaust a shared one. Counters are in
 * PostgreSQL, shared by processes and persistent. Throws database errors.
 * @returns the first refusal, with the seconds to wait before a retry
 */
export async function countUses(...stages: Use[][]): Promise<Counted> {
  if (env().RATE_LIMITS === 'off') return { ok: true };
  for (const use of stages.flat()) {
    const limiter = store().limiters[use.limit];
    const blockedMs = limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(keyOf(use)));
    if (blockedMs > 0) return refused(use.limit, blockedMs);
  }
  for (const stage of stages) {
    const answers = await Promise.all(stage.map(count));
    const longest = answers.reduce(
      (a, b) => (!b.ok && (a.ok || b.retryAfterSeconds > a.retryAfterSeconds) ? b : a),
      { ok: true } as Counted,
    );
    if (!longest.ok) return longest;
  }
  return { ok: true };
}

/** Closes the connections, on shutdown. */
export async function closeRateLimits(): Promise<void> {
  const opened = globals.undersignedRateLimits;
  delete globals.undersignedRateLimits;
  await opened?.pool.end();
}
