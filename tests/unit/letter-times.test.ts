import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastMinute } from '@/lib/platform/dates';
import { headingIn } from '@/lib/letter/list-settings';
import {
  becomes,
  isTimeZone,
  plainTimes,
  sameTimes,
  timesProblems,
  toInstant,
  toLocal,
  typedMoment,
  type Round,
  type Times,
} from '@/lib/letter/times/rules';
import { seenTimesSchema, typedTimes } from '@/lib/letter/times/schema';

const NEW_YORK = 'America/New_York';
const TOKYO = 'Asia/Tokyo';
const at = (iso: string) => new Date(iso);
const wall = (date: string, time = '') => ({ date, time });

describe('a local time in the times form', () => {
  it('is converted in the letter’s time zone', () => {
    expect(toInstant(wall('2025-04-23', '18:00'), TOKYO, 'end')).toEqual({
      ok: true,
      at: at('2025-04-23T18:00:00+09:00'),
    });
    expect(toInstant(wall('2025-04-23', '18:00'), NEW_YORK, 'end')).toEqual({
      ok: true,
      at: at('2025-04-23T18:00:00-04:00'),
    });
  });

  it('without a time of day means the whole day: its end for a deadline, its start for an opening', () => {
    expect(toInstant(wall('2025-04-23'), TOKYO, 'end')).toEqual({
      ok: true,
      at: at('2025-04-24T00:00:00+09:00'),
    });
    expect(toInstant(wall('2025-04-23'), TOKYO, 'start')).toEqual({
      ok: true,
      at: at('2025-04-23T00:00:00+09:00'),
    });
  });

  it('of 23:59 includes that minute for a deadline', () => {
    expect(toInstant(wall('2025-04-23', '23:59'), TOKYO, 'end')).toEqual({
      ok: true,
      at: at('2025-04-24T00:00:00+09:00'),
    });
    expect(toInstant(wall('2025-04-23', '23:59'), TOKYO, 'start')).toEqual({
      ok: true,
      at: at('2025-04-23T23:59:00+09:00'),
    });
    expect(toLocal(at('2025-04-24T00:00:00+09:00'), TOKYO, 'end')).toEqual(
      wall('2025-04-23', '23:59'),
    );
  });

  it('outside the range of years is refused', () => {
    for (const date of ['0000-01-01', '0001-01-01', '1899-12-31', '3000-01-01', '9999-12-31']) {
      expect(toInstant(wall(date), NEW_YORK, 'end'), date).toEqual({
        ok: false,
        reason: 'malformed',
      });
    }
    expect(toInstant(wall('2999-12-31'), NEW_YORK, 'end')).toMatchObject({ ok: true });
  });

  it('skipped by daylight saving time is refused, with the time that clocks show instead', () => {
    expect(toInstant(wall('2025-03-09', '02:30'), NEW_YORK, 'end')).toEqual({
      ok: false,
      reason: 'skipped',
      instead: wall('2025-03-09', '03:30'),
    });
    expect(toInstant(wall('2025-03-09', '03:00'), NEW_YORK, 'end')).toMatchObject({ ok: true });
  });

  it('repeated by daylight saving time is the first of the two, unless the field is unchanged', () => {
    const first = at('2025-11-02T01:30:00-04:00');
    const second = at('2025-11-02T01:30:00-05:00');
    const typed = wall('2025-11-02', '01:30');
    expect(toInstant(typed, NEW_YORK, 'end')).toEqual({ ok: true, at: first });
    expect(toLocal(second, NEW_YORK, 'end')).toEqual(typed);
    expect(typedMoment(typed, NEW_YORK, 'closesAt', { at: second, timeZone: NEW_YORK })).toEqual({
      ok: true,
      at: second,
    });
    expect(typedMoment(typed, TOKYO, 'closesAt', { at: second, timeZone: NEW_YORK })).toEqual({
      ok: true,
      at: at('2025-11-02T01:30:00+09:00'),
    });
  });

  it('on a skipped date is refused: Samoa went from 29 to 31 December 2011', () => {
    expect(toInstant(wall('2011-12-29'), 'Pacific/Apia', 'end')).toEqual({
      ok: true,
      at: at('2011-12-30T10:00:00Z'),
    });
    expect(toInstant(wall('2011-12-30'), 'Pacific/Apia', 'end')).toMatchObject({
      ok: false,
      reason: 'skipped',
    });
    expect(toInstant(wall('2011-12-30', '12:00'), 'Pacific/Apia', 'start')).toMatchObject({
      ok: false,
      instead: wall('2011-12-31', '12:00'),
    });
  });

  it('at the end of a day is correct if the next day begins at 01:00', () => {
    // Lebanon puts its clocks forward at midnight.
    const end = toInstant(wall('2025-03-29'), 'Asia/Beirut', 'end');
    expect(end).toEqual({ ok: true, at: at('2025-03-29T22:00:00Z') });
    expect(toLocal(at('2025-03-29T22:00:00Z'), 'Asia/Beirut', 'end')).toEqual(
      wall('2025-03-29', '23:59'),
    );
    expect(lastMinute(at('2025-03-29T22:00:00Z'), 'Asia/Beirut')).toEqual(
      at('2025-03-29T21:59:00Z'),
    );
  });

  it('that is malformed is refused', () => {
    for (const text of [
      '2025-02-30',
      '2025-13-01',
      'tomorrow',
      '',
      '20250423',
      '+002025-04-23',
      '-000000-01-01',
    ]) {
      expect(toInstant(wall(text), TOKYO, 'end')).toEqual({ ok: false, reason: 'malformed' });
    }
    for (const text of ['24:00', '1:00', '12:60', 'noon', '12:00:00']) {
      expect(toInstant(wall('2025-04-23', text), TOKYO, 'end')).toEqual({
        ok: false,
        reason: 'malformed',
      });
    }
  });

  it('is formatted as it was typed, unless skipped', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');
    const minutes = fc.integer({
      min: Date.UTC(2000, 0) / 60_000,
      max: Date.UTC(2040, 0) / 60_000,
    });
    fc.assert(
      fc.property(
        zones,
        minutes,
        fc.constantFrom('start' as const, 'end' as const),
        (zone, minute, edge) => {
          const shown = toLocal(new Date(minute * 60_000), zone, edge);
          const again = toInstant(shown, zone, edge);
          expect(again.ok && toLocal(again.at, zone, edge)).toEqual(shown);
          // Of two equal hours the first is chosen; otherwise only 23:59 differs, as the end of the
          // day.
          const lost = again.ok ? minute - again.at.getTime() / 60_000 : NaN;
          expect(
            lost === 0 || (edge === 'end' && lost === -1) || (lost > 0 && lost <= 24 * 60),
          ).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a time zone', () => {
  it('has an IANA name', () => {
    for (const zone of ['Asia/Tokyo', 'UTC', 'Pacific/Apia', 'America/Argentina/Buenos_Aires'])
      expect(isTimeZone(zone), zone).toBe(true);
    for (const zone of ['', '+09:00', 'Asia/Edo', 'JST9', '../etc', 'Asia/Tokyo\0'])
      expect(isTimeZone(zone), zone).toBe(false);
  });
});

describe('the last minute before a deadline', () => {
  it('is 23:59 of the day before for a deadline at midnight', () => {
    expect(lastMinute(at('2025-04-24T00:00:00+09:00'), TOKYO)).toEqual(
      at('2025-04-23T23:59:00+09:00'),
    );
    expect(lastMinute(at('2025-04-24T00:00:00+09:00'), NEW_YORK)).toEqual(
      at('2025-04-24T00:00:00+09:00'),
    );
  });
});

const now = at('2025-04-10T12:00:00+09:00');
const times = (over: Partial<Times> = {}): Times => ({
  timeZone: TOKYO,
  opensAt: null,
  rounds: [],
  internalDeadlineAt: null,
  closesAt: null,
  closesLabel: {},
  afterClosing: 'refused',
  ...over,
});
const opened = at('2025-04-01T00:00:00+09:00');
const soon = at('2025-04-11T00:00:00+09:00');
const later = at('2025-04-12T00:00:00+09:00');
const last = at('2025-04-13T00:00:00+09:00');

describe('an owner', () => {
  const round = (at: Date): Round => ({ at, label: {} });

  it('sets the opening before the rounds, and those before the final deadline', () => {
    expect(
      timesProblems(
        times({ opensAt: now, rounds: [round(soon), round(later)], closesAt: last }),
        times(),
        now,
      ),
    ).toEqual({});
    expect(timesProblems(times({ opensAt: soon, rounds: [round(soon)] }), times(), now)).toEqual({
      round1: 'beforeOpening',
    });
    expect(timesProblems(times({ opensAt: later, closesAt: soon }), times(), now)).toEqual({
      closesAt: 'beforeOpening',
    });
    expect(
      timesProblems(times({ rounds: [round(soon), round(later)], closesAt: later }), times(), now),
    ).toEqual({ closesAt: 'beforeRound' });
    expect(timesProblems(times({ rounds: [round(soon), round(soon)] }), times(), now)).toEqual({
      round2: 'sameRound',
    });
  });

  it('sets an internal deadline before the final one', () => {
    expect(
      timesProblems(times({ internalDeadlineAt: soon, closesAt: later }), times(), now),
    ).toEqual({});
    expect(timesProblems(times({ internalDeadlineAt: soon }), times(), now)).toEqual({});
    expect(
      timesProblems(times({ internalDeadlineAt: later, closesAt: later }), times(), now),
    ).toEqual({ internalDeadlineAt: 'notInternal' });
  });

  it('cannot set an opening in the past, or change it after the opening', () => {
    expect(timesProblems(times({ opensAt: opened }), times(), now)).toEqual({ opensAt: 'past' });
    for (const opensAt of [null, soon, at('2025-04-02T00:00:00+09:00')]) {
      expect(timesProblems(times({ opensAt }), times({ opensAt: opened }), now)).toEqual({
        opensAt: 'opened',
      });
    }
  });

  it('can cancel an opening that is in the future', () => {
    expect(timesProblems(times(), times({ opensAt: soon }), now)).toEqual({});
    expect(timesProblems(times({ opensAt: later }), times({ opensAt: soon }), now)).toEqual({});
  });

  it('closes immediately by a deadline in the past, and reopens by a later one or none', () => {
    const closed = times({ opensAt: opened, closesAt: at('2025-04-09T00:00:00+09:00') });
    expect(timesProblems(closed, times({ opensAt: opened, closesAt: later }), now)).toEqual({});
    expect(timesProblems(times({ opensAt: opened, closesAt: later }), closed, now)).toEqual({});
    expect(timesProblems(times({ opensAt: opened }), closed, now)).toEqual({});
  });
});

describe('the effect of saving times', () => {
  const closed = at('2025-04-09T00:00:00+09:00');
  it.each([
    ['opened', times(), times({ opensAt: now })],
    ['planned', times(), times({ opensAt: soon })],
    ['planned', times({ opensAt: soon }), times({ opensAt: later })],
    ['unplanned', times({ opensAt: soon }), times()],
    ['closed', times({ opensAt: opened }), times({ opensAt: opened, closesAt: closed })],
    ['reopened', times({ opensAt: opened, closesAt: closed }), times({ opensAt: opened })],
    [
      'saved',
      times({ opensAt: opened, closesAt: soon }),
      times({ opensAt: opened, closesAt: later }),
    ],
    ['saved', times({ opensAt: soon }), times({ opensAt: soon, closesAt: later })],
  ] as const)('is reported as: %s', (said, before, after) => {
    expect(becomes(before, after, now)).toBe(said);
  });
});

describe('the times form', () => {
  const form = (over: Record<string, string> = {}) => ({
    timeZone: TOKYO,
    opening: 'none',
    afterClosing: 'refused',
    ...over,
  });

  it('parses times in its selected time zone', () => {
    const typed = typedTimes(
      form({
        opening: 'at',
        opensOn: '2025-05-01',
        closesOn: '2025-05-31',
        closesTime: '',
        closesLabelJa: ' 最終 締切 ',
        round1On: '2025-05-15',
        round1Time: '17:00',
        round3On: '2025-05-10',
        round3LabelJa: '緊急集約',
        internalOn: '2025-05-30',
        afterClosing: 'added',
      }),
      times(),
      now,
    );
    expect(typed).toEqual({
      ok: true,
      times: times({
        opensAt: at('2025-05-01T00:00:00+09:00'),
        rounds: [
          { at: at('2025-05-15T17:00:00+09:00'), label: {} },
          { at: at('2025-05-11T00:00:00+09:00'), label: { ja: '緊急集約' } },
        ],
        internalDeadlineAt: at('2025-05-31T00:00:00+09:00'),
        closesAt: at('2025-06-01T00:00:00+09:00'),
        closesLabel: { ja: '最終 締切' },
        afterClosing: 'added',
      }),
      // The second row was left empty.
      rows: [1, 3],
    });
  });

  it('keeps a round’s exact time and its labels in languages that the form does not offer', () => {
    const before = times({
      rounds: [{ at: at('2025-05-10T17:00:30.500+09:00'), label: { fr: 'Premier décompte' } }],
    });
    const row = { round1On: '2025-05-10', round1Time: '17:00', round1LabelEn: 'First' };
    expect(typedTimes(form(row), before, now)).toMatchObject({
      times: {
        rounds: [
          {
            at: at('2025-05-10T17:00:30.500+09:00'),
            label: { fr: 'Premier décompte', en: 'First' },
          },
        ],
      },
    });
    expect(typedTimes(form(), before, now)).toMatchObject({ times: { rounds: [] } });
  });

  it('opens now, or keeps the opening time if the form has no choice', () => {
    expect(typedTimes(form({ opening: 'now' }), times(), now)).toMatchObject({
      times: { opensAt: now },
    });
    const { opening: _, ...without } = form();
    expect(typedTimes(without, times({ opensAt: opened }), now)).toMatchObject({
      times: { opensAt: opened },
    });
  });

  it('reports errors by field', () => {
    const errors = (over: Record<string, string>) => {
      const typed = typedTimes(form(over), times(), now);
      return typed.ok ? null : typed.errors;
    };
    expect(errors({ opening: 'at' })).toEqual({ opensOn: ['required'] });
    expect(
      errors({
        closesLabelEn: 'Log in at evil.com',
        round2LabelJa: 'www.evil.example',
        round2On: '2025-05-01',
      }),
    ).toEqual({ closesLabelEn: ['webAddress'], round2LabelJa: ['webAddress'] });
    expect(errors({ opening: 'none', opensOn: '2025-05-01' })).toEqual({ opening: ['notChosen'] });
    expect(errors({ closesTime: '18:00' })).toEqual({ closesOn: ['dateMissing'] });
    expect(errors({ closesOn: '2025-02-30', round1On: 'x' })).toEqual({
      closesOn: ['malformed'],
      round1On: ['malformed'],
    });
    expect(errors({ round4LabelEn: 'Last but one' })).toEqual({ round4On: ['dateMissing'] });
    expect(errors({ timeZone: 'Asia/Edo' })).toEqual({ timeZone: ['timeZone'] });
    expect(errors({ closesLabelEn: 'x'.repeat(61) })).toEqual({ closesLabelEn: ['tooLong'] });
    expect(
      typedTimes(
        form({ timeZone: NEW_YORK, closesOn: '2026-03-08', closesTime: '02:15' }),
        times(),
        now,
      ),
    ).toEqual({
      ok: false,
      errors: { closesOn: ['skipped'] },
      instead: { closesAt: wall('2026-03-08', '03:15') },
    });
  });

  it('contains the times that it was rendered with', () => {
    const filled = times({
      opensAt: at('2025-04-01T03:04:05.678Z'),
      rounds: [{ at: at('2025-04-02T03:04:05.678Z'), label: { ja: '一次集約' } }],
      closesLabel: { ja: '締切' },
    });
    const carried = seenTimesSchema.parse(JSON.stringify(plainTimes(filled)));
    expect(sameTimes(carried, filled)).toBe(true);
    for (const broken of ['', '{', 'null', '{"timeZone":1}'])
      expect(seenTimesSchema.safeParse(broken).success).toBe(false);
  });
});

describe('a custom heading', () => {
  it('contains the number, and falls back to the default in languages without one', () => {
    const heading = { ja: '賛同{count}団体（計{count}）' };
    expect(headingIn(heading, 'ja', 1_025)).toBe('賛同1,025団体（計1,025）');
    expect(headingIn(heading, 'en', 25)).toBeNull();
  });
});
