import type { Prisma } from '@/lib/platform/db/generated/client';

/**
 * The lists that a letter's approved endorsements stand in: `listed`, the letter's signatories; `added`, those that
 * signed after the newest delivery, or after the letter closed; `earlier`, those that signed an earlier text and have
 * not affirmed the present one.
 */
export type ListName = 'listed' | 'added' | 'earlier';

/** What of a letter its lists follow from. */
export interface ListBasis {
  letterId: string;
  /** The revision that signatories must stand behind. */
  bindingRevision: number;
  /** Newest delivery. */
  delivery: number | null;
  closesAt: Date | null;
}

/** The letter's endorsements that stand in `list`, named or not. The counts in queries.ts say the same in SQL. */
export function inList(
  { letterId, bindingRevision, delivery, closesAt }: ListBasis,
  list: ListName,
): Prisma.EndorsementWhereInput {
  const approved = { letterId, state: 'approved' } as const;
  if (list === 'earlier') return { ...approved, revision: { lt: bindingRevision } };
  const standing = { ...approved, revision: { gte: bindingRevision } };
  if (delivery !== null) {
    return list === 'listed'
      ? { ...standing, delivery }
      : { ...standing, OR: [{ delivery: null }, { delivery: { not: delivery } }] };
  }
  if (list === 'listed')
    return closesAt ? { ...standing, submittedAt: { lt: closesAt } } : standing;
  return closesAt
    ? { ...standing, submittedAt: { gte: closesAt } }
    : { ...standing, id: { in: [] } };
}
