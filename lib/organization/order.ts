/**
 * Sort keys for lists of signatories, compared by code point like PostgreSQL's collation "C".
 *
 * Japanese alphabetical order (五十音順) follows JIS X 4061 (日本語文字列照合順番): katakana sort as hiragana,
 * small and voiced kana as their base, the long vowel mark as the preceding vowel, iteration marks
 * as the kana they repeat; punctuation and spaces are ignored. These differences are tie-breaks
 * between otherwise equal names. Unlike JIS X 4061, Latin letters sort after kana, unless the
 * letter's settings say otherwise, and digits after both, as in the joint letter's printed list
 * (ADR 0006). Letters with diacritics, and those like Ø and Ł, sort as their base.
 *
 * English alphabetical order is word by word, digits before letters.
 */
import { preferred } from '@/lib/platform/languages';
import type { Names } from './names';
import { FULL_SIZE, plain, scriptOf, toHiragana, type Script } from './characters';
import { withoutLegalForm } from './legal-form';
import { readingWithLegalForm, readingWithoutLegalForm } from './legal-form-reading';

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
export const ORDER_VERSION = 4;

/** The place of a script, the first character of each unit of the key. */
const KANA = '1';
const LATIN = { 'before-kana': '0', 'after-kana': '2' };
/**
 * Behind kana and Latin letters, whichever of them the letter's settings put first. Within `other`
 * the code points decide: Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India, Thai,
 * Georgian, Hangul. Kanji without a reading are last.
 */
const PLACE = { digit: '3', other: '4', han: '5' };
/**
 * Terminates a level of the key; sorts before every unit, so that a name comes before longer names
 * that begin with it.
 */
const END = ' ';

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

const unit = (base: string, over: Partial<Unit> = {}): Unit => ({
  base,
  voicing: '0',
  kind: '3',
  script: '0',
  ...over,
});

function units(reading: string, latin: OrderSettings['latin']): Unit[] {
  const found: Unit[] = [];
  for (const char of plain(reading)) {
    const script = scriptOf(char);
    if (script === 'kana') addKana(found, char);
    else if (script) found.push(unit((script === 'latin' ? LATIN[latin] : PLACE[script]) + char));
  }
  return found;
}

function addKana(found: Unit[], char: string): void {
  const previous = found.at(-1);
  const kana = toHiragana(char);
  const script = kana !== char || /[ㇰ-ㇿ]/.test(char) ? '1' : '0';
  if (char === DAKUTEN || char === HANDAKUTEN) {
    if (previous?.base.startsWith(KANA)) previous.voicing = char === DAKUTEN ? '1' : '2';
  } else if (char === 'ー') {
    const vowel = previous && VOWEL_OF[previous.base.slice(1)];
    if (vowel) found.push(unit(KANA + vowel, { kind: '0', script }));
  } else if (kana === 'ゝ') {
    if (previous?.base.startsWith(KANA)) found.push(unit(previous.base, { kind: '2', script }));
  } else {
    const full = FULL_SIZE.get(kana);
    found.push(unit(KANA + (full ?? kana), { kind: full ? '1' : '3', script }));
  }
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

const ENGLISH = { wordBreak: '0', digit: '1', latin: '2', kana: '3', other: '4', han: '5' };

function englishUnit(char: string): string {
  const kind = scriptOf(char);
  return kind ? ENGLISH[kind] + char : '';
}

/**
 * The key of a name in English alphabetical order: word by word (`Human Rights` before `Humanity`),
 * ignoring case, accents, punctuation and a leading "The".
 */
function englishKey(name: string, whole: string): string {
  const filed = name.replace(/^the\s+(?!\s)(?=.*[\p{L}\p{N}])/iu, '');
  const words = plain(filed.replaceAll('&', 'and'))
    .split(/[\s\u002d\u058a\u05be\u2010-\u2015\u2212\u30a0\u301c/]+/)
    .map((word) => [...word].map(englishUnit).join(''));
  return [words.filter(Boolean).join(ENGLISH.wordBreak), filed.toLowerCase(), whole].join(END);
}

const FURTHER: Script[] = ['kana', 'han', 'other'];

/** A Japanese name entirely in Latin letters also counts as an English name. */
const isLatin = (name: string) => {
  const scripts = new Set(Array.from(plain(name), scriptOf));
  return scripts.has('latin') && !FURTHER.some((script) => scripts.has(script));
};

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
  const read = nameJa
    ? settings.legalFormCounts
      ? readingWithLegalForm(reading, nameJa)
      : reading
        ? readingWithoutLegalForm(reading, nameJa)
        : withoutLegalForm(nameJa)
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
