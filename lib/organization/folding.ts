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
