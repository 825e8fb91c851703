import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { zoneGroups } from '@/components/letter/times/time-zones';
import { newLetterSchema } from '@/lib/letter/schema';
import type { Times } from '@/lib/letter/times/rules';
import { typedTimes } from '@/lib/letter/times/schema';
import { currentZone, timeZones } from '@/lib/platform/dates';
import en from '@/messages/en/letter.json';

const RENAMED = [
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
] as const;

const now = new Date('2026-11-01T00:00:00Z');
const words = createTranslator({
  locale: 'en',
  messages: { letter: en },
  namespace: 'letter.zones',
});
const groups = (own: string) => zoneGroups('en', own, now, words as never);
const values = (own: string) =>
  groups(own).flatMap(({ options }) => options.map(({ value }) => value));

describe('the time zones offered', () => {
  it.each(RENAMED)('name %s by its current name, %s, once', (old, current) => {
    expect(timeZones()).not.toContain(old);
    expect(timeZones().filter((zone) => zone === current)).toHaveLength(1);
    expect(currentZone(old)).toBe(current);
    expect(currentZone(current)).toBe(current);
    expect(values(old)).toEqual(values('UTC'));
  });

  it('are all usable', () => {
    for (const zone of timeZones())
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone }), zone).not.toThrow();
  });

  it('are grouped by region, the usual ones first, and each stands once', () => {
    expect(groups('UTC').map(({ label }) => label)).toEqual([
      'Often used',
      'Asia',
      'Australia',
      'Pacific Ocean',
      'The Americas',
      'Europe',
      'Africa',
      'Indian Ocean',
      'Atlantic Ocean',
      'Arctic',
      'Antarctica',
    ]);
    expect(groups('UTC')[0]!.options[0]!.value).toBe('Asia/Tokyo');
    expect(values('UTC').toSorted()).toEqual(timeZones().toSorted());
  });

  it('include a stored one that is listed under no name', () => {
    expect(values('US/Eastern')[0]).toBe('US/Eastern');
  });
});

describe('a form', () => {
  it.each(RENAMED)('takes %s for %s', (old, current) => {
    const letter = { titleEn: 'A letter', date: '2026-11-01', newSlug: '' };
    expect(
      newLetterSchema.safeParse({ ...letter, authoritativeLanguage: 'en', timeZone: old }).data,
    ).toMatchObject({ timeZone: current });
  });

  it('of a letter stored under an old name keeps the name and the exact times', () => {
    const opensAt = new Date('2026-10-01T08:15:42.123Z');
    const seen: Times = {
      timeZone: 'Europe/Kiev',
      opensAt,
      rounds: [],
      internalDeadlineAt: null,
      closesAt: opensAt,
      closesLabel: {},
      afterClosing: 'refused',
    };
    const form = {
      timeZone: 'Europe/Kyiv',
      opening: 'kept',
      closesOn: '2026-10-01',
      closesTime: '11:15',
      afterClosing: 'refused',
    };
    expect(typedTimes(form, seen, now)).toMatchObject({
      ok: true,
      times: { timeZone: 'Europe/Kiev', closesAt: opensAt },
    });
    expect(typedTimes({ ...form, timeZone: 'Asia/Calcutta' }, seen, now)).toMatchObject({
      times: { timeZone: 'Asia/Kolkata' },
    });
  });
});
