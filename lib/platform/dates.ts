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

/**
 * Names that the IANA time zone database has replaced, by the current ones. JavaScript engines list
 * the old ones, since Unicode keeps identifiers stable (the `iana` attributes of CLDR's
 * timezone.xml), but understand both.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** The current name of a time zone that may have an old one. */
export const currentZone = (zone: string): string =>
  Object.hasOwn(RENAMED, zone) ? RENAMED[zone]! : zone;

/** The current IANA names of the time zones that a letter can use. */
export const timeZones = (): string[] => [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(currentZone)]),
];

/**
 * The date of an instant in a time zone, in ISO format (which is also the Swedish short format).
 */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/**
 * The last moment before a deadline, as people say it: a letter that closes when a day begins is
 * open until 23:59 of the day before, which leaves no doubt about the day.
 */
export function lastMinute(closesAt: Date, timeZone: string): Date {
  const minuteBefore = new Date(closesAt.getTime() - 60_000);
  return dayIn(minuteBefore, timeZone) === dayIn(closesAt, timeZone) ? closesAt : minuteBefore;
}

/** The name of a time zone in `locale`, such as Japan Standard Time. */
export function zoneName(at: Date, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}
