import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, Prisma } from '@/lib/platform/db/generated/client';

/** A Prisma client or transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

/**
 * Begins a raw statement that PostgreSQL parses once a connection, and soon no longer plans each time;
 * for those that run often and always have the same text.
 */
export const PREPARED = Prisma.raw('/* prepared */');

/** The name under which a connection keeps a statement; undefined if it does not. */
const preparedName = ({ sql }: { sql: string }): string | undefined =>
  sql.trimStart().startsWith(PREPARED.sql)
    ? createHash('sha256').update(sql).digest('base64url').slice(0, 22)
    : undefined;

/**
 * Creates a client for the database at `url` with a pool of at most `connections`. The caller
 * disconnects it.
 */
export function connect(url: string, connections: number): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: url, max: connections },
      // The adapter passes the name on to pg, for which undefined is none.
      { statementNameGenerator: preparedName as (query: { sql: string }) => string },
    ),
    // Prisma's default of 5 s is too short for waiting on a letter that is being typeset, or
    // computing thousands of sort keys.
    transactionOptions: { maxWait: 20_000, timeout: 60_000 },
  });
}

/**
 * Escapes a text for `contains`, which Prisma passes on as a LIKE pattern: `%`, `_` and `\` become
 * literals.
 */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A text's column that contains one of the words literally, as an SQL condition. */
export function containing(column: Prisma.Sql, words: readonly string[]): Prisma.Sql {
  const alike = [...new Set(words)].map(
    (word) => Prisma.sql`${column} LIKE ${`%${literally(word)}%`}`,
  );
  return alike.length > 0 ? Prisma.sql`(${Prisma.join(alike, ' OR ')})` : Prisma.sql`false`;
}

// Global: Next reloads modules in development and bundles them several times in production, but
// there must be one pool per process.
const store = globalThis as { undersignedDb?: PrismaClient };

/**
 * This process's database client. `DATABASE_URL` was validated at startup (lib/platform/env.ts).
 */
export function db(): PrismaClient {
  return (store.undersignedDb ??= connect(process.env.DATABASE_URL ?? '', 10));
}
