import type { LetterContent } from '@/lib/letter/text/content';
import type { ByLanguage, Language } from '@/lib/platform/languages';

export interface PrintedList {
  heading: string | null;
  /** In printed order; one that is the same in several languages is printed once. */
  names: ByLanguage[];
  /**
   * Printed after the names for signatories that are counted but not named: "2 other
   * organizations".
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
