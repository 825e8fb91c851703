import { nameFields, namesOf, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';

/** Withheld entries of a letter whose names are opened at once, the newest (ADR 52). */
const OPENED = { confirmed: 2_000, unconfirmed: 500 };

/** A withheld entry with its names. */
export interface OpenedEntry extends Names {
  id: string;
  isConfirmed: boolean;
}

/**
 * The letter's newest withheld entries with their names, which are opened for this. Unconfirmed ones
 * by themselves: a stranger can create any number of them.
 */
export async function newestWithheld(letterId: string): Promise<OpenedEntry[]> {
  const newest = async (states: Prisma.Sql, take: number) => {
    const found = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM endorsement WHERE letter_id = ${letterId}::uuid AND visibility = 'withheld' AND ${states}
      ORDER BY submitted_at DESC, id LIMIT ${take}`;
    return db().endorsement.findMany({
      where: { id: { in: found.map(({ id }) => id) } },
      orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
      select: { id: true, state: true, names: { select: nameFields } },
    });
  };
  const rows = await Promise.all([
    newest(Prisma.sql`state <> 'submitted'`, OPENED.confirmed),
    newest(Prisma.sql`state = 'submitted'`, OPENED.unconfirmed),
  ]);
  return rows.flat().map(({ id, state, names }) => ({
    id,
    isConfirmed: state !== 'submitted',
    ...namesOf(names),
  }));
}
