import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueSignUps, type RemindingLetter } from '@/lib/endorsement/reminders/rules';
import { derivedToken, isToken, newToken } from '@/lib/platform/tokens';

const TERMS = { waitingDays: 2, deadlineDays: 1, gapHours: 12, linkDays: 7, keptDays: 30 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date('2026-06-15T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

const letter = (over: Partial<RemindingLetter> = {}): RemindingLetter => ({
  reminds: true,
  opensAt: later(-20 * DAY),
  closesAt: null,
  archivedAt: null,
  pausedAt: null,
  afterClosing: 'added',
  ...over,
});

/** The reminders of a sign-up, hour by hour until the letter has closed and ten days have passed. */
function remindersOf(signedAt: Date, closesAt: Date | null) {
  const reminded = new Map<string, number>();
  for (let now = signedAt.getTime(); now < signedAt.getTime() + 12 * DAY; now += HOUR)
    for (const occasion of ['waiting', 'deadline'] as const) {
      const due = dueSignUps(occasion, letter({ closesAt }), new Date(now), TERMS);
      if (due && due.from <= signedAt && signedAt < due.before && !reminded.has(occasion))
        reminded.set(occasion, now - signedAt.getTime());
    }
  return Object.fromEntries([...reminded].map(([occasion, after]) => [occasion, after / HOUR]));
}

describe('an unconfirmed sign-up', () => {
  test.each([
    ['without a deadline', null, { waiting: 49 }],
    ['ten days before the deadline', 10, { waiting: 49, deadline: 216 }],
    ['four days before it', 4, { waiting: 49, deadline: 72 }],
    ['three days before it', 3, { deadline: 48 }],
    ['two days before it', 2, { deadline: 24 }],
    ['a day before it', 1, {}],
  ])('%s is reminded after two days, and a day before the deadline', (_, days, hours) => {
    const closesAt = days === null ? null : later(days * DAY);
    const reminded = remindersOf(NOW, closesAt);
    for (const [occasion, hour] of Object.entries(hours))
      expect(Math.abs(reminded[occasion]! - hour), occasion).toBeLessThanOrEqual(1);
    expect(Object.keys(reminded).sort()).toEqual(Object.keys(hours).sort());
  });

  test('never gets two reminders, or one after signing, within half a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 * 24 * 60 }), (minutes) => {
        const times = Object.values(remindersOf(NOW, later(minutes * 60_000))).sort(
          (a, b) => a - b,
        );
        const gaps = times.map((time, n) => time - (times[n - 1] ?? 0));
        expect(Math.min(...gaps, 12)).toBeGreaterThanOrEqual(12);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['does not remind', { reminds: false }],
    ['has not opened', { opensAt: null }],
    ['is paused', { pausedAt: NOW }],
    ['is archived', { archivedAt: NOW }],
    ['has closed', { closesAt: later(-1) }],
  ])('is not reminded while the letter %s', (_, over) => {
    for (const occasion of ['waiting', 'deadline'] as const)
      expect(dueSignUps(occasion, letter(over), NOW, TERMS)).toBeNull();
  });
});

test('the token that ends reminders is a token, and none that confirms', () => {
  const token = newToken();
  const ending = derivedToken(token, 'unsubscribe');
  expect(isToken(ending)).toBe(true);
  expect(ending).not.toBe(token);
  expect(derivedToken(ending, 'unsubscribe')).not.toBe(token);
  expect(derivedToken(token, 'unsubscribe')).toBe(ending);
});
