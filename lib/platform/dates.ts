/** Dates and time zones. Also used in browsers, so without the Temporal polyfill (ADR 17). */

/**
 * The range of years for a letter's dates. Others are typing errors, and some cannot be stored in
 * the database.
 */
const YEARS = { first: 1900, last: 2999 };

/** Whether a text is an existing date in ISO format, such as `2025-04-23`. */
export function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    year >= YEARS.first &&
    year <= YEARS.last &&
    // `Date` turns 30 February into 2 March.
    new Date(text).toJSON()?.slice(0, 10) === text
  );
}

/** The IANA names of the time zones that a letter can use. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

/**
 * The date of an instant in a time zone, in ISO format (which is also the Swedish short format).
 */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
