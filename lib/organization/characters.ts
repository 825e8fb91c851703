/**
 * What the characters of a name are, for sorting and comparing: plain forms and scripts. The tables
 * are our own, and what comes from the runtime (NFKC, NFKD, lower case) is fixed by Unicode for
 * characters once assigned: stored keys do not depend on a version of ICU. A test pins what the
 * runtime makes of every character.
 */

/** Letters that Unicode does not decompose, with the letters they are filed under. */
const FILED_AS: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ', ĸ: 'q', ƿ: 'w', ȝ: 'y', ȷ: 'j', ɉ: 'j' },
  ...{ ø: 'o', ɔ: 'o', ɵ: 'o', ⱥ: 'a', ɑ: 'a', ə: 'e', ǝ: 'e', ɛ: 'e', ɇ: 'e' },
  ...{ ı: 'i', ɨ: 'i', ɩ: 'i', ɪ: 'i', ʉ: 'u', ʊ: 'u', ƴ: 'y', ɏ: 'y' },
  ...{ đ: 'd', ð: 'd', ɖ: 'd', ɗ: 'd', ƀ: 'b', ɓ: 'b', ƈ: 'c', ȼ: 'c', ƒ: 'f' },
  ...{ ǥ: 'g', ɠ: 'g', ɣ: 'g', ħ: 'h', ɦ: 'h', ⱨ: 'h', ƙ: 'k', ⱪ: 'k' },
  ...{ ł: 'l', ƚ: 'l', ɫ: 'l', ⱡ: 'l', ŋ: 'n', ɲ: 'n', ƞ: 'n', ƥ: 'p', ɍ: 'r', ɽ: 'r', ʃ: 's' },
  ...{ ŧ: 't', ƭ: 't', ʈ: 't', ⱦ: 't', ʋ: 'v', ƶ: 'z', ȥ: 'z', ʒ: 'z', ⱬ: 'z' },
};

/** The digit zero of scripts with digits of their own, each followed by 1 to 9. */
const ZEROS = '٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐';
const DIGITS = new Map(
  [...ZEROS].flatMap((zero) =>
    Array.from({ length: 10 }, (_, value): [string, string] => [
      String.fromCodePoint(zero.codePointAt(0)! + value),
      String(value),
    ]),
  ),
);

const PLAIN = new Map([...Object.entries(FILED_AS), ...DIGITS]);

/**
 * A text in lower case, decomposed (NFKD), with letters and digits as they are filed: `Łódź` is
 * `lo` + accent + `dz` + accent. Marks and punctuation remain; {@link scriptOf} tells them apart.
 */
export function plain(text: string): string {
  const decomposed = text
    .normalize('NFKC')
    // Spacing accents: NFKC makes a space and a mark of them. Voicing marks belong to their kana,
    // and the others serve as apostrophes.
    .replace(/ (?=[\u3099\u309a])| [\u0300-\u036f]+/g, '')
    .normalize('NFKD')
    .toLowerCase();
  return Array.from(decomposed, (char) => PLAIN.get(char) ?? char).join('');
}

export type Script = 'latin' | 'digit' | 'kana' | 'han' | 'other';

const LATIN =
  /[a-z\u00df-\u00f6\u00f8-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua78a\ua78d-\ua7ff\uab30-\uab6f]/;
/** With the voicing marks, the long vowel mark and iteration marks. */
const KANA =
  /[\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u{1b000}-\u{1b16f}]/u;
const HAN =
  /[\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/**
 * Punctuation, symbols, spaces, control and private characters; accents and vowel points, but not
 * the vowel signs of Indic scripts and Thai; everything that stands for an apostrophe, even where
 * Unicode calls it a letter (the ʻokina, the saltillo); and sorts of hyphens and tatweel.
 */
const IGNORED = new RegExp(
  `[${[
    '\\0-\\x2f\\x3a-\\x60\\x7b-\\xbf\\xd7\\xf7\\u02b0-\\u036f', // ASCII, Latin-1, modifiers, accents
    '\\u0375\\u037a\\u037e\\u0384\\u0385\\u0387\\u03f6\\u0482-\\u0489', // Greek, Cyrillic
    '\\u0559-\\u055f\\u0589-\\u05c7\\u05f3\\u05f4', // Armenian, Hebrew
    '\\u0600-\\u061f\\u0640\\u064b-\\u065f\\u066a-\\u066d\\u0670\\u06d4\\u06d6-\\u06e4\\u06e7-\\u06ed\\u06fd\\u06fe', // Arabic
    '\\u0700-\\u070f\\u0711\\u0730-\\u074a\\u07f4-\\u07ff\\u0890-\\u0891\\u0898-\\u089f\\u08ca-\\u08ff', // Syriac, N’Ko, Arabic
    '\\u0964\\u0965\\u0970\\u0df4\\u0e3f\\u0e4f\\u0e5a\\u0e5b\\u0f01-\\u0f17\\u0f34-\\u0f3d\\u0f85\\u104a-\\u104f\\u109e\\u109f', // South Asia
    '\\u10fb\\u1360-\\u1368\\u1400\\u1680\\u17d4-\\u17db\\u1800-\\u180f\\u1ab0-\\u1aff\\u1dc0-\\u1dff', // Georgian to accents
    '\\u2000-\\u2bff\\u2e00-\\u3004\\u3008-\\u3020\\u302a-\\u3037\\u303c-\\u303f\\u309b\\u309c\\u30a0\\u30fb\\u3190-\\u319f\\u31c0-\\u31ef\\u327f',
    '\\ua78b\\ua78c\\ufbb2-\\ufbd2\\ufd3e-\\ufd4f\\ufd90\\ufd91\\ufdc8-\\ufdcf\\ufdfd-\\ufdff\\ufe00-\\ufe6f\\ufeff\\ufff0-\\uffff\\ud800-\\uf8ff',
    '\\u{1d000}-\\u{1d3ff}\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}', // musical signs, emoji, selectors
  ].join('')}]`,
  'u',
);

/**
 * The script of a character of a {@link plain} text; null if it does not count. `other`: every
 * further script.
 */
export function scriptOf(char: string): Script | null {
  if (KANA.test(char)) return 'kana';
  if (LATIN.test(char)) return 'latin';
  if (/[0-9]/.test(char)) return 'digit';
  if (HAN.test(char)) return 'han';
  return IGNORED.test(char) ? null : 'other';
}

/** Katakana as hiragana. */
export function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶヽヾ]/g, (kana) => String.fromCodePoint(kana.codePointAt(0)! - 0x60));
}

/** Small kana with their base, in hiragana; the Ainu ones and the rest of Unicode's small kana. */
const SMALL_KANA =
  'ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖけㇰくㇱしㇲすㇳとㇴぬㇵはㇶひㇷふㇸへㇹほㇺむㇻらㇼりㇽるㇾれㇿろ' +
  '\u{1b132}こ\u{1b150}ゐ\u{1b151}ゑ\u{1b152}を\u{1b155}こ\u{1b164}ゐ\u{1b165}ゑ\u{1b166}を\u{1b167}ん';

/** The full-size kana of a small one in hiragana. */
export const FULL_SIZE = new Map(
  Array.from(SMALL_KANA.matchAll(/(.)(.)/gsu), ([, small, full]): [string, string] => [
    small!,
    full!,
  ]),
);
