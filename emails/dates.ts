import type { Language } from '@/lib/platform/db/generated/enums';
import { words } from './words';

const locales = { ja: 'ja-JP', en: 'en-US' };
const timeZone = 'Asia/Tokyo';

/** A point in time (ISO 8601) as the mails say it: date and time in Japan, the zone named. */
export function moment(iso: string, language: Language): string {
  const at = new Date(iso);
  const date = new Intl.DateTimeFormat(locales[language], {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: language === 'ja' ? 'short' : 'long',
  });
  const time = new Intl.DateTimeFormat(locales[language], {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return words[language]('moment', { date: date.format(at), time: time.format(at) });
}

/** A date without a time (`2025-04-23`) as the mails say it. */
export function day(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  }).format(new Date(date));
}
