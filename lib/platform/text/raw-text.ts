/**
 * Bounds on raw text from outside. They are checked before anything else reads it: `String.prototype.normalize` takes
 * quadratic time on long runs of combining marks, and regular expressions, parsers and the database all cost more the
 * longer their input. Pure, for server and browser.
 */

/**
 * The most UTF-16 code units that a field may arrive with when its normalised text may have `max` characters. Composing
 * can turn four code points into one character (ᾂ), and there may be white space around the text.
 */
export const rawMax = (max: number): number => 4 * max + 200;

/**
 * More than 30 combining marks in a row, the bound of Unicode's stream-safe text format (UAX #15). Half-width voicing
 * marks become combining ones under NFKC. Characters that are dropped before normalising do not end a run.
 */
const PILED_MARKS =
  /(?:[\p{M}\uff9e\uff9f][\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]*){31}/u;

/** Why raw text is refused unread, or null when it may be read as a field of at most `max` characters. */
export function rawProblem(text: string, max: number): 'tooLong' | 'controlCharacter' | null {
  if (text.length > rawMax(max)) return 'tooLong';
  return PILED_MARKS.test(text) ? 'controlCharacter' : null;
}
