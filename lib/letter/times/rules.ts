/** When a letter opens and closes: times as coordinators type them, as moments, and which may follow which. */
import { Temporal } from 'temporal-polyfill';
import { inOrder, type ByLanguage } from '@/lib/platform/languages';
import { letterStatus } from '@/lib/letter/rules';
import { isDay } from '@/lib/platform/dates';

/** The times of a letter that its owners set. */
export interface Times {
  /** IANA zone in which they are said. */
  timeZone: string;
  opensAt: Date | null;
  firstTallyAt: Date | null;
  firstTallyLabel: ByLanguage;
  closesAt: Date | null;
  closesLabel: ByLanguage;
  afterClosing: 'refused' | 'added';
}

/** The members of {@link Times} that are moments. */
export const MOMENTS = ['opensAt', 'firstTallyAt', 'closesAt'] as const;

export type Moment = (typeof MOMENTS)[number];

/** A time on a wall calendar and clock: `2025-04-23` and `23:59`. Both are empty for none, `time` alone for a whole day. */
export interface WallTime {
  date: string;
  time: string;
}

/** Whether a day without a time means its first moment (opening) or its end (a deadline). */
export type Edge = 'start' | 'end';

/** The last minute of a day counts whole: "until 23:59" is the end of the day. */
const LAST_MINUTE = '23:59';

/** Whether `name` is a time zone by its IANA name; offsets such as `+09:00` know no daylight saving time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function timeIn(text: string): Temporal.PlainTime | null {
  try {
    return /^\d{2}:\d{2}$/.test(text)
      ? Temporal.PlainTime.from(text, { overflow: 'reject' })
      : null;
  } catch {
    return null;
  }
}

/** What a typed time comes to; `instead` is what clocks show at that moment where they never show what was typed. */
export type Meant =
  | { ok: true; at: Date }
  | { ok: false; reason: 'malformed' }
  | { ok: false; reason: 'skipped'; instead: WallTime };

/**
 * The moment at which clocks in `timeZone` show `wall`. Of a time that they show twice, as when they are put back, it is
 * the first; one that they never show, as when they are put forward, is not taken (`skipped`).
 * @param edge what a day without a time means; at the end of a day, 23:59 means that end, too
 */
export function toInstant(wall: WallTime, timeZone: string, edge: Edge): Meant {
  const day = isDay(wall.date) ? Temporal.PlainDate.from(wall.date) : null;
  const whole = wall.time === '' || (edge === 'end' && wall.time === LAST_MINUTE);
  const time = whole ? undefined : timeIn(wall.time);
  if (!day || time === null) return { ok: false, reason: 'malformed' };
  const zoned = time
    ? day.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    : (edge === 'end' ? day.add({ days: 1 }) : day).toZonedDateTime(timeZone);
  const at = new Date(zoned.epochMilliseconds);
  // A whole day can be skipped, too: Samoa had no 30 December 2011.
  const isShown = time
    ? zoned.toPlainDateTime().equals(day.toPlainDateTime(time))
    : day.toZonedDateTime(timeZone).toPlainDate().equals(day);
  return isShown
    ? { ok: true, at }
    : { ok: false, reason: 'skipped', instead: toLocal(at, timeZone, edge) };
}

/**
 * What clocks in `timeZone` show at a moment, to the minute.
 * @param edge `end`: the first moment of a day is said as 23:59 of the day before, as people say it of a deadline
 */
