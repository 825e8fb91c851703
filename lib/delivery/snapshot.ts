import type { LetterTexts } from '@/lib/letter/text/content';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

export type Tally = 'first_tally' | 'final' | 'other';

/** An organization as printed: the names it signed with, and nothing else of it. */
export interface DeliveredName {
  names: ByLanguage;
  coordinating: boolean;
}

/** A list as printed, under its heading; `others` says how many are counted but not named, null when there are none. */
export interface DeliveredList {
  heading: ByLanguage;
  names: DeliveredName[];
  others: ByLanguage | null;
}

/** `coordinating` ones are in `all`, too. `earlier`: those who signed an earlier text and have not reaffirmed the delivered one. */
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

/** Distinct organizations behind the delivered text: `total` = `named` + `withheld`. `earlier` ones are in no other number. */
export interface DeliveredCounts extends DeliveredCount {
  coordinating: number;
  earlier: DeliveredCount;
}

/**
 * Everything a delivery says. Written as canonical JSON (RFC 8785) it is what is stored, hashed with SHA-256 and served
 * as `delivery.json`; every file of the delivery is made from it alone. A member more or less is another `format`.
 */
export interface DeliveryContent {
  format: 'undersigned/delivery/2';
  letter: {
    id: string;
    slug: string;
    authoritativeLanguage: Language;
    /** The date the letter bears, `2025-04-23`. */
    date: string;
    timeZone: string;
  };
  number: number;
  tally: Tally;
  /** What the coordinators call it besides. */
  label: ByLanguage;
  revision: { number: number; hash: string };
  /** ISO 8601 in UTC, with milliseconds. */
  deliveredAt: string;
  addressee: ByLanguage;
  texts: LetterTexts;
  counts: DeliveredCounts;
  /** Which of an organization's names is printed first: that in the file's language (`reader`), or always the same. */
  leading: string;
  lists: DeliveredLists;
}

/** The first format had `ja` and `en` in every place, null where there was nothing. */
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
 * What a stored canonical form says, of any format. Its hash is that of the stored text, never of what this returns. Only
 * what this instance wrote is ever read, so its shape is trusted.
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
