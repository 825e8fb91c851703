import type { LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { FILTER_KEYS, mayFilterBy } from '../rules';
import { filterFields, type Filters } from '../schema';
import type { NamedFilter } from './schema';

/** A letter's named filters by name, without those that the coordinator may not use. */
export async function namedFilters({ letterId, role }: LetterAccess): Promise<NamedFilter[]> {
  const rows = await db().reviewFilter.findMany({ where: { letterId }, orderBy: { name: 'asc' } });
  return rows.flatMap(({ id, name, state, ...row }) => {
    const filters: Filters = Object.fromEntries(
      FILTER_KEYS.flatMap((key) => {
        const value = filterFields[key].parse(row[key] === true ? '1' : (row[key] ?? undefined));
        return value === undefined ? [] : [[key, value]];
      }),
    );
    const keys = FILTER_KEYS.filter((key) => filters[key]);
    const usable = keys.length > 0 && keys.every((key) => mayFilterBy(role, key));
    return usable ? [{ id, name, state: state ?? 'all', filters }] : [];
  });
}
