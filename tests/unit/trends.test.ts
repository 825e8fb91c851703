import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isUnusual, ORIGIN, originKey } from '@/lib/endorsement/review/trends/rules';
import { TRENDS } from '@/lib/platform/limits';

const unusual = (
  kind: 'network' | 'domain',
  count: number,
  { before = 0, recent = 100, all = 0, isLarge = false } = {},
) => isUnusual({ kind, count, before }, { recent, before: all }, isLarge, TRENDS);

it('five sign-ups from one network are unusual, four are not', () => {
  expect([4, 5].map((count) => unusual('network', count))).toEqual([false, true]);
});

it('a mail domain is unusual from five on, or beyond three times its usual share', () => {
  expect([4, 5].map((count) => unusual('domain', count))).toEqual([false, true]);
  // One in twenty before: of a hundred, up to fifteen are no more than three times as many.
  const usual = { before: 50, all: 1_000 };
  expect([15, 16].map((count) => unusual('domain', count, usual))).toEqual([false, true]);
});

it('a large provider has many without being unusual, even on a new letter', () => {
  expect(unusual('domain', 60, { isLarge: true })).toBe(false);
  expect(unusual('domain', 60)).toBe(true);
  expect(unusual('domain', 91, { isLarge: true })).toBe(true);
});

it('the more come from a place, the more unusual it is', () => {
  const domain = fc.record({
    before: fc.nat(1_000),
    all: fc.integer({ min: 1_000, max: 5_000 }),
    recent: fc.integer({ min: 1, max: 1_000 }),
    isLarge: fc.boolean(),
  });
  fc.assert(
    fc.property(domain, fc.nat(1_000), fc.nat(1_000), (of, count, more) => {
      if (unusual('domain', count, of)) expect(unusual('domain', count + more, of)).toBe(true);
    }),
  );
});

it('a place is written as a filter that is read as one', () => {
  const key = '0123456789abcdef';
  for (const kind of ['network', 'domain'] as const)
    expect(originKey({ kind, key })).toMatch(ORIGIN);
  expect(originKey({ kind: 'network', key })).not.toBe(originKey({ kind: 'domain', key }));
});
