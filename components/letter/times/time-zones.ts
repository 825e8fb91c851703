import type { getTranslations } from 'next-intl/server';
import type { OptionGroup } from '@/components/ui/field';
import { currentZone, timeZones, zoneName } from '@/lib/platform/dates';

type Words = Awaited<ReturnType<typeof getTranslations<'letter.zones'>>>;

/** The zones offered first, in order. */
const USUAL = [
  'Asia/Tokyo',
  'UTC',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Manila',
  'Asia/Kolkata',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Sydney',
];

/** The first parts of zone names, in the order of their groups. */
const REGIONS = [
  'Asia',
  'Australia',
  'Pacific',
  'America',
  'Europe',
  'Africa',
  'Indian',
  'Atlantic',
  'Arctic',
  'Antarctica',
] as const;

const made = new Map<string, OptionGroup[]>();

function allGroups(locale: string, now: Date, words: Words): OptionGroup[] {
  const option = (zone: string) => ({
    value: zone,
    text: `${zone.replaceAll('_', ' ')} – ${zoneName(now, zone, locale)}`,
  });
  const others = timeZones()
    .filter((zone) => !USUAL.includes(zone))
    .sort();
  return [
    { label: words('usual'), options: USUAL.map(option) },
    ...REGIONS.map((region) => ({
      label: words(region),
      options: others.filter((zone) => zone.startsWith(`${region}/`)).map(option),
    })),
  ];
}

/**
 * All time zones by region, the usual ones first, with their names in `locale`, as groups of a
 * select's options. A zone that engines do not list, which only a stored letter can have, comes
 * first.
 * @param own the zone of the letter, under its current or an old name
 */
export function zoneGroups(locale: string, own: string, now: Date, words: Words): OptionGroup[] {
  // Cached, because naming several hundred time zones takes about 100 ms.
  const all = made.get(locale) ?? allGroups(locale, now, words);
  made.set(locale, all);
  const zone = currentZone(own);
  if (all.some(({ options }) => options.some(({ value }) => value === zone))) return all;
  const [usual, ...regions] = all;
  const text = `${zone.replaceAll('_', ' ')} – ${zoneName(now, zone, locale)}`;
  return [{ ...usual!, options: [{ value: zone, text }, ...usual!.options] }, ...regions];
}
