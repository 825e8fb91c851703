import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { namesOf, type NameRow } from '@/lib/organization/names';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { ListSettings } from '@/lib/letter/list-settings';
import { countsWithCategories } from '@/lib/signatories/queries';
import type { Listable } from './rules';

/** Maximum number of entries in a preview; of longer lists, only the first ones are shown. */
export const PREVIEW_ENTRIES = 2_000;

export interface PreviewEntry extends Listable {
  coordinating: boolean;
  category: string | null;
  categoryPlace: number;
}

/**
 * The data to sort a list anew: its named entries, and how many are only counted. `pinned`: all
 * named pinned entries of the letter, including those in other lists, in list order.
 */
export interface Preview {
  entries: PreviewEntry[];
  pinned: PreviewEntry[];
  named: number;
  withheld: number;
  /** Number of named entries by category; null in a letter without categories. */
  byCategory: Record<string, number> | null;
}

type EntryRow = Omit<PreviewEntry, 'names' | 'reading'> & { nameRows: NameRow[] };

/** Named signatories that fulfil a condition, in published order. */
async function entriesWith(condition: Prisma.Sql): Promise<PreviewEntry[]> {
  const rows = await db().$queryRaw<EntryRow[]>`
    SELECT id, submitted_at AS "signedAt", pin, coordinating, category, category_place AS "categoryPlace",
      (SELECT jsonb_agg(jsonb_build_object('language', language, 'name', name, 'reading', reading))
        FROM endorsement_name WHERE endorsement_id = id) AS "nameRows"
    FROM signatory WHERE visibility = 'named' AND ${condition}
    ORDER BY category_place, pin, sort_key, id LIMIT ${PREVIEW_ENTRIES}`;
  return rows.map(({ nameRows, ...row }) => ({ ...row, ...namesOf(nameRows) }));
}

/** The named signatories of an owner's letter in its list, in published order. */
export async function listPreview({ letterId }: Owner, settings: ListSettings): Promise<Preview> {
  const [entries, pinned, { counts, byCategory }] = await Promise.all([
    entriesWith(Prisma.sql`letter_id = ${letterId}::uuid AND list = 'listed'`),
    entriesWith(Prisma.sql`letter_id = ${letterId}::uuid AND pin <> 0`),
    countsWithCategories({ id: letterId, settings }),
  ]);
  return {
    entries,
    pinned,
    named: counts.listed.named,
    withheld: counts.listed.withheld,
    byCategory: byCategory?.listed ?? null,
  };
}

/**
 * The last change of the list's settings or pins; `by` null: an operator. Null if nobody has
 * changed them yet.
 */
export async function lastListChange(
  owner: Owner,
): Promise<{ by: string | null; at: Date } | null> {
  const last = await db().auditEvent.findFirst({
    where: { letterId: owner.letterId, action: { in: ['set_list', 'pin'] } },
    orderBy: { id: 'desc' },
    select: { at: true, actor: { select: { email: true } } },
  });
  return last && { by: last.actor?.email ?? null, at: last.at };
}
