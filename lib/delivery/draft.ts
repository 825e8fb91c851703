import type { Language } from '@/lib/platform/languages';
import { sha256 } from '@/lib/platform/canonical-json';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import { lruCache } from '@/lib/platform/lru-cache';
import { draftPdfOf } from './files';
import { presentLetter, printedNames } from './queries';

export interface DraftPdf {
  bytes: Uint8Array;
  sha256: Uint8Array;
  title: string;
}

/** By letter, language and public version; a promise while it is made. Each has some hundred kilobytes. */
const made = lruCache<Promise<DraftPdf | 'too-many-signatories' | null>>(12);

async function make(
  letterId: string,
  language: Language,
): Promise<DraftPdf | 'too-many-signatories' | null> {
  // Counted before anything is read: at 100,000 names reading is dear, too.
  if ((await printedNames(letterId)) > DRAFT_PDF_NAMES) return 'too-many-signatories';
  const letter = await presentLetter(letterId);
  const text = letter?.texts[language];
  if (!letter || !text) return null;
  const bytes = await draftPdfOf(letter, text, language);
  return { bytes, sha256: sha256(bytes), title: text.title };
}

/**
 * The letter with its list as it stands, typeset and marked as a draft; null where it has no text in `language`, and
 * refused beyond `DRAFT_PDF_NAMES`. Made once a public version, whoever asks how often, and kept: typesetting is dear,
 * and anybody may ask.
 * @throws {TypesettingError}
 */
export function draftPdf(
  letter: { letterId: string; version: number },
  language: Language,
): Promise<DraftPdf | 'too-many-signatories' | null> {
  const key = [letter.letterId, language, letter.version].join(' ');
  const making = made.get(key, () => make(letter.letterId, language));
  making.catch(() => made.delete(key));
  return making;
}
