import type { LetterTexts } from '@/lib/letter/text/content';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

export type Tally = 'first_tally' | 'final' | 'other';

/** An organization as printed: only the names it signed with. */
export interface DeliveredName {
  names: ByLanguage;
  coordinating: boolean;
}

/**
 * A printed list with its heading; `others`: note on the number of unnamed organizations, null if
 * there are none.
 */
export interface DeliveredList {
  heading: ByLanguage;
  names: DeliveredName[];
  others: ByLanguage | null;
}

/**
 * `coordinating` organizations are also in `all`. `earlier`: signatories of an earlier text that
 * have not reaffirmed the delivered one.
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
  format: 'undersigned/delivery/2';
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

/** Format 1 had `ja` and `en` everywhere, with null for missing values. */
type First = Omit<DeliveryContent, 'format' | 'label' | 'addressee' | 'lists'> & {
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

const fromFirst = ({ heading, names, others }: FirstList): DeliveredList => ({
  heading,
  names: names.map(({ ja, en, coordinating }) => ({ names: present({ ja, en }), coordinating })),
  others,
});

/**
 * Parses a stored canonical JSON of any format. The hash is always that of the stored text. Only
 * this instance writes it, so its shape is not validated.
 */
export function deliveryContent(canonical: string): DeliveryContent {
  const stored = JSON.parse(canonical) as DeliveryContent | First;
  if (stored.format === 'undersigned/delivery/2') return stored;
  const { coordinating, all, earlier } = stored.lists;
  return {
    ...stored,
    format: 'undersigned/delivery/2',
    label: present(stored.label),
    addressee: present(stored.addressee),
    lists: {
      coordinating: coordinating && fromFirst(coordinating),
      all: fromFirst(all!),
      earlier: earlier && fromFirst(earlier),
    },
  };
}
