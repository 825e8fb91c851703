import type { PressureMode } from '@/lib/platform/db/generated/enums';
import type { Count } from '@/lib/platform/rate-limits';

const MINUTE = 60_000;

/** What a letter says of the pressure on its sign-ups. */
export interface Pressed {
  pressure: PressureMode;
  /** Until when it was last found to be far above what is usual. */
  pressureUntil: Date | null;
}

/** The figures that decide, from lib/platform/limits.ts. */
export interface PressureTerms {
  minutes: number;
  least: number;
  factor: number;
  usualHours: number;
  lastsMinutes: number;
}

/** Whether sign-ups of a letter have to show that work was done for them. */
export function isUnderPressure({ pressure, pressureUntil }: Pressed, now: Date): boolean {
  if (pressure !== 'automatic') return pressure === 'on';
  return pressureUntil !== null && pressureUntil > now;
}

/** Parts of the usual hours that are as long as what is recent. */
const partsOf = ({ usualHours, minutes }: PressureTerms) => (usualHours * 60) / minutes;

/**
 * Whether so many sign-ups are far above what is usual for a letter.
 * @param recent those of the last minutes
 * @param before those of the hours before them
 */
export function isFarAboveUsual(
  { recent, before }: { recent: number; before: number },
  terms: PressureTerms,
): boolean {
  return recent > terms.least && recent * partsOf(terms) > terms.factor * before;
}

/** With so many before, or more, not even `recent` sign-ups are far above what is usual. */
export const mostBefore = (recent: number, terms: PressureTerms): number =>
  Math.ceil((recent * partsOf(terms)) / terms.factor);

/** Uses of a limit between two looks at what is usual. */
const LOOKS_EVERY = 20;

/**
 * Whether it is time to look how many sign-ups a letter has: not before there are enough, now and
 * then, and not while the answer would hardly change.
 * @param points what is counted of the letter
 */
export function isTimeToLook(
  { pressure, pressureUntil }: Pressed,
  points: number,
  now: Date,
  { least, lastsMinutes }: PressureTerms,
): boolean {
  if (pressure !== 'automatic' || points <= least || points % LOOKS_EVERY !== 0) return false;
  const halfOver = new Date(now.getTime() + (lastsMinutes / 2) * MINUTE);
  return pressureUntil === null || pressureUntil <= halfOver;
}

/**
 * When the mail of a sign-up without a solved challenge leaves: those of a letter one after the
 * other, spread evenly over the period of their limit.
 * @param count of the letter's limit, which this sign-up is part of; undefined while limits are off
 */
export function slowMailTime(
  count: Count | undefined,
  { points, seconds, leastMinutes }: { points: number; seconds: number; leastMinutes: number },
  now: Date,
): Date {
  const soonest = now.getTime() + leastMinutes * MINUTE;
  if (!count) return new Date(soonest);
  const began = now.getTime() + count.msLeft - seconds * 1_000;
  return new Date(Math.max(soonest, Math.round(began + (count.points / points) * seconds * 1_000)));
}
