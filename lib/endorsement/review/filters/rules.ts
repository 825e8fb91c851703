import { may, type Standing } from '@/lib/coordinator/permissions';
import type { LookedFor } from '../schema';
import type { Filters } from './schema';

const KEYS: Record<keyof Filters, true> = {
  country: true,
  category: true,
  language: true,
  visibility: true,
  proof: true,
  mailFails: true,
  alike: true,
  asks: true,
  held: true,
};

/** What entries can be filtered by, in the order in which forms offer it. */
export const FILTER_KEYS = Object.keys(KEYS) as (keyof Filters)[];

/** The category of entries that are in none. */
export const NO_CATEGORY = 'none';

/** The filters among the values of a view. */
export function filtersIn(view: Filters): Filters {
  return Object.fromEntries(
    FILTER_KEYS.flatMap((key) => (view[key] === undefined ? [] : [[key, view[key]]])),
  );
}

/** Whether anything is filtered. */
export const isFiltered = (view: Filters): boolean => FILTER_KEYS.some((key) => view[key]);

/** Whether entries are looked for at all, or all are shown. */
export const looksFor = (view: LookedFor): boolean =>
  view.q.trim() !== '' || view.origin !== undefined || isFiltered(view);

/** Whether two filters are the same. */
export const sameFilters = (a: Filters, b: Filters): boolean =>
  FILTER_KEYS.every((key) => a[key] === b[key]);

/** Whether a coordinator may filter by something: what is known of contacts only with them. */
export const mayFilterBy = (role: Standing, key: keyof Filters): boolean =>
  (key !== 'language' && key !== 'mailFails') || may(role, 'readContacts');

/** A view without what the coordinator may not look for. */
export function filteredFor<View extends LookedFor>(role: Standing, view: View): View {
  const withheld = [
    ...FILTER_KEYS.filter((key) => !mayFilterBy(role, key)),
    ...(may(role, 'readContacts') ? [] : ['origin']),
  ];
  return { ...view, ...Object.fromEntries(withheld.map((key) => [key, undefined])) };
}
