/**
 * The last moment that counts, as people say it: a letter that closes at midnight is open until 23:59 of the day before,
 * which leaves no doubt about the day.
 */
export function lastMoment(closesAt: Date, timeZone: string): Date {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(closesAt);
  return time === '00:00' ? new Date(closesAt.getTime() - 60_000) : closesAt;
}

/** What a time zone is called in `locale`, such as Japan Standard Time. */
export function zoneName(at: Date, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'long' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}
