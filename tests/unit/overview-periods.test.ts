import { describe, expect, test } from 'vitest';
import { periodsBetween, total } from '@/lib/signatories/overview/rules';

const at = (text: string) => new Date(text);
const starts = (from: string, to: string, zone: string) =>
  periodsBetween(at(from), at(to), zone).starts.map((start) => start.toISOString());

describe('the periods of the overview’s chart', () => {
  test('one moment is one day, which begins at midnight in the letter’s time zone', () => {
    const moment = at('2025-04-22T15:30:00Z');
    expect(periodsBetween(moment, moment, 'Asia/Tokyo')).toEqual({
      unit: 'day',
      starts: [at('2025-04-22T15:00:00Z')],
      end: at('2025-04-23T15:00:00Z'),
    });
    expect(periodsBetween(moment, moment, 'UTC').starts).toEqual([at('2025-04-22T00:00:00Z')]);
  });

  test('a day is an hour shorter when clocks are set forward', () => {
    expect(starts('2025-03-29T12:00:00Z', '2025-03-31T12:00:00Z', 'Europe/Berlin')).toEqual([
      '2025-03-28T23:00:00.000Z',
      '2025-03-29T23:00:00.000Z',
      '2025-03-30T22:00:00.000Z',
    ]);
  });

  test.each([
    ['2025-01-31T12:00:00Z', 'day', 31, '2025-01-01'],
    ['2025-02-01T12:00:00Z', 'week', 5, '2024-12-30'],
    ['2025-08-03T12:00:00Z', 'week', 31, '2024-12-30'],
    ['2025-08-04T12:00:00Z', 'month', 8, '2025-01-01'],
    ['2027-08-01T12:00:00Z', 'quarter', 11, '2025-01-01'],
    ['2040-01-01T12:00:00Z', 'year', 16, '2025-01-01'],
    ['2100-01-01T12:00:00Z', 'year', 76, '2025-01-01'],
  ])('from 1 January 2025 to %s: a %s each', (to, unit, count, first) => {
    const found = periodsBetween(at('2025-01-01T12:00:00Z'), at(to), 'UTC');
    expect(found.unit).toBe(unit);
    expect(found.starts).toHaveLength(count);
    expect(found.starts[0]!.toISOString().slice(0, 10)).toBe(first);
    expect(found.end > at(to)).toBe(true);
    expect(found.starts.at(-1)! <= at(to)).toBe(true);
  });

  test('no groups have a sum, too', () => {
    expect(total([])).toEqual({ signed: 0, confirmed: 0, approved: 0 });
  });
});
