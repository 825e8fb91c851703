/**
 * Bounds on text as it comes in, checked before anything looks at it: `String.prototype.normalize` takes time that grows
 * with the square of a run of combining marks out of canonical order, and NFKC can make a text eighteen times as long.
 */

/** Longest run of combining marks that text may hold (UAX #15, stream-safe text format). No script needs more than a few. */
const MARK_RUN = 30;

/** Combining marks, and the half-width voicing marks that NFKC turns into combining ones. */
const MARK = '[\\p{M}\\uFF9E\\uFF9F]';
const LONG_RUN = new RegExp(`${MARK}{${MARK_RUN + 1}}`, 'u');
const BEYOND_RUN = new RegExp(`(${MARK}{${MARK_RUN}})${MARK}+`, 'gu');

/**
 * The most UTF-16 units that are read of a field that holds at most `max` characters: room for white space and invisible
 * characters that are tidied away, for line breaks of two characters, and for characters of two units.
 */
export const rawMax = (max: number): number => 4 * max + 200;

/** What is wrong with raw text for a field of at most `max` characters, or null. Takes time linear in {@link rawMax}. */
export function rawProblem(text: string, max: number): 'tooLong' | 'tooManyMarks' | null {
  if (text.length > rawMax(max)) return 'tooLong';
  return LONG_RUN.test(text) ? 'tooManyMarks' : null;
}

/** The text with every run of combining marks cut to what text can need, so that normalising it takes linear time. */
export function boundMarks(text: string): string {
  return text.replace(BEYOND_RUN, '$1');
}
