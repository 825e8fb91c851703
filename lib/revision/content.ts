import type { LetterTexts } from '@/lib/letter/text/content';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

export type RevisionKind = 'first' | 'correction' | 'translation' | 'substance';

/** The public reason for a change. */
export type Reason = ByLanguage;

/**
 * The complete content of a revision. Its canonical JSON (RFC 8785) is stored, hashed with SHA-256
 * and shown; docs/verify.md explains how to recompute the hash. Adding or removing a member
 * requires another `format`.
 */
export interface RevisionContent {
  format: 'undersigned/revision/3';
  /** The letter's id, which does not change with its slug. */
  letter: string;
  number: number;
  /**
   * Hash of the previous revision, hexadecimal, so that the newest hash covers all; null for the
   * first.
   */
  previous: string | null;
  kind: RevisionKind;
  reason: Reason | null;
  /** ISO 8601 in UTC, with milliseconds. */
  publishedAt: string;
  authoritativeLanguage: Language;
  /** The date of the letter, `2025-04-23`. */
  date: string;
  texts: LetterTexts;
}

/** Format 1 had null for languages without a reason; until 3, the calls of a text had one form. */
type Stored = Omit<RevisionContent, 'format' | 'reason'> & {
  format: 'undersigned/revision/1' | 'undersigned/revision/2' | RevisionContent['format'];
  reason: Record<Language, string | null> | null;
};

/**
 * Parses a stored canonical JSON of any format. The hash is always that of the stored text. Only
 * this instance writes it, so its shape is not validated.
 */
export function revisionContent(canonical: string): RevisionContent {
  const stored = JSON.parse(canonical) as Stored;
  return {
    ...stored,
    format: 'undersigned/revision/3',
    reason: stored.reason && present(stored.reason),
  };
}
