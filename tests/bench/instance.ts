/** The instance that is measured: a production build with pages for comparison, and a database of its own. */
import { connect } from '@/lib/platform/db/client';
import { loadDemonstration } from '@/prisma/demonstration/load';
import { build } from '@/scripts/build';
import { startTestServer } from '@/tests/support/postgres';
import { TEST_SECRET } from '@/tests/support/secret';
import { startServer } from '@/tests/support/server';

const DIST_DIR = '.next-bench';

export const DEMONSTRATION = 'icc-japan-2025';

/** Builds the product with the pages that only benchmarks compare it with. */
export async function buildForBench(): Promise<void> {
  process.env.UNDERSIGNED_BENCH = '1';
  await build(DIST_DIR);
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;

/**
 * Starts a server on a new database with the demonstration in it; PostgreSQL waits for the disk, as
 * in production. Mails are enqueued but hardly sent: the mailbox is not what is measured. Clients
 * say their address, so that limits are counted but need not be exceeded.
 */
export async function startInstance(name: string, env: Record<string, string> = {}) {
  const postgres = await startTestServer({ durable: true });
  const databaseUrl = await postgres.create(name);
  // What the product's code needs that makes rows for the benchmark.
  Object.assign(process.env, {
    ...{ DATABASE_URL: databaseUrl, APP_URL: 'http://localhost', MAIL_TRANSPORT: 'mailbox' },
    APP_SECRET: TEST_SECRET,
  });
  const db = connect(databaseUrl, 2);
  await loadDemonstration(db);
  // The load is what pressure is there to keep away.
  await db.letter.updateMany({ data: { pressure: 'off' } });
  await db.$executeRaw`CREATE TABLE bench (id bigserial PRIMARY KEY, body text NOT NULL)`;
  const settings = {
    NEXT_DIST_DIR: DIST_DIR,
    MAIL_PER_SECOND: '0.001',
    RATE_LIMITS: 'on',
    CLIENT_ADDRESS: 'x-forwarded-for',
    ...env,
  };
  const server = await startServer(databaseUrl, settings);
  return {
    db,
    databaseUrl,
    url: server.url,
    server,
    /** A further server process on the same database. */
    another: (more: Record<string, string> = {}) =>
      startServer(databaseUrl, { ...settings, ...more }),
    async stop() {
      await server.stop();
      await db.$disconnect();
      await postgres.stop();
    },
  };
}
