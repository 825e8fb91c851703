import type { LetterContent } from '@/lib/letter/text/content';
import type { ByLanguage, Language } from '@/lib/platform/languages';

export interface PrintedList {
  heading: string | null;
  /** In printed order; one that is the same in several languages is printed once. */
  names: ByLanguage[];
  /** What stands after the names for those that are counted but not named: "2 other organizations". */
  others: string | null;
}

/** Everything that a letter's PDF holds. The words that are not the letter's own are the caller's, in `language`. */
export interface PrintedLetter {
  language: Language;
  parts: LetterContent;
  /** In printed order: coordinating organizations, all, then for instance those who signed an earlier text. */
  lists: PrintedList[];
  /** Which name of an organization leads. */
  leading: Language;
  /** Printed over every page of what has not been delivered: "Draft, 23 November 2026. Not delivered." */
  draft: string | null;
  /** A small line at the end: revision, when it was delivered and to whom, hash. */
  imprint: string | null;
  /** What the PDF says of its making, to the second: a time of the letter's own, so that the bytes never differ. */
  createdAt: Date;
  /** Who wrote it, for the file's metadata: the coordinating organizations. Missing: nobody is named. */
  authors?: readonly string[];
}
