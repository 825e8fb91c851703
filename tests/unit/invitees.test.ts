import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dueInvitees,
  mayInviteAgain,
  statesOf,
  type InviteeRow,
  type InvitingLetter,
} from '@/lib/endorsement/invitees/rules';
import { inviteeRemindersSchema, inviteeRow } from '@/lib/endorsement/invitees/schema';
import { INVITEES } from '@/lib/platform/limits';

const DAY = 24 * 3_600_000;
const NOW = new Date('2026-06-15T12:00:00Z');
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);

const letter = (over: Partial<InvitingLetter> = {}): InvitingLetter => ({
  opensAt: inDays(-20),
  closesAt: null,
  archivedAt: null,
  pausedAt: null,
  afterClosing: 'added',
  inviteeReminderDays: 7,
  inviteeReminderDeadline: true,
  ...over,
});

/** The days after which an invitee of `NOW` is reminded. */
function remindersOf(of: InvitingLetter): number[] {
  const reminded: number[] = [];
  const done = new Set<string>();
  let mailed = NOW;
  for (let hour = 0; hour < 60 * 24; hour += 1) {
    const now = inDays(hour / 24);
    for (const occasion of ['waiting', 'deadline'] as const) {
      const before = dueInvitees(occasion, of, now, INVITEES);
      if (!before || mailed >= before || done.has(occasion)) continue;
      done.add(occasion);
      mailed = now;
      reminded.push(Math.floor(hour / 24));
    }
  }
  return reminded;
}

describe('an invitee that does not answer', () => {
  test.each([
    ['after seven days where there is no deadline', letter(), [7]],
    ['and before the deadline', letter({ closesAt: inDays(30) }), [7, 27]],
    ['once if both come close', letter({ closesAt: inDays(11) }), [8]],
    ['not soon after the invitation', letter({ closesAt: inDays(1) }), []],
    ['as the owner set', letter({ inviteeReminderDays: null, closesAt: inDays(30) }), [27]],
    ['as the owner set', letter({ inviteeReminderDeadline: false, closesAt: inDays(30) }), [7]],
    ['not of a paused letter', letter({ pausedAt: NOW }), []],
    ['not of an archived letter', letter({ archivedAt: inDays(-1) }), []],
  ])('is reminded %s', (_what, of, days) => {
    expect(remindersOf(of)).toEqual(days);
  });

  test('never gets more than two reminders, or two mails within two days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(3, 7, 14), (closes, days) => {
        const found = remindersOf(letter({ closesAt: inDays(closes), inviteeReminderDays: days }));
        expect(found.length).toBeLessThanOrEqual(2);
        for (const [n, day] of found.entries())
          expect(day - (found[n - 1] ?? 0)).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });
});

test('only who has not answered is invited again, after a week and three times at most', () => {
  const may = (
    state: 'sent' | 'opened' | 'withdrawn' | 'declined' | 'ended' | 'signed' | 'undelivered',
    days: number,
    invitations = 1,
    sentAt: Date | null = inDays(-days),
  ) => mayInviteAgain({ state, invitations, mailedAt: inDays(-days), sentAt }, NOW, INVITEES);
  expect([may('sent', 6), may('sent', 7), may('opened', 8), may('sent', 8, 3)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([may('withdrawn', 6), may('withdrawn', 7), may('withdrawn', 0, 1, null)]).toEqual([
    false,
    true,
    true,
  ]);
  for (const state of ['declined', 'ended', 'signed', 'undelivered'] as const)
    expect(may(state, 100)).toBe(false);
});

describe('a row of a list', () => {
  const row = (values: Record<string, string>) => inviteeRow({ number: 2, values }, 'en');

  test('is read with its address, country and language as people write them', () => {
    expect(
      row({
        name: '  平和の会 ',
        representativeEmail: 'Info <Info@Example.ORG>',
        country: '日本',
        language: '日本語',
        evidence: 'not used',
      }),
    ).toEqual({
      number: 2,
      email: 'Info@example.org',
      key: 'info@example.org',
      language: 'ja',
      fields: { name: '平和の会', country: 'JP' },
    });
    expect(row({ name: 'A', representativeEmail: 'nobody', language: 'Klingon' })).toMatchObject({
      email: 'nobody',
      key: null,
      language: 'en',
    });
  });

  test('with an address that a faulty row has is invited all the same', () => {
    const rows: InviteeRow[] = [
      row({ representativeEmail: 'a@example.org' }),
      row({ name: 'A', representativeEmail: 'a@example.org' }),
      row({ name: 'A', representativeEmail: 'A@example.org' }),
    ];
    const none = new Set<string>();
    const known = {
      signedKeys: none,
      signedNames: none,
      invitedKeys: none,
      unreachableKeys: none,
    };
    expect(statesOf(rows, known, () => '')).toEqual(['noName', 'new', 'repeated']);
  });
});

test('reminders are set by what the form offers', () => {
  expect(inviteeRemindersSchema.parse({ days: '0' })).toEqual({ days: null, deadline: false });
  expect(inviteeRemindersSchema.parse({ days: '7', deadline: 'on' })).toEqual({
    days: 7,
    deadline: true,
  });
  expect(inviteeRemindersSchema.safeParse({ days: '1' }).success).toBe(false);
});
