/**
 * Sort keys for lists of signatories, compared by code point like PostgreSQL's collation "C".
 *
 * Japanese alphabetical order (五十音順) follows JIS X 4061 (日本語文字列照合順番): katakana sort as hiragana,
 * small and voiced kana as their base, the long vowel mark as the preceding vowel, iteration marks
 * as the kana they repeat; punctuation and spaces are ignored. These differences are tie-breaks
 * between otherwise equal names. Unlike JIS X 4061, Latin letters sort after kana, unless the
 * letter's settings say otherwise, and digits after both, as in the joint letter's printed list
 * (ADR 0006).
 *
 * English alphabetical order is word by word, digits before letters.
 */
import { preferred } from '@/lib/platform/languages';
import type { Names } from './names';
import { readingWithoutLegalForm, withoutLegalForm } from './legal-form';

/** The order of a letter's list; part of lib/letter/list-settings.ts. */
export interface OrderSettings {
  /** `date`: by time of signing. */
  by: 'japanese' | 'english' | 'date';
  legalFormCounts: boolean;
  latin: 'after-kana' | 'before-kana';
}

/**
 * Increment when the same settings produce different keys; stored keys of older versions are
 * recomputed at the next start.
 */
export const ORDER_VERSION = 2;

/** The script class of a character, the first character of each unit of the key. */
const KANA = '1';
const LATIN = { 'before-kana': '0', 'after-kana': '2' };
const DIGIT = '3';
const OTHER = '4';
/**
 * Terminates a level of the key; sorts before every unit, so that a name comes before longer names
 * that begin with it.
 */
const END = ' ';

const SMALL: Record<string, string> = Object.fromEntries(
  [...'ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけ'].reduce<[string, string][]>(
    (pairs, kana, index, all) => (index % 2 ? pairs : [...pairs, [kana, all[index + 1]!]]),
    [],
  ),
);

const VOWEL_ROWS: Record<string, string> = {
  あ: 'あかさたなはまやらわ',
  い: 'いきしちにひみりゐ',
  う: 'うくすつぬふむゆる',
  え: 'えけせてねへめれゑ',
  お: 'おこそとのほもよろを',
};
const VOWEL_OF: Record<string, string> = Object.fromEntries(
  Object.entries(VOWEL_ROWS).flatMap(([vowel, row]) => [...row].map((kana) => [kana, vowel])),
);

const DAKUTEN = '\u3099';
const HANDAKUTEN = '\u309A';

/** Tie-breaks of one kana in the order of JIS X 4061: voicing, then kind, then script. */
interface Unit {
  base: string;
  voicing: '0' | '1' | '2';
  /** The order of JIS X 4061: long vowel mark, small kana, iteration mark, ordinary kana. */
  kind: '0' | '1' | '2' | '3';
  script: '0' | '1';
}

function units(reading: string, latin: OrderSettings['latin']): Unit[] {
  const found: Unit[] = [];
  for (const char of reading.normalize('NFKC').normalize('NFD').toLowerCase()) {
    const previous = found.at(-1);
    const katakana = /[ァ-ヺヽヾ]/.test(char);
    const kana = katakana ? String.fromCodePoint(char.codePointAt(0)! - 0x60) : char;
    const script = katakana ? '1' : '0';
    if (char === DAKUTEN || char === HANDAKUTEN) {
      if (previous?.base.startsWith(KANA)) previous.voicing = char === DAKUTEN ? '1' : '2';
    } else if (char === 'ー') {
      const vowel = previous && VOWEL_OF[previous.base.slice(1)];
      if (vowel) found.push({ base: KANA + vowel, voicing: '0', kind: '0', script });
    } else if (kana === 'ゝ' || kana === 'ゞ') {
      if (previous?.base.startsWith(KANA))
        found.push({ base: previous.base, voicing: '0', kind: '2', script });
    } else if (/[ぁ-ゖ]/.test(kana)) {
      const full = SMALL[kana];
      found.push({ base: KANA + (full ?? kana), voicing: '0', kind: full ? '1' : '3', script });
    } else if (/\p{M}/u.test(char)) {
      continue;
    } else if (/\p{Script=Latin}/u.test(char)) {
      found.push({ base: LATIN[latin] + char, voicing: '0', kind: '3', script: '0' });
    } else if (/\p{N}/u.test(char)) {
      found.push({ base: DIGIT + char, voicing: '0', kind: '3', script: '0' });
    } else if (/\p{L}/u.test(char)) {
      found.push({ base: OTHER + char, voicing: '0', kind: '3', script: '0' });
    }
  }
  return found;
}

