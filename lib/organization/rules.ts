/**
 * Validation and normalisation of an organization's names, reading and website. Pure functions,
 * shared by the form, the API and coordinators' corrections.
 */
import { getDomain, parse as parseHost } from 'tldts';
import { rawMax } from '@/lib/platform/text/raw-text';

/**
 * Maximum length of a name, in characters; the longest registered names of Japanese corporations
 * are much shorter.
 */
export const NAME_MAX = 200;
/** Maximum length of a reading: kana need more characters than kanji. */
export const READING_MAX = 400;
export const WEBSITE_MAX = 500;

/** Invisible characters from word processors, which have no meaning in names. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;
/**
 * Control, unassigned and private-use characters, blank letters, replacement characters, and
 * stacked combining marks.
 */
const NOT_TEXT = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFFD]|\p{M}{5}/u;
/** Joiners, which Persian and Hindi spelling and some emoji need. */
const JOINERS = /[\u200C\u200D]/g;
const KANJI = /\p{Script=Han}/u;
const KANA_OR_KANJI = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Spreadsheets interpret cells that begin with these characters as formulas. */
const FORMULA_START = /^[=+\-@]/;
const ADDRESS = /https?:\/\/|www\.|[^\s@]@[^\s@]+\.[^\s@]/i;

/**
 * Single-line text in its stored form: Unicode NFKC (which also converts half-width kana), without
 * invisible characters, white space collapsed and trimmed. Callers limit the raw text first
 * (lib/platform/text/raw-text.ts).
 */
export function normaliseLine(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

/**
 * Whether the Japanese name needs a reading: it contains kanji, whose pronunciation does not follow
 * from the spelling.
 */
export function needsReading(nameJa: string): boolean {
  return KANJI.test(nameJa);
}

export type NameProblem =
  'tooLong' | 'invalidStart' | 'controlCharacter' | 'containsAddress' | 'noLetters';

/**
 * The error of a normalised name, or null. Names must not begin with `= + - @` (spreadsheet
 * formulas, as in alphagov/e-petitions) or contain control or invisible formatting characters, or
 * web or mail addresses.
 */
export function nameProblem(name: string, max: number = NAME_MAX): NameProblem | null {
  if ([...name].length > max) return 'tooLong';
  if (FORMULA_START.test(name)) return 'invalidStart';
  if (NOT_TEXT.test(name.replace(JOINERS, ''))) return 'controlCharacter';
  if (ADDRESS.test(name)) return 'containsAddress';
  if (!/[\p{L}\p{N}]/u.test(name)) return 'noLetters';
  return null;
}

/** Whether an English name contains Japanese script, which belongs in the other field. */
export function isJapaneseWriting(nameEn: string): boolean {
  return KANA_OR_KANJI.test(nameEn);
}

/** Whether a reading is pronounceable: no kanji, at least one kana, letter or digit. */
export function isReading(reading: string): boolean {
  return !KANJI.test(reading) && /[\p{L}\p{N}]/u.test(reading);
}

/**
 * The normalised URL of a website, or null if invalid: http or https, no credentials, no port, a
 * host under a public suffix (tldts: the Public Suffix List). A missing scheme defaults to https.
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
