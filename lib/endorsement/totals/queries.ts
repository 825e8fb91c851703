import { db } from '@/lib/platform/db/client';
import { EndorsementState } from '@/lib/platform/db/generated/enums';

/** How many endorsements there are on the instance, by state; `submitted`: not confirmed yet. */
export async function endorsementTotals(): Promise<Record<EndorsementState, number>> {
  const rows = await db().endorsement.groupBy({ by: ['state'], _count: true });
  return Object.fromEntries(
    Object.values(EndorsementState).map((state) => [
      state,
      rows.find((row) => row.state === state)?._count ?? 0,
    ]),
  ) as Record<EndorsementState, number>;
}
