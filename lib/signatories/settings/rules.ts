/** A letter's list before it is published: its order by given settings, and what is pinned before or behind all others. */
import { compareKeys, sortKey, type Ordered, type OrderSettings } from '@/lib/organization/order';

/** What the order of a list follows from, of one organization. */
export interface Listable extends Ordered {
  id: string;
  /** Below 0 before all others, above 0 after them. */
  pin: number;
}

/** The entries in the order in which a list with these settings has them: the very one that the database makes of stored keys. */
export function inOrder<T extends Listable>(entries: T[], order: OrderSettings): T[] {
  return entries
    .map((entry) => ({ entry, key: sortKey(entry, order) }))
    .sort(
      (a, b) =>
        a.entry.pin - b.entry.pin ||
        compareKeys(a.key, b.key) ||
        compareKeys(a.entry.id, b.entry.id),
    )
    .map(({ entry }) => entry);
}

/** Whether two orders are the same, so that stored keys stay as they are. */
export function sameOrder(a: OrderSettings, b: OrderSettings): boolean {
  return a.by === b.by && a.legalFormCounts === b.legalFormCounts && a.latin === b.latin;
}

/** The entries pinned before and behind all others, by id, in their order. */
export interface Pins {
  first: string[];
  last: string[];
}

/** Where an entry is put: behind those already first, behind those already last, nowhere; or a place up or down among its own. */
export const PLACES = ['first', 'last', 'none', 'up', 'down'] as const;

export type Place = (typeof PLACES)[number];

/** The pins of some entries that come in the order of their list. */
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

/** The pins once the entry `id` is put in its `place`. */
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

/** The number that says each pinned entry's place. */
export function pinNumbers({ first, last }: Pins): Map<string, number> {
  return new Map([
    ...first.map((id, index) => [id, index - first.length] as const),
    ...last.map((id, index) => [id, index + 1] as const),
  ]);
}
