import { dayIn } from '@/lib/platform/dates';

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
