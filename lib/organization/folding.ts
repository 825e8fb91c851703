/** Names folded for comparison and search. A change here needs a new ORDER_VERSION. */
import { FULL_SIZE, plain, scriptOf, toHiragana } from './characters';
import { usualKanji } from './kanji-variants';
import { withoutLegalForm } from './legal-form';

/** The small kana that are mere spellings: 関ヶ原 and 関ケ原, アイヌモシㇼ and アイヌモシリ. */
const SPELLING = /[ゕゖㇰ-ㇿ]/g;

/**
 * A text as people compare it: without case, width, diacritics, apostrophes, spaces and
 * punctuation, katakana as hiragana, and kanji in their usual form. Empty if nothing is left.
 */
export function fold(text: string): string {
  const letters = Array.from(plain(text)).filter((char) => scriptOf(char) !== null);
  const hiragana = toHiragana(letters.join('')).replace(
    SPELLING,
    (small) => FULL_SIZE.get(small) ?? small,
  );
  return usualKanji(hiragana.normalize('NFC'));
}

/**
 * A name folded without its legal form. Names with equal folded forms very likely belong to the same
 * organization.
 */
export function foldName(name: string): string {
  return fold(withoutLegalForm(name.normalize('NFKC').trim()));
}

/** Letters as people type them who cannot type them; `ß`, `æ` and `œ` are folded so anyway. */
const TYPED_AS: Record<string, string> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' },
  ...{ Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', Å: 'Aa', Ø: 'Oe' },
};

/**
 * The folded forms of a name to search for and by: as it is, and with its umlauts as two letters.
 * Müller is found by muller and mueller, and Mueller by müller.
 */
export function searchForms(name: string, folded = foldName): string[] {
  const written = name
    .normalize('NFC')
    .replace(/[äöüåø]/gi, (letter) => TYPED_AS[letter] ?? letter);
  return [...new Set([folded(name), folded(written)])];
}
