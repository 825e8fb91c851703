import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESSURE, RATE_LIMITS } from '@/lib/platform/limits';
import {
  isFarAboveUsual,
  isTimeToLook,
  isUnderPressure,
  mostBefore,
  slowMailTime,
} from '@/lib/endorsement/pressure/rules';

const NOW = new Date('2026-12-01T12:00:00Z');
const MINUTE = 60_000;
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE);

describe('whether a letter is under pressure', () => {
  it('an owner’s word counts, and otherwise what was found last', () => {
    const found = inMinutes(1);
    expect(isUnderPressure({ pressure: 'off', pressureUntil: found }, NOW)).toBe(false);
    expect(isUnderPressure({ pressure: 'on', pressureUntil: null }, NOW)).toBe(true);
    expect(isUnderPressure({ pressure: 'automatic', pressureUntil: null }, NOW)).toBe(false);
    expect(isUnderPressure({ pressure: 'automatic', pressureUntil: found }, NOW)).toBe(true);
    expect(isUnderPressure({ pressure: 'automatic', pressureUntil: NOW }, NOW)).toBe(false);
  });
});

describe('whether sign-ups are far above what is usual', () => {
  const { least, factor } = PRESSURE;
  /** How often the recent minutes are in the usual hours. */
  const parts = (PRESSURE.usualHours * 60) / PRESSURE.minutes;

  it('a hundred in ten minutes are not, one more on a quiet letter is', () => {
    expect(isFarAboveUsual({ recent: least, before: 0 }, PRESSURE)).toBe(false);
    expect(isFarAboveUsual({ recent: least + 1, before: 0 }, PRESSURE)).toBe(true);
  });

  it('on a busy letter only more than eight times the usual are', () => {
    const usual = 50;
    const before = usual * parts;
    expect(isFarAboveUsual({ recent: factor * usual, before }, PRESSURE)).toBe(false);
    expect(isFarAboveUsual({ recent: factor * usual + 1, before }, PRESSURE)).toBe(true);
  });

  it('more sign-ups never end it, and a busier letter never begins it', () => {
    const count = fc.nat(100_000);
    fc.assert(
      fc.property(count, count, count, (recent, before, more) => {
        const found = isFarAboveUsual({ recent, before }, PRESSURE);
        if (found) expect(isFarAboveUsual({ recent: recent + more, before }, PRESSURE)).toBe(true);
        else expect(isFarAboveUsual({ recent, before: before + more }, PRESSURE)).toBe(false);
      }),
    );
  });

  it('counting no further than `mostBefore` answers the same', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(100_000), (recent, before) => {
        const counted = Math.min(before, mostBefore(recent, PRESSURE));
        expect(isFarAboveUsual({ recent, before: counted }, PRESSURE)).toBe(
          isFarAboveUsual({ recent, before }, PRESSURE),
        );
      }),
    );
  });
});

describe('when it is looked', () => {
  const automatic = { pressure: 'automatic', pressureUntil: null } as const;
  const looks = (points: number, over = {}) =>
    isTimeToLook({ ...automatic, ...over }, points, NOW, PRESSURE);

  it('never on a quiet letter, and now and then on a busy one', () => {
    const at = Array.from({ length: 1_000 }, (_, points) => points).filter((n) => looks(n));
    expect(at[0]).toBeGreaterThan(PRESSURE.least);
    expect(at.length).toBeGreaterThan(20);
    expect(at.length).toBeLessThan(100);
  });

  it('not again in the first half of the time, nor against an owner’s word', () => {
    const half = PRESSURE.lastsMinutes / 2;
    expect(looks(200)).toBe(true);
    expect(looks(200, { pressureUntil: inMinutes(half + 1) })).toBe(false);
    expect(looks(200, { pressureUntil: inMinutes(half) })).toBe(true);
    expect(looks(200, { pressure: 'off' })).toBe(false);
    expect(looks(200, { pressure: 'on' })).toBe(false);
  });
});

describe('mails of sign-ups without a solved challenge', () => {
  const lane = { ...RATE_LIMITS.slowLetter, leastMinutes: 5 };

  it('wait for the shortest time at least, and until the limit begins anew at most', () => {
    const inLane = fc.record({
      points: fc.integer({ min: 1, max: lane.points }),
      msLeft: fc.integer({ min: 1, max: lane.seconds * 1_000 }),
    });
    fc.assert(
      fc.property(inLane, (count) => {
        const at = slowMailTime(count, lane, NOW).getTime();
        expect(at).toBeGreaterThanOrEqual(inMinutes(5).getTime());
        expect(at).toBeLessThanOrEqual(
          Math.max(inMinutes(5).getTime(), NOW.getTime() + count.msLeft),
        );
      }),
    );
  });

  it('of a flood in one instant leave one after the other, at the pace of the limit', () => {
    const msLeft = lane.seconds * 1_000;
    const times = Array.from({ length: lane.points }, (_, n) =>
      slowMailTime({ points: n + 1, msLeft }, lane, NOW).getTime(),
    );
    const pace = msLeft / lane.points;
    const waiting = times.filter((at) => at > inMinutes(5).getTime());
    expect(waiting.length).toBeGreaterThan(lane.points * 0.9);
    for (const [n, at] of waiting.slice(1).entries())
      expect(at - waiting[n]!).toBeGreaterThanOrEqual(Math.floor(pace));
  });

  it('leave after the shortest time while limits are off', () => {
    expect(slowMailTime(undefined, lane, NOW)).toEqual(inMinutes(5));
  });
});
