import type { Prisma } from '@/lib/platform/db/generated/client';

/** How every list of a letter's signatories is ordered: what is pinned by hand, then the stored key (lib/organization/order.ts). */
export const IN_ORDER = [
  { pin: 'asc' },
  { sortKey: 'asc' },
  { id: 'asc' },
] as const satisfies Prisma.EndorsementOrderByWithRelationInput[];

/** What an endorsement's place in a list follows from. */
export interface Place {
  id: string;
  pin: number;
  sortKey: string;
}

/** The endorsements that stand before (`lt`) or behind (`gt`) a place in a list. */
export function beside(
  { id, pin, sortKey }: Place,
  side: 'lt' | 'gt',
): Prisma.EndorsementWhereInput {
  return {
    OR: [
      { pin: { [side]: pin } },
      { pin, sortKey: { [side]: sortKey } },
      { pin, sortKey, id: { [side]: id } },
    ],
  };
}
