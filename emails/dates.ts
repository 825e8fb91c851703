import { lastMinute, zoneName } from '@/lib/platform/dates';
import { words, type MailLanguage } from './words';

const locales = { ja: 'ja-JP', en: 'en-US' };

/**
 * A point in time (ISO 8601) as the mails say it: date and time on the clocks of a zone, which is named.
 * @param timeZone mail rows written before they held the letter's zone have none
 */
export function moment(iso: string, language: MailLanguage, timeZone = 'Asia/Tokyo'): string {
  const at = new Date(iso);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { timeZone, ...options });
  const date = format({
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: language === 'ja' ? 'short' : 'long',
  }).format(at);
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  const zone = zoneName(at, timeZone, locales[language]);
  return words[language]('moment', { date, time, zone });
}

/** A deadline as {@link moment} says it: the last minute before it. */
export const deadline = (iso: string, language: MailLanguage, timeZone: string): string =>
  moment(lastMinute(new Date(iso), timeZone).toISOString(), language, timeZone);

/** The date of a point in time (ISO 8601) in a zone. */
export function date(iso: string, language: MailLanguage, timeZone: string): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone, dateStyle: 'long' }).format(
    new Date(iso),
  );
}

/** A date without a time (`2025-04-23`) as the mails say it. */
export function day(date: string, language: MailLanguage): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(date));
}
