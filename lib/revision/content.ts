import type { LetterTexts } from '@/lib/letter/text/content';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

export type RevisionKind = 'first' | 'correction' | 'translation' | 'substance';

/** Why a change was made, for the public to read. */
export type Reason = ByLanguage;

/**
 * Everything a revision says. Written as canonical JSON (RFC 8785) it is what is stored, hashed with SHA-256 and shown;
 * docs/verify.md tells the public how to compute the hash. A member more or less is another `format`.
 */
export interface RevisionContent {
  format: 'undersigned/revision/2';
  /** The letter's id, which outlives its address. */
  letter: string;
  number: number;
  /** Hash of the revision before, hexadecimal, so that the newest hash covers all; null for the first. */
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

/** The first format had null for a language without a reason. */
type Stored = Omit<RevisionContent, 'format' | 'reason'> & {
  format: 'undersigned/revision/1' | RevisionContent['format'];
  reason: Record<Language, string | null> | null;
};

/**
 * What a stored canonical form says, of any format. Its hash is that of the stored text, never of what this returns. Only
 * what this instance wrote is ever read, so its shape is trusted.
 */
export function revisionContent(canonical: string): RevisionContent {
  const stored = JSON.parse(canonical) as Stored;
  return {
    ...stored,
    format: 'undersigned/revision/2',
    reason: stored.reason && present(stored.reason),
  };
}
