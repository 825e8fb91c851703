/** Dates and time zones. In browsers, too, so without the Temporal polyfill (ADR 17). */

/**
 * The years a letter's dates may lie in. Others are typing mistakes, and some of them no database
 * can store.
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

/** The date in a time zone at a moment, in ISO format, which is the Swedish short date. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
