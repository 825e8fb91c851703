import type { LetterContent } from '@/lib/letter/text/content';
import type { ByLanguage, Language } from '@/lib/platform/languages';

export interface PrintedList {
  heading: string | null;
  /** Whether it is a category of the list before it, whose heading is smaller. */
  isCategory?: boolean;
  /** In printed order; one that is the same in several languages is printed once. */
  names: ByLanguage[];
  /**
   * Printed after the names: how many signatories are counted but not named ("2 other
   * organizations"), or which have not reaffirmed the text.
   */
  others: string | null;
}

/**
 * The content of a letter's PDF. Words that are not part of the letter are given by the caller in
 * `language`.
 */
export interface PrintedLetter {
  language: Language;
  parts: LetterContent;
  /**
   * In printed order: coordinating organizations, all organizations, signatories of an earlier
   * text.
   */
  lists: PrintedList[];
  /** The language of the name that is printed first. */
  leading: Language;
  /** Printed at the top of every page of a draft: "Draft, 23 November 2026. Not delivered." */
  draft: string | null;
  /** Printed at the top of every page of a text that belongs to a receipt: which text it is. */
  running?: string;
  /** Small print at the end: revision, hash, date and addressee of the delivery. */
  imprint: string | null;
  /**
   * The PDF's creation time, to the second. It depends on the letter alone, so that the bytes are
   * reproducible.
   */
  createdAt: Date;
  /** Authors in the PDF's metadata: the coordinating organizations. None by default. */
  authors?: readonly string[];
}

/** A value on a receipt: a text, in small print or not, or an organization's names. */
export type PrintedValue =
  { kind: 'text' | 'small'; text: string; href?: string } | { kind: 'names'; names: ByLanguage };

export interface PrintedFact {
  name: string;
  values: PrintedValue[];
}

/** A receipt: what it says on its first pages, and the texts that follow it. Words are in `language`. */
export interface PrintedReceipt {
  language: Language;
  title: string;
  /** What has become of the endorsement, which stands out. */
  state: string;
  sections: { heading: string; facts: PrintedFact[] }[];
  /** Small print below. */
  notes: string[];
  texts: PrintedLetter[];
  createdAt: Date;
}
