/**
 * What a name, a reading and a website of an organization may be, and how they are normalised before anything looks at
 * them. Pure: used by the form, the API and the coordinators' corrections alike.
 */
import { getDomain, parse as parseHost } from 'tldts';
import { rawMax } from '@/lib/platform/text/raw-text';
import { withoutLegalForm } from './legal-form';

/** Longest name, in characters; the longest registered names of Japanese corporations are well below. */
export const NAME_MAX = 200;
/** Longest reading: kana take more characters than the kanji they read. */
export const READING_MAX = 400;
export const WEBSITE_MAX = 500;

/** Invisible characters that word processors leave behind; they carry nothing in a name. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;
/** Controls, unassigned and private characters, letters without a shape, what a failed decoding leaves, and piled-up marks. */
const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFFD]|\p{M}{5}/u;
/** Joiners, which Persian or Hindi spelling and some emoji need. */
const JOINERS = /[\u200C\u200D]/g;
const KANJI = /\p{Script=Han}/u;
const KANA_OR_KANJI = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** A spreadsheet takes a cell beginning with one of these for a formula. */
const FORMULA_START = /^[=+\-@]/;
const ADDRESS = /https?:\/\/|www\.|[^\s@]@[^\s@]+\.[^\s@]/i;

/**
 * Text of one line as it is stored: Unicode NFKC (which also widens half-width kana), invisible characters dropped,
 * every run of white space one space, none at the ends. Callers bound the raw text first (lib/platform/text/raw-text.ts).
 */
export function normaliseLine(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/** Whether the Japanese name needs a reading: it holds kanji, whose sound cannot be known from the writing. */
export function needsReading(nameJa: string): boolean {
  return KANJI.test(nameJa);
}

export type NameProblem =
  'tooLong' | 'invalidStart' | 'controlCharacter' | 'containsAddress' | 'noLetters';

/**
 * What is wrong with a normalised name, or null. Names may not begin with `= + - @` (formulas in a spreadsheet, after
 * alphagov/e-petitions), hold control or invisible formatting characters, or hold web or mail addresses.
 */
export function nameProblem(name: string, max: number = NAME_MAX): NameProblem | null {
  if ([...name].length > max) return 'tooLong';
  if (FORMULA_START.test(name)) return 'invalidStart';
  if (NOT_TEXT.test(name.replace(JOINERS, ''))) return 'controlCharacter';
  if (ADDRESS.test(name)) return 'containsAddress';
  if (!/[\p{L}\p{N}]/u.test(name)) return 'noLetters';
  return null;
}

/** Whether a name meant to be in English holds Japanese writing, which belongs into the other field. */
export function isJapaneseWriting(nameEn: string): boolean {
  return KANA_OR_KANJI.test(nameEn);
}

/** Whether a reading can be read out: no kanji, at least one kana, letter or digit. */
export function isReading(reading: string): boolean {
  return !KANJI.test(reading) && /[\p{L}\p{N}]/u.test(reading);
}

/**
 * The address of a website as stored, or null when it is none: http or https, no user name or password, no port, a
 * host under a public suffix (tldts: the Public Suffix List). A missing scheme is taken as https.
 */
export function normaliseWebsite(input: string): string | null {
  if (input.length > rawMax(WEBSITE_MAX)) return null;
  const text = normaliseLine(input);
  if (!text || /\s/.test(text)) return null;
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username || url.password || url.port) return null;
  const host = parseHost(url.hostname);
  if (host.isIp || !host.isIcann || !host.domain) return null;
  return url.href;
}

/** The registrable domain of a website or mail address (`mail.example.co.jp` → `example.co.jp`), or null. */
export function registrableDomain(addressOrUrl: string): string | null {
  const at = addressOrUrl.lastIndexOf('@');
  return getDomain(
    at >= 0 && !addressOrUrl.includes('/') ? addressOrUrl.slice(at + 1) : addressOrUrl,
  );
}

/**
 * A name reduced to what tells organizations apart: lower case, katakana as hiragana, without legal form, spaces and
 * punctuation. Two names with equal folded forms are very likely one organization.
 */
export function foldName(name: string): string {
  return withoutLegalForm(normaliseLine(name))
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! - 0x60))
    .replace(/[^\p{L}\p{N}ー]+/gu, '');
}
