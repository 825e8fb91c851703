/**
 * Places in a list of signatories as keys that sort by code point, as PostgreSQL's collation "C" compares them.
 *
 * Japanese alphabetical order (五十音順) folds after JIS X 4061 (日本語文字列照合順番): katakana as hiragana, small and
 * voiced kana as their base, the long vowel mark as the vowel before it, iteration marks as the kana they repeat,
 * punctuation and spaces ignored. What was folded away decides between names that are otherwise equal. Departing from
 * JIS X 4061, Latin letters stand after kana, unless the letter's settings say otherwise, and digits after both, as the
 * joint letter's printed list has them (ADR 0006).
 *
 * English alphabetical order is word by word, digits before letters.
 */
import { preferred } from '@/lib/platform/languages';
import type { Names } from './names';
import { readingWithoutLegalForm, withoutLegalForm } from './legal-form';

/** How a letter's list is ordered; part of lib/letter/list-settings.ts. */
export interface OrderSettings {
  /** `date`: by when they signed. */
  by: 'japanese' | 'english' | 'date';
  legalFormCounts: boolean;
  latin: 'after-kana' | 'before-kana';
}

/** Grows when keys come out differently for the same settings; stored keys of an older version are computed anew at the next start. */
export const ORDER_VERSION = 2;

/** Which script a character sorts under; the first character of each of the key's units. */
const KANA = '1';
const LATIN = { 'before-kana': '0', 'after-kana': '2' };
const DIGIT = '3';
const OTHER = '4';
/** Ends a level of the key; sorts before every unit, so that a name stands before its own extensions. */
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

/** Tie-breaks of one kana, in the order JIS X 4061 weighs them: voicing, then kind, then script. */
interface Unit {
  base: string;
  voicing: '0' | '1' | '2';
  /** Long vowel mark, small kana, iteration mark, ordinary: JIS X 4061 puts them in this order. */
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

/** The key of a reading in Japanese alphabetical order; `whole` decides where nothing else does. */
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
/** Letters that have no accent to take off, as English lists file them. */
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
 * The key of a name in English alphabetical order: word by word (`Human Rights` before `Humanity`), whatever case,
 * accents and punctuation; a leading "The" does not count.
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

/** A Japanese name all in Latin letters serves in English lists, too. */
const isLatin = (name: string) =>
  /\p{Script=Latin}/u.test(name) && !/[^\p{Script=Latin}\P{L}]/u.test(name);

/** An organization's names, and when it signed. */
export interface Ordered extends Names {
  signedAt: Date;
}

/**
 * The key that puts an organization in its place.
 *
 * In Japanese order its reading decides, else its Japanese name, which is in kana or Latin letters then, else its
 * English name. In English order its English name decides; organizations without one stand behind all others, in
 * Japanese order.
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

/** Where a UTF-16 unit stands among code points: the halves of those beyond the BMP behind everything within it. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** Compares two keys by code point. (JavaScript's `<` compares UTF-16 units, which differs beyond the BMP.) */
export function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) {
    const order = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
