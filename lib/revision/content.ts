import type { Language, LetterTexts } from '@/lib/letter/text/content';

export type RevisionKind = 'first' | 'correction' | 'translation' | 'substance';

/** Why a change was made, for the public to read. */
export type Reason = Record<Language, string | null>;

/**
 * Everything a revision says. Written as canonical JSON (RFC 8785) it is what is stored, hashed with SHA-256 and shown;
 * docs/verify.md tells the public how to compute the hash. A member more or less is another `format`.
 */
export interface RevisionContent {
  format: 'undersigned/revision/1';
  /** The letter's id, which outlives its address. */
  letter: string;
  number: number;
  /** Hash of the revision before, hexadecimal, so that the newest hash speaks for all; null for the first. */
  previous: string | null;
  kind: RevisionKind;
  reason: Reason | null;
  /** ISO 8601 in UTC, with milliseconds. */
  publishedAt: string;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
  texts: LetterTexts;
}

/** What a stored canonical form says. Only what this instance wrote is ever read, so its shape is trusted. */
export function revisionContent(canonical: string): RevisionContent {
  return JSON.parse(canonical) as RevisionContent;
}
