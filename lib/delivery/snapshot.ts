import type { Language, LetterTexts } from '@/lib/letter/text/content';

export type Tally = 'first_tally' | 'final' | 'other';

/** An organization as printed: the names it signs with, and nothing else of it. */
export interface DeliveredName extends Record<Language, string | null> {
  coordinating: boolean;
}

/** A list as printed, under its heading; `others` says how many are counted but not named, null when there are none. */
export interface DeliveredList {
  heading: Record<Language, string>;
  names: DeliveredName[];
  others: Record<Language, string> | null;
}

/** `coordinating` ones stand in `all`, too. `earlier`: those who signed an earlier text and have not affirmed the delivered one. */
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
  format: 'undersigned/delivery/1';
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
  /** What the coordinators call it besides; null: nothing. */
  label: Record<Language, string | null>;
  revision: { number: number; hash: string };
  /** ISO 8601 in UTC, with milliseconds. */
  deliveredAt: string;
  addressee: Record<Language, string | null>;
  texts: LetterTexts;
  counts: DeliveredCounts;
  /** Which of an organization's names is printed first: that in the file's language, or always the same. */
  leading: 'reader' | Language;
  lists: DeliveredLists;
}

/** What a stored canonical form says. Only what this instance wrote is ever read, so its shape is trusted. */
export function deliveryContent(canonical: string): DeliveryContent {
  return JSON.parse(canonical) as DeliveryContent;
}
