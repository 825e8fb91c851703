import type { Reviewer } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { db } from '@/lib/platform/db/client';
import { isFiltered } from '../rules';
import { NAMED_FILTERS_MAX, type NamedFilter } from './schema';

export type FilterNamed = { ok: true } | { ok: false; reason: 'empty' | 'full' | 'taken' };

/**
 * Names a filter for the letter's coordinators. Not audited: it decides nothing and holds nothing
 * of anybody (docs/decisions/0058-filters-and-own-reasons.md).
 */
export async function nameFilter(
  { letterId }: Reviewer,
  { name, state, filters }: Omit<NamedFilter, 'id'>,
): Promise<FilterNamed> {
  if (!isFiltered(filters)) return { ok: false, reason: 'empty' };
  return db().$transaction(async (tx): Promise<FilterNamed> => {
    await lockLetter(tx, letterId);
    const named = await tx.reviewFilter.findMany({ where: { letterId }, select: { name: true } });
    if (named.some((other) => other.name === name)) return { ok: false, reason: 'taken' };
    if (named.length >= NAMED_FILTERS_MAX) return { ok: false, reason: 'full' };
    await tx.reviewFilter.create({
      data: { letterId, name, state: state === 'all' ? null : state, ...filters },
    });
    return { ok: true };
  });
}

/** Deletes a named filter of the letter. False if there is none such (any more). */
export async function deleteFilter({ letterId }: Reviewer, id: string): Promise<boolean> {
  const { count } = await db().reviewFilter.deleteMany({ where: { id, letterId } });
  return count > 0;
}
