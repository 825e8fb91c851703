/** Rows of tables as JSON, as files hold them (lib/platform/archive). */
import type { Prisma } from './generated/client';

/** At most this many rows are in memory. */
const AT_ONCE = 500;
/** Of tables with files, each of which can have many megabytes. */
const FILES_AT_ONCE = 5;

/**
 * Makes a transaction read one state of the database, and write nothing. Dates, times and bytes are
 * in the form that every PostgreSQL reads alike.
 */
export async function readOnly(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SET TRANSACTION READ ONLY`;
  await tx.$executeRaw`SET LOCAL TimeZone = 'UTC'`;
  await tx.$executeRaw`SET LOCAL bytea_output = 'hex'`;
  // All rows will be read, so plans that give the first ones early are no good.
  await tx.$executeRaw`SET LOCAL cursor_tuple_fraction = 1`;
}

/** The rows of a table, named `t` in `where`, each as the text of its JSON; in bounded memory. */
export async function* rowsOf(
  tx: Prisma.TransactionClient,
  table: string,
  where = 'true',
  order?: string,
): AsyncGenerator<string[]> {
  const many = table.endsWith('_file') ? FILES_AT_ONCE : AT_ONCE;
  await tx.$executeRawUnsafe(
    `DECLARE moved NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS row FROM "${table}" t WHERE ${where}${order ? ` ORDER BY ${order}` : ''}`,
  );
  for (;;) {
    const found = await tx.$queryRawUnsafe<{ row: string }[]>(`FETCH ${many} FROM moved`);
    if (found.length > 0) yield found.map(({ row }) => row);
    if (found.length < many) break;
  }
  await tx.$executeRaw`CLOSE moved`;
}

/** How long a transaction may take that reads or writes all of a letter or database. */
export const LONG = { maxWait: 20_000, timeout: 6 * 3_600_000 };
