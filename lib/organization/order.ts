/**
 * Japanese alphabetical order (五十音順) as printed lists of signatories have it, as a key that sorts by code point.
 *
 * Folding after JIS X 4061 (日本語文字列照合順番): katakana as hiragana, small and voiced kana as their base, the long
 * vowel mark as the vowel before it, iteration marks as the kana they repeat, punctuation and spaces ignored. What was
 * folded away decides between names that are otherwise equal. Departing from JIS X 4061, Latin letters stand after
 * kana and digits after letters, as the joint letter's printed list has them (ADR 0006).
 *
 * Keys are stored, so a change here needs every stored key computed anew.
 */

/** Which script a character sorts under; the first character of each of the key's units. */
const KANA = '1';
const LATIN = '2';
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

function units(reading: string): Unit[] {
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
      if (previous?.base.startsWith(KANA)) found.push({ base: previous.base, voicing: '0', kind: '2', script });
    } else if (/[ぁ-ゖ]/.test(kana)) {
      const full = SMALL[kana];
      found.push({ base: KANA + (full ?? kana), voicing: '0', kind: full ? '1' : '3', script });
    } else if (/\p{M}/u.test(char)) {
      continue;
    } else if (/\p{Script=Latin}/u.test(char)) {
      found.push({ base: LATIN + char, voicing: '0', kind: '3', script: '0' });
    } else if (/\p{N}/u.test(char)) {
      found.push({ base: DIGIT + char, voicing: '0', kind: '3', script: '0' });
    } else if (/\p{L}/u.test(char)) {
      found.push({ base: OTHER + char, voicing: '0', kind: '3', script: '0' });
    }
  }
  return found;
}

/**
 * The key that puts `reading` in its place. Keys compare by code point, as PostgreSQL's collation "C" does.
 * @param reading how the name sounds, in kana; Latin letters and digits as written
 */
export function sortKey(reading: string): string {
  const all = units(reading);
  return [
    all.map((unit) => unit.base).join(''),
    all.map((unit) => unit.voicing).join(''),
    all.map((unit) => unit.kind).join(''),
    all.map((unit) => unit.script).join(''),
    reading.normalize('NFKC'),
  ].join(END);
}

/** What an organization's place is decided by: its reading, else its Japanese name in kana, else its English name. */
export function sortedBy(names: { nameJa: string | null; reading: string | null; nameEn: string | null }): string {
  return names.reading ?? names.nameJa ?? names.nameEn ?? '';
}

/** Compares two keys by code point. (JavaScript's `<` compares UTF-16 units, which differs beyond the BMP.) */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
