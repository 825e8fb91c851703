const words = new Intl.Segmenter('ja', { granularity: 'word' });

const OPENS = /^[「『(（]/u;
const ENDS_OPEN = /[「『(（・]$/u;
/** A particle or suffix, such as 会, or a lengthened vowel. */
const BELONGS_BEFORE = /^(?:[\p{Script=Hiragana}ー]|.$)/u;
/** More than a name can have: the platform's segmenter takes quadratic time. */
const LONGEST = 1_000;

/**
 * The pieces of a Japanese name that no line break may divide, on the page and in the PDF: words
 * with their particles and suffixes.
 */
export function phrases(name: string): string[] {
  if (name.length > LONGEST) return [name];
  const pieces: string[] = [];
  let before: string | undefined;
  for (const { segment, isWordLike } of words.segment(name)) {
    const mayBreak = isWordLike
      ? !BELONGS_BEFORE.test(segment) && !ENDS_OPEN.test(before ?? '')
      : OPENS.test(segment);
    if (before === undefined || mayBreak) pieces.push(segment);
    else pieces[pieces.length - 1] += segment;
    before = segment;
  }
  return pieces;
}
