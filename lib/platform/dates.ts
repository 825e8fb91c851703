/** Days and zones, as letters have them. */

/** Years that a letter's dates can lie in: what stands outside is a slip of a finger, and some that databases cannot hold. */
const YEARS = { first: 1900, last: 2999 };

/** Whether a text is a day that there is, `2025-04-23`. */
export function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    year >= YEARS.first &&
    year <= YEARS.last &&
    new Date(text).toJSON()?.slice(0, 10) === text
  );
}

/** The zones in which a letter's times can be said, by their IANA names. */
export const timeZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** A moment's day in a time zone, `2025-04-23`. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}
