import type { Reviewer } from '@/lib/coordinator/access';
import { nameFields } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { State } from '../../rules';
import { BATCH_MAX, type Selection } from '../batch/schema';
import { entriesFound } from '../filters/queries';
import { seenNames, type SeenNames } from '../seen-names';

/** An entry that can be held. */
export interface HoldableEntry extends SeenNames {
  id: string;
  version: number;
  state: State;
  country: string;
}

/**
 * The selected entries that can be held: unconfirmed ones, and those that wait for a decision,
 * oldest first, at most {@link BATCH_MAX}; and how many there are in all.
 */
export async function holdable(
  reviewer: Reviewer,
  { id, all, ...sought }: Selection,
): Promise<{ entries: HoldableEntry[]; total: number }> {
  const selected = all
    ? Prisma.sql`SELECT id FROM (${await entriesFound(reviewer, sought)}) AS found`
    : Prisma.sql`SELECT unnest(${id}::uuid[])`;
  const found = await db().$queryRaw<{ id: string; total: number }[]>`
    SELECT id, count(*) OVER ()::int AS total FROM endorsement
    WHERE letter_id = ${reviewer.letterId}::uuid AND state IN ('submitted', 'verified') AND held_at IS NULL AND id IN (${selected})
    ORDER BY verified_at, submitted_at, id LIMIT ${BATCH_MAX}`;
  const rows = await db().endorsement.findMany({
    where: { id: { in: found.map((one) => one.id) } },
    orderBy: [{ verifiedAt: 'asc' }, { submittedAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      version: true,
      state: true,
      country: true,
      visibility: true,
      names: { select: nameFields },
    },
  });
  return {
    entries: rows.map(({ visibility, names, ...row }) => ({
      ...row,
      ...seenNames(reviewer, { visibility, names }),
    })),
    total: found[0]?.total ?? 0,
  };
}
