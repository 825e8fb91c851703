import type { LetterTexts } from '@/lib/letter/text/content';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

/** What is delivered: those of a `round`, the `final` list, or something else. */
export type Tally = 'round' | 'final' | 'other';

/** An organization as printed: only the names it signed with. */
export interface DeliveredName {
  names: ByLanguage;
  coordinating: boolean;
}

/** A category in a printed list: its name, and how many of the list's names are in it. */
export interface DeliveredCategory {
  name: ByLanguage;
  count: number;
}

/**
 * A printed list with its heading. Its names stand in the order of its `categories`, the first
 * `count` of them in the first one and so on; there are none if the list is not divided. `others` is printed after the names: how many organizations are
 * unnamed or, of the coordinating ones, which have not reaffirmed the text; null if none.
 */
export interface DeliveredList {
  heading: ByLanguage;
  categories: DeliveredCategory[];
  names: DeliveredName[];
  others: ByLanguage | null;
}

/** The categories of a list, each with its items; `items` are those of the whole list in its order. */
export function inCategories<T>(
  categories: readonly DeliveredCategory[],
  items: readonly T[],
): (DeliveredCategory & { items: T[] })[] {
  let from = 0;
  return categories.map((category) => {
    const to = from + category.count;
    const own = { ...category, items: items.slice(from, to) };
    from = to;
    return own;
  });
}

/**
 * `coordinating` organizations are also in `all` or `earlier`. `earlier`: signatories of an earlier
 * text that have not reaffirmed the delivered one.
 */
export interface DeliveredLists {
  coordinating: DeliveredList | null;
  all: DeliveredList;
  earlier: DeliveredList | null;
}

interface DeliveredCount {
  named: number;
  withheld: number;
  total: number;
}

/**
 * Number of distinct organizations that stand behind the delivered text: `total` = `named` +
 * `withheld`. `earlier` ones are not included in the others.
 */
export interface DeliveredCounts extends DeliveredCount {
  coordinating: number;
  earlier: DeliveredCount;
}

/**
 * The complete content of a delivery. Its canonical JSON (RFC 8785) is stored, hashed with SHA-256
 * and served as `delivery.json`; all files of the delivery are made from it alone. Adding or
 * removing a member requires another `format`.
 */
export interface DeliveryContent {
  format: 'undersigned/delivery/4';
  letter: {
    id: string;
    slug: string;
    authoritativeLanguage: Language;
    /** The date of the letter, `2025-04-23`. */
    date: string;
    timeZone: string;
  };
  number: number;
  tally: Tally;
  /** Number of the round; null for other tallies. */
  round: number | null;
  /** The coordinators' label for the delivery. */
  label: ByLanguage;
  revision: { number: number; hash: string };
  /** ISO 8601 in UTC, with milliseconds. */
  deliveredAt: string;
  addressee: ByLanguage;
  texts: LetterTexts;
  counts: DeliveredCounts;
  /**
   * The language of the name that is printed first: that of the file (`reader`), or a fixed one.
   */
  leading: string;
  lists: DeliveredLists;
}

/** A list without categories, as formats before 4 have them. */
type Undivided = Omit<DeliveredList, 'categories'>;
type UndividedLists = { [list in keyof DeliveredLists]: Undivided | null };

/**
 * Until format 4, there was one round, and lists were not divided. Until format 3, the calls of a
 * text had one form.
 */
type Third = Omit<DeliveryContent, 'format' | 'tally' | 'round' | 'lists'> & {
  format: 'undersigned/delivery/3' | 'undersigned/delivery/2';
  tally: 'first_tally' | 'final' | 'other';
  lists: UndividedLists;
};

/** Format 1 had `ja` and `en` everywhere, with null for missing values. */
type First = Omit<Third, 'format' | 'label' | 'addressee' | 'lists'> & {
  format: 'undersigned/delivery/1';
  label: Record<Language, string | null>;
  addressee: Record<Language, string | null>;
  lists: { [list in keyof DeliveredLists]: FirstList | null };
};

interface FirstList {
  heading: Record<Language, string>;
  names: { ja: string | null; en: string | null; coordinating: boolean }[];
  others: Record<Language, string> | null;
}

const fromFirst = ({ heading, names, others }: FirstList): Undivided => ({
  heading,
  names: names.map(({ ja, en, coordinating }) => ({ names: present({ ja, en }), coordinating })),
  others,
});

const undivided = (list: Undivided | null) => list && { ...list, categories: [] };

const fromUndivided = ({ coordinating, all, earlier }: UndividedLists): DeliveredLists => ({
  coordinating: undivided(coordinating),
  all: undivided(all)!,
  earlier: undivided(earlier),
});

/**
 * Parses a stored canonical JSON of any format. The hash is always that of the stored text. Only
 * this instance writes it, so its shape is not validated.
 */
export function deliveryContent(canonical: string): DeliveryContent {
  const stored = JSON.parse(canonical) as DeliveryContent | Third | First;
  const format = 'undersigned/delivery/4';
  if (stored.format === format) return stored;
  const since: Pick<DeliveryContent, 'format' | 'tally' | 'round'> = {
    format,
    ...(stored.tally === 'first_tally'
      ? { tally: 'round', round: 1 }
      : { tally: stored.tally, round: null }),
  };
  if (stored.format !== 'undersigned/delivery/1')
    return { ...stored, ...since, lists: fromUndivided(stored.lists) };
  const { coordinating, all, earlier } = stored.lists;
  return {
    ...stored,
    ...since,
    label: present(stored.label),
    addressee: present(stored.addressee),
    lists: fromUndivided({
      coordinating: coordinating && fromFirst(coordinating),
      all: fromFirst(all!),
      earlier: earlier && fromFirst(earlier),
    }),
  };
}
