import pg from 'pg';
import { bad, good, note, reasonOf, type Finding } from './finding';

const ANSWER_MS = 5_000;
/** The oldest PostgreSQL that the product runs on. */
const OLDEST_MAJOR = 14;
/** Clocks differ by this much at most, in seconds: reports of mails are refused beyond the latter. */
const CLOCK = { noted: 2, bad: 60 } as const;

interface Facts {
  version: string;
  encoding: string;
  now: Date;
}

function serverFinding({ version, encoding }: Facts): Finding {
  const major = Number.parseInt(version, 10);
  if (major < OLDEST_MAJOR)
    return bad(
      `The database is PostgreSQL ${version}.`,
      `The product needs PostgreSQL ${OLDEST_MAJOR} or later.`,
    );
  if (encoding !== 'UTF8')
    return bad(
      `The database's encoding is ${encoding}.`,
      'Make a database with the encoding UTF8: names are in every script.',
    );
  return good(`The database answers: PostgreSQL ${version}, UTF-8.`);
}

function clockFinding(seconds: number): Finding {
  const apart = `The clocks of this machine and of the database are ${Math.abs(seconds).toFixed(1)} s apart.`;
  const todo = 'Let both follow the same time servers (NTP): deadlines and links go by them.';
  if (Math.abs(seconds) > CLOCK.bad) return bad(apart, todo);
  return Math.abs(seconds) > CLOCK.noted ? note(apart, todo) : good(apart);
}

interface Migration {
  name: string;
  finished: boolean;
  rolledBack: boolean;
}

function migrationFinding(applied: readonly Migration[], known: readonly string[]): Finding {
  const failed = applied.filter(({ finished, rolledBack }) => !finished && !rolledBack);
  if (failed.length > 0)
    return bad(
      `A migration failed: ${failed.map(({ name }) => name).join(', ')}.`,
      'Restore the backup from before the update, and report what the log says.',
    );
  const done = new Set(applied.filter(({ finished }) => finished).map(({ name }) => name));
  const missing = known.filter((name) => !done.has(name));
  if (missing.length > 0)
    return bad(
      `${missing.length} of ${known.length} migrations are not applied, the first of them ${missing[0]}.`,
      'Back up the database, and run `npm run migrate` (`npm start` does it, too).',
    );
  const newer = [...done].filter((name) => !known.includes(name));
  return newer.length > 0
    ? bad(
        `The database is of a later version than this one: it has ${newer.join(', ')}.`,
        'Run the version that it belongs to.',
      )
    : good(`All ${known.length} migrations are applied.`);
}

/** The migrations that were begun; none in a database that has never seen the product. */
async function appliedMigrations(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client
    .query<Migration>(
      `SELECT migration_name AS name, finished_at IS NOT NULL AS finished,
         rolled_back_at IS NOT NULL AS "rolledBack" FROM _prisma_migrations ORDER BY started_at`,
    )
    .catch((error: { code?: string }) => {
      if (error.code === '42P01') return { rows: [] }; // no such table
      throw error;
    });
  return rows;
}

/**
 * Whether the database at `url` answers and is up to date.
 * @param known the names of this version's migrations
 * @param now this machine's clock
 */
export async function databaseFindings(
  url: string,
  known: readonly string[],
  now: () => number = Date.now,
): Promise<Finding[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  client.on('error', () => {}); // one that goes away meanwhile fails the query, too
  try {
    await client.connect();
    const asked = now();
    const { rows } = await client.query<Facts>(
      `SELECT current_setting('server_version') AS version,
         current_setting('server_encoding') AS encoding, clock_timestamp() AS now`,
    );
    const facts = rows[0]!;
    const apart = (facts.now.getTime() - (asked + now()) / 2) / 1_000;
    return [
      serverFinding(facts),
      migrationFinding(await appliedMigrations(client), known),
      clockFinding(apart),
    ];
  } catch (error) {
    return [
      bad(
        `The database of DATABASE_URL does not answer (${reasonOf(error)}).`,
        'See that PostgreSQL runs, that this machine may connect, and that user and password are right.',
      ),
    ];
  } finally {
    void client.end().catch(() => {});
  }
}
