import type { LetterAccess } from '@/lib/coordinator/access';
import { nameFields } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { seenNames, type SeenNames } from '../seen-names';

/** What organizations ask for of their entries: a change, or the erasure of their data. */
export interface EntryRequest extends SeenNames {
  id: string;
  visibility: Visibility;
  /** When the change was proposed; null: none is. */
  proposedAt: Date | null;
  erasureRequestedAt: Date | null;
}

const MOST_SHOWN = 100;

/** The requests of the letter's organizations that wait for a decision (at most 100). */
export async function entryRequests(access: LetterAccess): Promise<EntryRequest[]> {
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM endorsement WHERE letter_id = ${access.letterId}::uuid AND erasure_requested_at IS NOT NULL
    UNION
    SELECT id FROM proposed_change JOIN endorsement ON endorsement.id = endorsement_id WHERE letter_id = ${access.letterId}::uuid
    LIMIT ${MOST_SHOWN}`;
  if (found.length === 0) return [];
  const rows = await db().endorsement.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      visibility: true,
      erasureRequestedAt: true,
      names: { select: nameFields },
      proposedChange: { select: { proposedAt: true } },
    },
  });
  return rows.map(({ proposedChange, ...row }) => ({
    ...row,
    ...seenNames(access, row),
    proposedAt: proposedChange?.proposedAt ?? null,
  }));
}
