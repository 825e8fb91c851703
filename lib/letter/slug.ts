/** What a letter's address (slug) may be, and proposals for one. */
import { inOrder, type ByLanguage } from '@/lib/platform/languages';
import { isSlug, SLUG_MAX } from './rules';

/** Longest proposal; a coordinator may choose a longer address. */
const PROPOSAL_MAX = 60;
/** How much of a title is read. */
const TITLE_READ = 300;
/** Words that are routes beside letters. */
const RESERVED: ReadonlySet<string> = new Set(['new']);

/** Why a text cannot be a letter's address, or null if it can. */
export function slugProblem(
  slug: string,
): 'required' | 'tooLong' | 'invalidSlug' | 'reserved' | null {
  if (slug === '') return 'required';
  if (slug.length > SLUG_MAX) return 'tooLong';
  if (!isSlug(slug)) return 'invalidSlug';
  return RESERVED.has(slug) ? 'reserved' : null;
}

/** Replacements for characters that NFKD does not decompose into ASCII. */
const ASCII: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '&': ' and ',
};
/** Left out where a proposal would be too long, and never the last word of one that was cut. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an the of to for in on at by and or with from its our'.split(' '),
);

/**
 * The words of a title that can be written in a to z and 0 to 9; words in other scripts are
 * skipped.
 */
function asciiWords(title: string): string[] {
  return title
    .slice(0, TITLE_READ)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[ßæœøđðłþı&]/g, (letter) => ASCII[letter]!)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** As many words as fit, and the year. */
function withYear(words: string[], year: number): string {
  const room = PROPOSAL_MAX - `-${year}`.length;
  const long = words.join('-').length > room;
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  const candidates = long && telling.length > 0 ? telling : words;
  const fitting: string[] = [];
  for (const word of candidates) {
    if ([...fitting, word].join('-').length > room) break;
    fitting.push(word);
  }
  return `${fitting.join('-') || candidates[0]!.slice(0, room)}-${year}`;
}

/**
 * A proposed address, which a coordinator may change: the words of the English title and the year.
 * Without an English title, the Latin words in the other titles; without any, `letter-2025`.
 * @param titles as typed so far
 * @param year of the letter's date
 */
export function proposeSlug(titles: ByLanguage, year: number): string {
  const others = inOrder(Object.keys(titles)).filter((language) => language !== 'en');
  const words = ['en', ...others]
    .map((language) => asciiWords(titles[language] ?? '').filter((word) => word !== String(year)))
    .find((found) => found.some((word) => /[a-z]/.test(word)));
  return withYear(words ?? ['letter'], year);
}
