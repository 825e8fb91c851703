import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MailOutcome } from '@/lib/platform/db/generated/enums';
import { afterReport, type Outcome } from '@/lib/platform/mail/outcome';

const report = fc.record({
  outcome: fc.constantFrom(...Object.values(MailOutcome)),
  at: fc.date({ noInvalidDate: true }),
});

const allOf = (reports: Outcome[]) =>
  reports.reduce<Outcome | null>((known, next) => afterReport(known, next), null);

/** Every order of a few reports. */
function* ordersOf<T>(items: T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of ordersOf(items.toSpliced(index, 1))) yield [item, ...rest];
}

describe('what is known of a mail', () => {
  test('is the same in every order of the reports', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 5 }), (reports) => {
        for (const order of ordersOf(reports)) expect(allOf(order)).toEqual(allOf(reports));
      }),
      { numRuns: 200 },
    );
  });

  test('is the same however often a report comes, and whenever', () => {
    fc.assert(
      fc.property(
        fc
          .array(report, { minLength: 1, maxLength: 8 })
          .chain((reports) =>
            fc.tuple(fc.constant(reports), fc.array(fc.constantFrom(...reports))),
          ),
        ([reports, again]) => {
          expect(allOf([...reports, ...again])).toEqual(allOf(reports));
          expect(allOf([...again, ...reports])).toEqual(allOf(reports));
        },
      ),
    );
  });

  test.each([
    ['delayed', 'delivered', 'delivered'],
    ['delivered', 'delayed', 'delivered'],
    ['bounced', 'delivered', 'bounced'],
    ['complained', 'delivered', 'complained'],
    ['delivered', 'complained', 'complained'],
    ['returned', 'bounced', 'bounced'],
  ] as const)('after %s, then %s, is %s', (first, second, known) => {
    const at = new Date();
    const later = new Date(at.getTime() + 1);
    expect(
      allOf([
        { outcome: first, at },
        { outcome: second, at: later },
      ])?.outcome,
    ).toBe(known);
  });
});
