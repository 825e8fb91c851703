import { timeZones } from '@/lib/platform/dates';
import { zoneName } from './deadline';

const made = new Map<string, { value: string; text: string }[]>();

/** All time zones and the letter's own, with their names in `locale`, as options for a select. */
export function zoneOptions(
  locale: string,
  own: string,
  now: Date,
): { value: string; text: string }[] {
  const text = (zone: string) => ({
    value: zone,
    text: `${zone.replaceAll('_', ' ')} – ${zoneName(now, zone, locale)}`,
  });
  // Cached, because naming several hundred time zones takes about 100 ms.
  const all = made.get(locale) ?? timeZones().map(text);
  made.set(locale, all);
  return all.some(({ value }) => value === own) ? all : [text(own), ...all];
}
