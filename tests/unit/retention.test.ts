import { expect, test } from 'vitest';
import { mayKeep } from '@/lib/endorsement/retention/rules';
import { PEOPLE } from '@/lib/platform/limits';

const DAY = 24 * 3_600_000;
const AT = new Date('2027-07-01T12:00:00Z');

test('an organization can keep its page whenever it does not yet, and again only once it is told', () => {
  const told = AT.getTime() - PEOPLE.noticeDays * DAY;
  const at = (time: number, keptUntil: Date | null) =>
    mayKeep({ at: AT, keptUntil }, new Date(time), PEOPLE);
  expect(at(0, null)).toBe(true);
  expect(at(told, null)).toBe(true);
  expect(at(told - 1, AT)).toBe(false);
  expect(at(told, AT)).toBe(true);
});

test('who is told has time to answer, and is told before the data would go', () => {
  expect(PEOPLE.leastNoticeDays).toBeGreaterThanOrEqual(14);
  expect(PEOPLE.noticeDays).toBeGreaterThanOrEqual(PEOPLE.leastNoticeDays);
  expect(PEOPLE.noticeDays).toBeLessThanOrEqual(28);
});
