import { Temporal } from 'temporal-polyfill';

/** Most periods of a chart; one more would be too thin on a phone. */
const MOST_PERIODS = 31;

/** The lengths that a period can have, shortest first. */
const UNITS = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const satisfies Record<string, Temporal.DurationLike>;

export type Unit = keyof typeof UNITS;

/** Consecutive periods of the same unit. */
export interface Periods {
  unit: Unit;
  /** When each begins. */
  starts: Date[];
  /** When the last one ends. */
  end: Date;
}

const LONGEST: Unit = 'year';

/** The first day of the week (Monday, ISO 8601), month, quarter or year that a day is in. */
function beginning(day: Temporal.PlainDate, unit: Unit): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return day;
    case 'week':
      return day.subtract({ days: day.dayOfWeek - 1 });
    case 'month':
      return day.with({ day: 1 });
    case 'quarter':
      return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
    case 'year':
      return day.with({ month: 1, day: 1 });
  }
}

const dayOf = (at: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

const startOf = (day: Temporal.PlainDate, timeZone: string) =>
  new Date(day.toZonedDateTime(timeZone).epochMilliseconds);

/**
 * The periods from one instant to another, of the shortest unit of which {@link MOST_PERIODS}
 * suffice. They begin when days begin in `timeZone`, so one can be an hour longer or shorter.
 */
export function periodsBetween(from: Date, to: Date, timeZone: string): Periods {
  const last = dayOf(to, timeZone);
  for (const unit of Object.keys(UNITS) as Unit[]) {
    const starts: Date[] = [];
    let day = beginning(dayOf(from, timeZone), unit);
    while (
      Temporal.PlainDate.compare(day, last) <= 0 &&
      (unit === LONGEST || starts.length <= MOST_PERIODS)
    ) {
      starts.push(startOf(day, timeZone));
      day = day.add(UNITS[unit]);
    }
    if (unit === LONGEST || starts.length <= MOST_PERIODS)
      return { unit, starts, end: startOf(day, timeZone) };
  }
  throw new Error('years always suffice');
}

/** How many organizations signed, how many of them confirmed, and how many of those are approved. */
export interface Progress {
  signed: number;
  confirmed: number;
  approved: number;
}

export const NO_PROGRESS: Progress = { signed: 0, confirmed: 0, approved: 0 };

/** The sum of several. */
export const total = (parts: readonly Progress[]): Progress =>
  parts.reduce(
    (sum, part) => ({
      signed: sum.signed + part.signed,
      confirmed: sum.confirmed + part.confirmed,
      approved: sum.approved + part.approved,
    }),
    NO_PROGRESS,
  );
