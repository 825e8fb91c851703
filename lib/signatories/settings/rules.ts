/** The order of a letter's list before it is published: sorting by given settings, and pins. */
import { compareKeys, sortKey, type Ordered, type OrderSettings } from '@/lib/organization/order';

/** The fields of an organization that determine its position. */
export interface Listable extends Ordered {
  id: string;
  /** Negative: before all others; positive: after them. */
  pin: number;
  categoryPlace: number;
}

/** Sorts entries by these settings, exactly as the database sorts by stored keys. */
export function inOrder<T extends Listable>(entries: T[], order: OrderSettings): T[] {
  return entries
    .map((entry) => ({ entry, key: sortKey(entry, order) }))
    .sort(
      (a, b) =>
        a.entry.categoryPlace - b.entry.categoryPlace ||
        a.entry.pin - b.entry.pin ||
        compareKeys(a.key, b.key) ||
        compareKeys(a.entry.id, b.entry.id),
    )
    .map(({ entry }) => entry);
}

/** Whether two orders are equal, so that stored keys remain valid. */
export function sameOrder(a: OrderSettings, b: OrderSettings): boolean {
  return a.by === b.by && a.legalFormCounts === b.legalFormCounts && a.latin === b.latin;
}

/** Ids of the entries pinned before and after all others, in order. */
export interface Pins {
  first: string[];
  last: string[];
}

/**
 * Where to move an entry: to the end of the first ones or of the last ones, unpinned, or up or down
 * among its neighbours.
 */
export const PLACES = ['first', 'last', 'none', 'up', 'down'] as const;

export type Place = (typeof PLACES)[number];

/** The pins of entries that are given in list order. */
export function pinsOf(entries: Pick<Listable, 'id' | 'pin'>[]): Pins {
  const pinned = entries.filter(({ pin }) => pin !== 0).sort((a, b) => a.pin - b.pin);
  return {
    first: pinned.filter(({ pin }) => pin < 0).map(({ id }) => id),
    last: pinned.filter(({ pin }) => pin > 0).map(({ id }) => id),
  };
}

function moved(ids: string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const neighbour = ids[from + by];
  if (from < 0 || neighbour === undefined) return ids;
  return ids.map((other) => (other === id ? neighbour : other === neighbour ? id : other));
}

/** The pins after moving the entry `id` to `place`. */
export function arranged({ first, last }: Pins, id: string, place: Place): Pins {
  if (place === 'up' || place === 'down') {
    const by = place === 'up' ? -1 : 1;
    return { first: moved(first, id, by), last: moved(last, id, by) };
  }
  const without = (ids: string[]) => ids.filter((other) => other !== id);
  return {
    first: place === 'first' ? [...without(first), id] : without(first),
    last: place === 'last' ? [...without(last), id] : without(last),
  };
}

/** The stored pin number of each pinned entry. */
export function pinNumbers({ first, last }: Pins): Map<string, number> {
  return new Map([
    ...first.map((id, index) => [id, index - first.length] as const),
    ...last.map((id, index) => [id, index + 1] as const),
  ]);
}
