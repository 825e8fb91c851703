import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '@/lib/platform/db/generated/client';

/** The database, or a transaction on it: what a query or command runs on. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** A client for the database at `url` with a pool of at most `connections`. The caller disconnects it. */
export function connect(url: string, connections: number): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections }),
    // Whoever waits for a letter that is being typeset, or makes thousands of sort keys, needs more than Prisma's five seconds.
    transactionOptions: { maxWait: 20_000, timeout: 60_000 },
  });
}

/** A text to be found as it is with `contains`, which Prisma hands on as a pattern: `%`, `_` and `\` stand for themselves. */
export const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

// Next reloads modules in development and bundles them more than once in production: one pool a process all the same.
const store = globalThis as { undersignedDb?: PrismaClient };

/** This process's database client. `DATABASE_URL` was checked at the start (lib/platform/env.ts). */
export function db(): PrismaClient {
  return (store.undersignedDb ??= connect(process.env.DATABASE_URL ?? '', 10));
}
