/**
 * Backups of a whole database, and their restoration (docs/decisions/0065-moving-letters-and-backups.md).
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ArchiveError } from '@/lib/platform/archive/error';
import { openArchive, writeArchive, type Entry } from '@/lib/platform/archive/file';
import { connect } from './client';
import { Prisma } from './generated/client';
import { applyMigrations } from './migrate';
import { LONG, readOnly, rowsOf } from './rows';

const FORMAT = 'undersigned/backup/1';
const MIGRATIONS = '_prisma_migrations';
/** Rows are written in statements of about this many characters. */
const STATEMENT = 2 ** 21;

interface Head {
  format: typeof FORMAT;
  madeAt: string;
  /** The migrations of the database, as Prisma names and hashes them. */
  migrations: { name: string; checksum: string }[];
  /** The next values of sequences. */
  sequences: Record<string, string>;
}

const tablesOf = async (tx: Prisma.TransactionClient): Promise<string[]> =>
  (
    await tx.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`
  ).map(({ name }) => name);

const migrationsOf = (tx: Prisma.TransactionClient): Promise<Head['migrations']> =>
  tx.$queryRaw`
    SELECT migration_name AS name, checksum FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;

async function headOf(tx: Prisma.TransactionClient): Promise<Head> {
  const sequences = await tx.$queryRaw<{ name: string; next: string }[]>`
    SELECT sequencename::text AS name, (coalesce(last_value + increment_by, start_value))::text AS next
    FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`;
  return {
    format: FORMAT,
    madeAt: new Date().toISOString(),
    migrations: await migrationsOf(tx),
    sequences: Object.fromEntries(sequences.map(({ name, next }) => [name, next])),
  };
}

/**
 * Writes all rows of the database at `url` to a file, as they are at one moment, while the product
 * runs.
 * @returns the number of rows
 * @throws {ArchiveError} if the file exists
 */
export async function backUp(url: string, file: string): Promise<number> {
  const db = connect(url, 1);
  let count = 0;
  async function* entries(tx: Prisma.TransactionClient): AsyncGenerator<Entry> {
    for (const table of await tablesOf(tx))
      for await (const rows of rowsOf(tx, table)) {
        count += rows.length;
        for (const row of rows) yield [table, row];
      }
  }
  try {
    await db.$transaction(
      async (tx) => {
        await readOnly(tx);
        await writeArchive(file, await headOf(tx), entries(tx));
      },
      { ...LONG, isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
    );
    return count;
  } finally {
    await db.$disconnect();
  }
}

/**
 * Applies those migrations that the backed-up database had, so that its rows fit; later ones are
 * applied to them afterwards.
 * @throws {ArchiveError} if this version does not have them, or has others of these names
 */
async function applyThose(url: string, prismaDir: string, head: Head): Promise<void> {
  const file = (name: string) => path.join(prismaDir, 'migrations', name, 'migration.sql');
  const some = mkdtempSync(path.join(tmpdir(), 'undersigned-restore-'));
  try {
    for (const { name, checksum } of head.migrations) {
      const hash = existsSync(file(name))
        ? createHash('sha256')
            .update(readFileSync(file(name)))
            .digest('hex')
        : null;
      if (hash !== checksum)
        throw new ArchiveError(
          `the backup is of another version of the product: its migration ${name} is ${hash ? 'a different one' : 'unknown'} here`,
        );
      cpSync(path.dirname(file(name)), path.join(some, 'migrations', name), { recursive: true });
    }
    const lock = path.join('migrations', 'migration_lock.toml');
    cpSync(path.join(prismaDir, lock), path.join(some, lock));
    await applyMigrations(url, some);
  } finally {
    rmSync(some, { recursive: true });
  }
}

/** Inserts rows of one table, given as the texts of their JSON. */
async function insert(tx: Prisma.TransactionClient, table: string, rows: readonly string[]) {
  await tx.$executeRawUnsafe(
    `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)`,
    `[${rows.join(',')}]`,
  );
}

/** Inserts all rows, many of a table at a time. */
async function insertRows(
  tx: Prisma.TransactionClient,
  tables: readonly string[],
  rows: AsyncIterable<Entry>,
): Promise<number> {
  let count = 0;
  let [table, size]: [string, number] = ['', 0];
  let pending: string[] = [];
  const flush = async () => {
    if (pending.length > 0) await insert(tx, table, pending);
    [pending, size] = [[], 0];
  };
  for await (const [name, json] of rows) {
    if (name !== table && !tables.includes(name))
      throw new ArchiveError(`the backup has rows of ${name}, which is unknown`);
    if (name !== table || size > STATEMENT) await flush();
    table = name;
    pending.push(json);
    size += json.length;
    count += 1;
  }
  await flush();
  return count;
}

/**
 * Runs `work` while no foreign key and no trigger is in force, so that rows can be written in any
 * order and exactly as they were. Foreign keys are checked when they are made again. (Only
 * superusers can switch them off.)
 */
async function withoutConstraints(
  tx: Prisma.TransactionClient,
  tables: readonly string[],
  work: () => Promise<number>,
): Promise<number> {
  const keys = await tx.$queryRaw<{ table: string; name: string; definition: string }[]>`
    SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY oid`;
  const each = async (statements: string[]) => {
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  };
  await each(keys.map(({ table, name }) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`));
  await each(tables.map((table) => `ALTER TABLE "${table}" DISABLE TRIGGER USER`));
  const done = await work();
  await each(tables.map((table) => `ALTER TABLE "${table}" ENABLE TRIGGER USER`));
  await each(
    keys.map(
      ({ table, name, definition }) => `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`,
    ),
  );
  return done;
}

/**
 * Whether a database has nothing in it: no table, or after an attempt that failed the tables of the
 * backup without a row.
 */
async function isEmpty(tx: Prisma.TransactionClient, head: Head): Promise<boolean> {
  const tables = await tablesOf(tx);
  if (tables.length === 0) return true;
  if (!tables.includes(MIGRATIONS)) return false;
  if (JSON.stringify(await migrationsOf(tx)) !== JSON.stringify(head.migrations)) return false;
  for (const table of tables.filter((name) => name !== MIGRATIONS)) {
    const found = await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${table}" LIMIT 1`);
    if (found.length > 0) return false;
  }
  return true;
}

/**
 * Writes a backup into the empty database at `url`, then applies the migrations that this version
 * has besides. If it fails, no row was written.
 * @returns the number of rows
 * @throws {ArchiveError} with what to tell, if the file cannot be used or the database is not empty
 */
export async function restore(url: string, file: string, prismaDir: string): Promise<number> {
  const { head, rows } = await openArchive<Head>(file, FORMAT);
  const db = connect(url, 1);
  try {
    if (!(await isEmpty(db, head)))
      throw new ArchiveError('the database is not empty; a backup is restored into an empty one');
    await applyThose(url, prismaDir, head);
    const count = await db.$transaction(async (tx) => {
      const tables = await tablesOf(tx);
      await tx.$executeRawUnsafe(`DELETE FROM "${MIGRATIONS}"`);
      const written = await withoutConstraints(tx, tables, () => insertRows(tx, tables, rows()));
      for (const [name, next] of Object.entries(head.sequences))
        await tx.$queryRaw`SELECT setval(quote_ident(${name})::regclass, ${BigInt(next)}, false)`;
      return written;
    }, LONG);
    await db.$executeRaw`ANALYZE`;
    await applyMigrations(url, prismaDir);
    return count;
  } finally {
    await db.$disconnect();
  }
}