/** The key of a reading in Japanese alphabetical order; `whole` is the final tie-break. */
function japaneseKey(reading: string, whole: string, latin: OrderSettings['latin']): string {
  const all = units(reading, latin);
  return [
    all.map((unit) => unit.base).join(''),
    all.map((unit) => unit.voicing).join(''),
    all.map((unit) => unit.kind).join(''),
    all.map((unit) => unit.script).join(''),
    whole,
  ].join(END);
}

const ENGLISH = { wordBreak: '0', digit: '1', latin: '2', other: '3' };
/** Letters without a canonical decomposition, with their base letters in English lists. */
const FILED_AS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '&': 'and',
};

function englishUnit(char: string): string {
  if (/\p{N}/u.test(char)) return ENGLISH.digit + char;
  if (/\p{Script=Latin}/u.test(char)) return ENGLISH.latin + char;
  return /\p{L}/u.test(char) ? ENGLISH.other + char : '';
}

/**
 * The key of a name in English alphabetical order: word by word (`Human Rights` before `Humanity`),
 * ignoring case, accents, punctuation and a leading "The".
 */
function englishKey(name: string, whole: string): string {
  const filed = name.replace(/^the\s+(?!\s)(?=.*[\p{L}\p{N}])/iu, '');
  const words = filed
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðłþı&]/g, (letter) => FILED_AS[letter]!)
    .split(/[\s\p{Pd}/]+/u)
    .map((word) => [...word].map(englishUnit).join(''));
  return [words.filter(Boolean).join(ENGLISH.wordBreak), filed.toLowerCase(), whole].join(END);
}

/** A Japanese name entirely in Latin letters also counts as an English name. */
const isLatin = (name: string) =>
  /\p{Script=Latin}/u.test(name) && !/[^\p{Script=Latin}\P{L}]/u.test(name);

/** An organization's names and the time of signing. */
export interface Ordered extends Names {
  signedAt: Date;
}

/**
 * The sort key of an organization.
 *
 * Japanese order uses its reading, else its Japanese name (which then is in kana or Latin letters),
 * else its English name. English order uses its English name; organizations without one come last,
 * in Japanese order.
 */
export function sortKey({ names, signedAt, ...entry }: Ordered, settings: OrderSettings): string {
  const text = (given: string | null | undefined) => given?.normalize('NFKC') ?? null;
  const [nameJa, reading, nameEn] = [text(names.ja), text(entry.reading), text(names.en)];
  const other = text(preferred(names, 'ja')?.said);
  const counting = (name: string) => (settings.legalFormCounts ? name : withoutLegalForm(name));

  const english = nameEn ?? (nameJa && isLatin(nameJa) ? nameJa : null);
  if (settings.by === 'english' && english !== null)
    return '1' + englishKey(counting(english), english);

  const whole = reading ?? nameJa ?? nameEn ?? other ?? '';
  const read =
    reading && nameJa && !settings.legalFormCounts
      ? readingWithoutLegalForm(reading, nameJa)
      : counting(whole);
  const japanese = japaneseKey(read, whole, settings.latin);
  if (settings.by === 'english') return '2' + japanese;
  return settings.by === 'date' ? signedAt.toISOString() + END + japanese : japanese;
}

/** Maps a UTF-16 unit to its rank in code point order: surrogates come after all other units. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/**
 * Compares two keys by code point. (JavaScript's `<` compares UTF-16 units, whose order differs
 * beyond the BMP.)
 */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const order = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
