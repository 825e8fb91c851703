import { LRUCache } from 'lru-cache';
import type { Language } from '@/lib/platform/languages';
import { sha256 } from '@/lib/platform/canonical-json';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import { draftPdfOf } from './files';
import { presentLetter, printedNames } from './queries';

export interface DraftPdf {
  bytes: Uint8Array;
  sha256: Uint8Array;
  title: string;
}

type Result = DraftPdf | 'too-many-signatories' | null;

/**
 * Keyed by letter, language and public version. Holds promises, so that simultaneous requests share
 * one run.
 */
const cache = new LRUCache<string, Promise<Result>>({ max: 12 });

async function typeset(letterId: string, language: Language): Promise<Result> {
  // Counted before anything is read, because reading 100,000 names is slow in itself.
  if ((await printedNames(letterId)) > DRAFT_PDF_NAMES) return 'too-many-signatories';
  const letter = await presentLetter(letterId);
  const text = letter?.texts[language];
  if (!letter || !text) return null;
  const bytes = await draftPdfOf(letter, text, language);
  return { bytes, sha256: sha256(bytes), title: text.title };
}

/**
 * The letter with its current list, typeset and marked as a draft; null if it has no text in
 * `language`, and refused beyond `DRAFT_PDF_NAMES` names. Typesetting is expensive and anybody may
 * request it, so the result is cached per public version; a failed run is not.
 * @throws {TypesettingError}
 */
export function draftPdf(
  letter: { letterId: string; version: number },
  language: Language,
): Promise<Result> {
  const key = [letter.letterId, language, letter.version].join(' ');
  const cached = cache.get(key);
  if (cached) return cached;
  const pdf = typeset(letter.letterId, language);
  cache.set(key, pdf);
  pdf.catch(() => cache.delete(key));
  return pdf;
}
