/**
 * Limits on raw input, checked before anything else reads it: `String.prototype.normalize` takes
 * quadratic time on long runs of combining marks, and regular expressions, parsers and the database
 * slow down with the length of their input. Pure, for server and browser.
 */

/**
 * How many UTF-16 code units the raw input of a field may have whose normalised text may have `max`
 * characters. NFC can compose four code points into one (ᾂ), and there may be white space around
 * the text.
 */
export const rawMax = (max: number): number => 4 * max + 200;

/**
 * More than 30 combining marks in a row, the limit of Unicode's stream-safe text format (UAX #15).
 * Half-width voiced sound marks count, since NFKC makes them combining. Characters that are removed
 * before normalising do not interrupt a run.
 */
const PILED_MARKS =
  /(?:[\p{M}\uff9e\uff9f][\p{Cs}\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]*){31}/u;

/** Why raw input is refused, or null if it may be read as a field of at most `max` characters. */
export function rawProblem(text: string, max: number): 'tooLong' | 'controlCharacter' | null {
  if (text.length > rawMax(max)) return 'tooLong';
  return PILED_MARKS.test(text) ? 'controlCharacter' : null;
}
