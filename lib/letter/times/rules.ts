/** A letter's opening and closing times: parsing local times, and the rules between them. */
import { Temporal } from 'temporal-polyfill';
import { inOrder, type ByLanguage } from '@/lib/platform/languages';
import { letterStatus } from '@/lib/letter/rules';
import { isDay } from '@/lib/platform/dates';

/**
 * A deadline before the last one, after which those who have signed so far are delivered; signing
 * goes on.
 */
export interface Round {
  at: Date;
  label: ByLanguage;
}

/** The times of a letter that owners can set. */
export interface Times {
  /** IANA name of the time zone in which they are shown. */
  timeZone: string;
  opensAt: Date | null;
  /** Their numbers are their places, from 1. */
  rounds: Round[];
  /** A deadline that only coordinators see. */
  internalDeadlineAt: Date | null;
  closesAt: Date | null;
  closesLabel: ByLanguage;
  afterClosing: 'refused' | 'added';
}

/** A time of a letter: a member of {@link Times}, or a round by its number. */
export type Moment = 'opensAt' | 'internalDeadlineAt' | 'closesAt' | `round${number}`;

/**
 * A local date and time: `2025-04-23` and `23:59`. Both are empty for none; an empty `time` means
 * the whole day.
 */
export interface WallTime {
  date: string;
  time: string;
}

/** Whether a date without a time means the start of the day (opening) or its end (deadline). */
export type Edge = 'start' | 'end';

/** A deadline of 23:59 includes that minute: it is the end of the day. */
const LAST_MINUTE = '23:59';

/**
 * Whether `name` is an IANA time zone; offsets such as `+09:00` are excluded because they have no
 * daylight saving time.
 */
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

/** A parsed local time; for a skipped one, `instead` is what clocks show at that instant. */
export type Meant =
  | { ok: true; at: Date }
  | { ok: false; reason: 'malformed' }
  | { ok: false; reason: 'skipped'; instead: WallTime };

/**
 * Converts a local time in `timeZone` to an instant. A repeated time (when clocks are set back) is
 * the first of the two; a skipped one (when clocks are set forward) is refused as `skipped`.
 * @param edge meaning of a date without a time; with `end`, 23:59 also means the end of the day
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
  // Whole days can be skipped, too: Samoa had no 30 December 2011.
  const isShown = time
    ? zoned.toPlainDateTime().equals(day.toPlainDateTime(time))
    : day.toZonedDateTime(timeZone).toPlainDate().equals(day);
  return isShown
    ? { ok: true, at }
    : { ok: false, reason: 'skipped', instead: toLocal(at, timeZone, edge) };
}

/**
 * The local time of an instant in `timeZone`, in minutes.
 * @param edge `end`: midnight is formatted as 23:59 of the day before, as is common for deadlines
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

/** The edge of the day that one of a letter's times means. */
export const edgeOf = (moment: Moment): Edge => (moment === 'opensAt' ? 'start' : 'end');

/**
 * The instant in a form field. An unchanged field keeps its original instant, including
 * milliseconds and the second occurrence of a repeated hour.
 * @param before the field's original instant and time zone
 */
export function typedMoment(
  wall: WallTime,
  timeZone: string,
  moment: Moment,
  before: { at: Date | null; timeZone: string },
): Meant {
  if (before.at && before.timeZone === timeZone) {
    const shown = toLocal(before.at, timeZone, edgeOf(moment));
    if (shown.date === wall.date && shown.time === wall.time) return { ok: true, at: before.at };
  }
  return toInstant(wall, timeZone, edgeOf(moment));
}

export type TimesProblem =
  'opened' | 'past' | 'beforeOpening' | 'beforeRound' | 'sameRound' | 'notInternal';

const sameMoment = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();

/** Whether a letter has opened, after which its opening time cannot be changed. */
export function hasOpened({ opensAt }: Pick<Times, 'opensAt'>, now: Date): boolean {
  return opensAt !== null && opensAt <= now;
}

/** Rounds in the order of their deadlines, which numbers them. */
export const inTime = (rounds: Round[]): Round[] =>
  rounds.toSorted((a, b) => a.at.getTime() - b.at.getTime());

/**
 * The errors of replacing the times `before` by `wanted`, by member. A letter opens before its
 * rounds, each of which has a deadline of its own, and those come before the final deadline, as the
 * internal one does. After opening, the opening time is fixed; before, it is now or later.
 */
export function timesProblems(
  wanted: Times,
  before: Times,
  now: Date,
): Partial<Record<Moment, TimesProblem>> {
  const { opensAt, rounds, internalDeadlineAt, closesAt } = wanted;
  const problems: Partial<Record<Moment, TimesProblem>> = {};
  if (!sameMoment(opensAt, before.opensAt)) {
    if (hasOpened(before, now)) problems.opensAt = 'opened';
    else if (opensAt && opensAt < now) problems.opensAt = 'past';
  }
  for (const [index, { at }] of rounds.entries()) {
    if (opensAt && at <= opensAt) problems[`round${index + 1}`] = 'beforeOpening';
    else if (rounds.slice(0, index).some((other) => sameMoment(other.at, at)))
      problems[`round${index + 1}`] = 'sameRound';
  }
  if (opensAt && closesAt && closesAt <= opensAt) problems.closesAt = 'beforeOpening';
  else if (closesAt && rounds.some(({ at }) => closesAt <= at)) problems.closesAt = 'beforeRound';
  if (internalDeadlineAt && closesAt && internalDeadlineAt >= closesAt)
    problems.internalDeadlineAt = 'notInternal';
  return problems;
}

/** The same members in a fixed order, to compare them as JSON. */
const sorted = (labels: ByLanguage): Record<string, string> =>
  Object.fromEntries(inOrder(Object.keys(labels)).map((language) => [language, labels[language]!]));

/**
 * A letter's times as plain data, equal for equal times; sent with the form and stored in the
 * audit.
 */
export function plainTimes(times: Times) {
  const iso = (at: Date | null) => at && at.toISOString();
  return {
    timeZone: times.timeZone,
    opensAt: iso(times.opensAt),
    rounds: times.rounds.map(({ at, label }) => ({ at: at.toISOString(), label: sorted(label) })),
    internalDeadlineAt: iso(times.internalDeadlineAt),
    closesAt: iso(times.closesAt),
    closesLabel: sorted(times.closesLabel),
    afterClosing: times.afterClosing,
  };
}

/** Whether two letters' times are equal. */
export function sameTimes(a: Times, b: Times): boolean {
  return JSON.stringify(plainTimes(a)) === JSON.stringify(plainTimes(b));
}

/** Whether replacing `before` by `wanted` opens a letter now, or schedules its opening anew. */
export function setsOpening(wanted: Times, before: Times): boolean {
  return wanted.opensAt !== null && !sameMoment(wanted.opensAt, before.opensAt);
}

/** The effect of setting a letter's times, for a notice. */
export type Became = 'opened' | 'planned' | 'unplanned' | 'closed' | 'reopened' | 'saved';

/** The effect of replacing the times `before` by `after`, for a letter that is not archived. */
export function becomes(before: Times, after: Times, now: Date): Became {
  const [was, is] = [before, after].map(({ opensAt, closesAt }) =>
    letterStatus({ opensAt, closesAt, archivedAt: null }, now),
  );
  if (was !== is) return was === 'draft' ? 'opened' : is === 'closed' ? 'closed' : 'reopened';
  if (sameMoment(before.opensAt, after.opensAt)) return 'saved';
  return after.opensAt ? 'planned' : 'unplanned';
}
