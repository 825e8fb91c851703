import { timeZones } from '@/lib/platform/dates';
import { zoneName } from './deadline';

const made = new Map<string, { value: string; text: string }[]>();

/** All time zones with what they are called in `locale`, for a list to choose from; the letter's own is among them. */
export function zoneOptions(
  locale: string,
  own: string,
  now: Date,
): { value: string; text: string }[] {
  const text = (zone: string) => ({
    value: zone,
    text: `${zone.replaceAll('_', ' ')} – ${zoneName(now, zone, locale)}`,
  });
  // Naming some hundred zones takes a tenth of a second.
  const all = made.get(locale) ?? timeZones().map(text);
  made.set(locale, all);
  return all.some(({ value }) => value === own) ? all : [text(own), ...all];
}
