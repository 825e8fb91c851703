import type { Prisma } from '@/lib/platform/db/generated/client';

/**
 * The order of all lists of a letter's signatories: by category (lib/letter/categories.ts), in each
 * the pinned ones, then by stored sort key (lib/organization/order.ts).
 */
export const IN_ORDER = [
  { categoryPlace: 'asc' },
  { pin: 'asc' },
  { sortKey: 'asc' },
  { id: 'asc' },
] as const satisfies (
  Prisma.EndorsementOrderByWithRelationInput | Prisma.SignatoryOrderByWithRelationInput
)[];

/** The columns that determine a signatory's position in a list. */
export interface Place {
  id: string;
  categoryPlace: number;
  pin: number;
  sortKey: string;
}
