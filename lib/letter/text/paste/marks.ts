const ROMAN: [number, string][] = [
  ...([
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
  ] as const),
  ...([
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ] as const),
].map(([value, letters]) => [value, letters]);

function roman(number: number): string {
  let [rest, written] = [number, ''];
  for (const [value, letters] of ROMAN) for (; rest >= value; rest -= value) written += letters;
  return written;
}

/** `a` … `z`, `aa` …: numbers whose digits are those of an alphabet. */
function lettered(number: number, alphabet: string): string {
  const letters = [...alphabet];
  let written = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / letters.length))
    written = letters[(rest - 1) % letters.length]! + written;
  return written;
}

function ideographic(number: number): string {
  const digits = ['', ...'一二三四五六七八九'];
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? digits[tens]! : ''}${tens > 0 ? '十' : ''}${digits[number % 10]!}`;
}

const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const KANA =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const IROHA =
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス';
const hiragana = (katakana: string) =>
  katakana.replace(/./gu, (kana) => String.fromCodePoint(kana.codePointAt(0)! - 0x60));

/** How lists are numbered by the types of HTML and CSS, and what follows the number. */
const TYPES: Record<string, [(number: number) => string, string]> = {
  a: [(number) => lettered(number, LATIN), '.'],
  A: [(number) => lettered(number, LATIN).toUpperCase(), '.'],
  i: [roman, '.'],
  I: [(number) => roman(number).toUpperCase(), '.'],
  ideographic: [ideographic, '、'],
  katakana: [(number) => lettered(number, KANA), '、'],
  hiragana: [(number) => lettered(number, hiragana(KANA)), '、'],
  'katakana-iroha': [(number) => lettered(number, IROHA), '、'],
  'hiragana-iroha': [(number) => lettered(number, hiragana(IROHA)), '、'],
  'decimal-leading-zero': [(number) => String(number).padStart(2, '0'), '.'],
};
/** Names of the same types. */
const NAMES: Record<string, string> = {
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
  'cjk-ideographic': 'ideographic',
  'japanese-informal': 'ideographic',
  'trad-chinese-informal': 'ideographic',
  'simp-chinese-informal': 'ideographic',
};

/** A number as a type of list writes it. */
export const writtenNumber = (type: string, number: number): string =>
  (TYPES[NAMES[type] ?? type]?.[0] ?? String)(number);

/**
 * The mark of a list item that a numbered list of Markdown would change, or undefined. References
 * such as "see (b)" depend on it.
 * @param around what stands around the number, which is `%1` in it (`%1、`); may be empty
 */
export function markOf(type: string, number: number, around: string): string | undefined {
  const [written, end] = TYPES[NAMES[type] ?? type] ?? [String, '.'];
  const plain = written === String;
  const mark = around.includes('%')
    ? around.replace(/%\d/g, written(number))
    : written(number) + end;
  if (number < 1 || number > 99 || (plain && mark === `${number}.`)) return undefined;
  return mark;
}