export function toLocal(at: Date, timeZone: string, edge: Edge): WallTime {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  if (edge === 'end' && zoned.equals(zoned.startOfDay()))
    return { date: zoned.subtract({ minutes: 1 }).toPlainDate().toString(), time: LAST_MINUTE };
  return {
    date: zoned.toPlainDate().toString(),
    time: zoned.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** Which edge of a day each of a letter's times means. */
export const EDGES: Record<Moment, Edge> = {
  opensAt: 'start',
  firstTallyAt: 'end',
  closesAt: 'end',
};

/**
 * The moment that a field of a form says. One that says what it was filled with keeps its moment to the millisecond, and
 * the second of two equal hours.
 * @param before what the field was filled with, and the zone it was said in
 */
export function typedMoment(
  wall: WallTime,
  timeZone: string,
  moment: Moment,
  before: { at: Date | null; timeZone: string },
): Meant {
  if (before.at && before.timeZone === timeZone) {
    const shown = toLocal(before.at, timeZone, EDGES[moment]);
    if (shown.date === wall.date && shown.time === wall.time) return { ok: true, at: before.at };
  }
  return toInstant(wall, timeZone, EDGES[moment]);
}

export type TimesProblem = 'opened' | 'past' | 'beforeOpening' | 'beforeFirstTally';

const sameMoment = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();

/** Whether a letter has opened; from then on its opening time is part of what the public has seen. */
export function hasOpened({ opensAt }: Pick<Times, 'opensAt'>, now: Date): boolean {
  return opensAt !== null && opensAt <= now;
}

/**
 * What stands against putting `wanted` in the place of `before`, by member. A letter opens before its first tally, and
 * that comes before the final deadline. Once it has opened, its opening time stays; before, it opens now or later.
 */
export function timesProblems(
  wanted: Times,
  before: Times,
  now: Date,
): Partial<Record<Moment, TimesProblem>> {
  const { opensAt, firstTallyAt, closesAt } = wanted;
  const problems: Partial<Record<Moment, TimesProblem>> = {};
  if (!sameMoment(opensAt, before.opensAt)) {
    if (hasOpened(before, now)) problems.opensAt = 'opened';
    else if (opensAt && opensAt < now) problems.opensAt = 'past';
  }
  if (opensAt && firstTallyAt && firstTallyAt <= opensAt) problems.firstTallyAt = 'beforeOpening';
  if (opensAt && closesAt && closesAt <= opensAt) problems.closesAt = 'beforeOpening';
  else if (firstTallyAt && closesAt && closesAt <= firstTallyAt)
    problems.closesAt = 'beforeFirstTally';
  return problems;
}

/** The same members in the same order, for comparing as JSON. */
const sorted = (labels: ByLanguage): Record<string, string> =>
  Object.fromEntries(inOrder(Object.keys(labels)).map((language) => [language, labels[language]!]));

/** A letter's times as plain data, the same for the same times: what a form carries of what it was filled with, and the audit keeps. */
export function plainTimes(times: Times) {
  const iso = (at: Date | null) => at && at.toISOString();
  return {
    timeZone: times.timeZone,
    opensAt: iso(times.opensAt),
    firstTallyAt: iso(times.firstTallyAt),
    firstTallyLabel: sorted(times.firstTallyLabel),
    closesAt: iso(times.closesAt),
    closesLabel: sorted(times.closesLabel),
    afterClosing: times.afterClosing,
  };
}

/** Whether two letters' times are the same. */
export function sameTimes(a: Times, b: Times): boolean {
  return JSON.stringify(plainTimes(a)) === JSON.stringify(plainTimes(b));
}

/** Whether putting `wanted` in the place of `before` makes a letter open now, or plans its opening anew. */
export function setsOpening(wanted: Times, before: Times): boolean {
  return wanted.opensAt !== null && !sameMoment(wanted.opensAt, before.opensAt);
}

/** What became of a letter by setting its times, for those who set them. */
export type Became = 'opened' | 'planned' | 'unplanned' | 'closed' | 'reopened' | 'saved';

/** What putting the times `after` in the place of `before` has done to a letter that is not in the archive. */
export function becomes(before: Times, after: Times, now: Date): Became {
  const [was, is] = [before, after].map(({ opensAt, closesAt }) =>
    letterStatus({ opensAt, closesAt, archivedAt: null }, now),
  );
  if (was !== is) return was === 'draft' ? 'opened' : is === 'closed' ? 'closed' : 'reopened';
  if (sameMoment(before.opensAt, after.opensAt)) return 'saved';
  return after.opensAt ? 'planned' : 'unplanned';
}
