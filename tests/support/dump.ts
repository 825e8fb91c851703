import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';

/** Every row of every table as text, and their bytes. */
export async function dump(): Promise<string> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  if (tables.length < 30) throw new Error('there are more tables than these');
  const rows = await Promise.all(
    tables.map(
      async ({ name }) =>
        db().$queryRaw<{ row: string }[]>`
        SELECT ${name} || ': ' || t::text AS row FROM ${Prisma.raw(name)} t ORDER BY 1`,
    ),
  );
  const text = rows.flat().map(({ row }) => row);
  const bytes = text.flatMap((row) =>
    [...row.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString()),
  );
  return [...text, ...bytes].join('\n');
}

/** The rows of the whole database that hold one of the words, each as the beginning of its text. */
export async function rowsWith(words: string[]): Promise<string[]> {
  const lines = (await dump()).split('\n');
  return lines
    .filter((line) => words.some((word) => line.toLowerCase().includes(word.toLowerCase())))
    .map((line) => line.slice(0, 200));
}
