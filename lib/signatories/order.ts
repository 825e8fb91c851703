import type { Prisma } from '@/lib/platform/db/generated/client';

/** How every list of a letter's signatories is ordered: pinned ones, then by the stored key (lib/organization/order.ts). */
export const IN_ORDER = [{ pin: 'asc' }, { sortKey: 'asc' }, { id: 'asc' }] as const satisfies (
  Prisma.EndorsementOrderByWithRelationInput | Prisma.SignatoryOrderByWithRelationInput
)[];

/** What a signatory's place in a list follows from. */
export interface Place {
  id: string;
  pin: number;
  sortKey: string;
}

/** The signatories after a place in a list. */
export function after({ id, pin, sortKey }: Place): Prisma.SignatoryWhereInput {
  return {
    OR: [{ pin: { gt: pin } }, { pin, sortKey: { gt: sortKey } }, { pin, sortKey, id: { gt: id } }],
  };
}
