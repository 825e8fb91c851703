import type { Prisma } from '@/lib/platform/db/generated/client';

/**
 * The order of all lists of a letter's signatories: pinned ones, then by stored sort key
 * (lib/organization/order.ts).
 */
export const IN_ORDER = [{ pin: 'asc' }, { sortKey: 'asc' }, { id: 'asc' }] as const satisfies (
  Prisma.EndorsementOrderByWithRelationInput | Prisma.SignatoryOrderByWithRelationInput
)[];

/** The columns that determine a signatory's position in a list. */
export interface Place {
  id: string;
  pin: number;
  sortKey: string;
}

/** The signatories after a position in a list, as a Prisma filter. */
export function after({ id, pin, sortKey }: Place): Prisma.SignatoryWhereInput {
  return {
    OR: [{ pin: { gt: pin } }, { pin, sortKey: { gt: sortKey } }, { pin, sortKey, id: { gt: id } }],
  };
}
