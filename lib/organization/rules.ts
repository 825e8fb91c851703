/**
 * Validation and tidying of an organization's names and reading. Pure functions,
 * shared by the form, the API and coordinators' corrections.
 */
import { getDomain } from 'tldts';
import { trimMatching } from '@/lib/platform/text/trim';

/**
 * Maximum length of a name, in characters; the longest registered names of Japanese corporations
 * are much shorter.
 */
export const NAME_MAX = 200;
/** Maximum length of a reading: kana need more characters than kanji. */
export const READING_MAX = 400;

/**
 * Invisible characters without meaning in a name: from word processors, and the bidirectional
 * embeddings, overrides and isolates that copying from a web page brings. (Where a name is shown,
 * it is isolated.)
 */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/g;
/** White space and direction marks around a name; within one, a mark can be part of the spelling. */
const AROUND = /[\s\u200E\u200F\u061C]/;
/** Latin letters, digits and punctuation other than full-width ones. */
const LATIN = /[!-\u024F\u1E00-\u1EFF]/;
/**
 * Control, unassigned and private-use characters, blank letters, replacement characters, and
 * stacked combining marks.
 */
const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFFD]|\p{M}{5}/u;
/**
 * Joiners, which Persian and Hindi spelling and some emoji need, and direction marks within a name.
 */
const SPELLING_MARKS = /[\u200C-\u200F\u061C]/g;
const KANJI = /\p{Script=Han}/u;
const ADDRESS = /https?:\/\/|www\.|[^\s@]@[^\s@]+\.[^\s@]/i;

/** One space for a run of them: an ideographic one where only those stood, away from Latin letters. */
function oneSpace(run: string, at: number, text: string): string {
  const isLatin = [text[at - 1], text[at + run.length]].some((next) => next && LATIN.test(next));
  return /^\u3000+$/.test(run) && !isLatin ? '\u3000' : ' ';
}

/**
 * A name as it is stored and shown: what was typed, in Unicode NFC, without invisible marks and
 * white space around it, and with single spaces. Not NFKC, which changes what is signed (`Org™`,
 * `５½`, `㈱`, `～`): that serves keys only. Callers limit the raw text first
 * (lib/platform/text/raw-text.ts).
 */
export function tidyName(typed: string): string {
  return trimMatching(typed.replace(INVISIBLE, ''), AROUND)
    .normalize('NFC')
    .replace(/\s+/gu, oneSpace);
}

/**
 * Whether the Japanese name needs a reading: it contains kanji, whose pronunciation does not follow
 * from the spelling.
 */
export function needsReading(nameJa: string): boolean {
  return KANJI.test(nameJa);
}

export type NameProblem = 'tooLong' | 'controlCharacter' | 'containsAddress' | 'noLetters';

/**
 * The error of a tidied name, or null. Names must not contain control or invisible formatting
 * characters, or web or mail addresses. They may begin with any character: the CSV guards its cells.
 */
export function nameProblem(name: string, max: number = NAME_MAX): NameProblem | null {
  if ([...name].length > max) return 'tooLong';
  if (NOT_TEXT.test(name.replace(SPELLING_MARKS, ''))) return 'controlCharacter';
  if (ADDRESS.test(name.normalize('NFKC'))) return 'containsAddress';
  if (!/[\p{L}\p{N}]/u.test(name)) return 'noLetters';
  return null;
}

/** Whether all letters of a name are Latin; others belong in the field of the official name. */
export function isLatinWriting(nameEn: string): boolean {
  return !/(?!\p{Script=Latin})\p{L}/u.test(nameEn);
}

/** Whether a reading is pronounceable: no kanji, at least one kana, letter or digit. */
export function isReading(reading: string): boolean {
  return !KANJI.test(reading) && /[\p{L}\p{N}]/u.test(reading);
}

/** The registrable domain of a website or mail address (`mail.example.co.jp` → `example.co.jp`), or null. */
export function registrableDomain(addressOrUrl: string): string | null {
  const at = addressOrUrl.lastIndexOf('@');
  return getDomain(
    at >= 0 && !addressOrUrl.includes('/') ? addressOrUrl.slice(at + 1) : addressOrUrl,
  );
}

/** Whether the mail address and the website have the same domain; null if either is unknown. */
export interface DomainCheck {
  mail: string | null;
  website: string | null;
  matches: boolean | null;
}

/** Compares the domain of a mail address with that of a website. */
export function domainCheck(email: string, website: string | null): DomainCheck {
  const mail = registrableDomain(email);
  const site = website && registrableDomain(website);
  return { mail, website: site, matches: mail && site ? mail === site : null };
}
