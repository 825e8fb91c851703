import { namesOf, type NameRow, type Names } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';

/** Withheld entries of a letter whose names are opened at once, the newest (ADR 52). */
const OPENED = { confirmed: 1_000, unconfirmed: 250 };

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
  const newest = (states: Prisma.Sql, take: number) => db().$queryRaw<
    { id: string; isConfirmed: boolean; nameRows: NameRow[] | null }[]
  >`
    SELECT id, state <> 'submitted' AS "isConfirmed",
      (SELECT jsonb_agg(jsonb_build_object('language', language, 'name', name, 'reading', reading))
        FROM endorsement_name WHERE endorsement_id = id) AS "nameRows"
    FROM endorsement WHERE letter_id = ${letterId}::uuid AND visibility = 'withheld' AND ${states}
    ORDER BY submitted_at DESC, id LIMIT ${take}`;
  const rows = await Promise.all([
    newest(Prisma.sql`state <> 'submitted'`, OPENED.confirmed),
    newest(Prisma.sql`state = 'submitted'`, OPENED.unconfirmed),
  ]);
  return rows.flat().map(({ nameRows, ...row }) => ({ ...row, ...namesOf(nameRows ?? []) }));
}
