import type { useFormatter } from 'next-intl';

const DAY = 86_400_000;

/** A relative time, in days at most, since weeks are too coarse for a deadline. */
export function relativeWords(
  format: ReturnType<typeof useFormatter>,
  at: Date,
  now: Date,
): string {
  const isDays = Math.abs(at.getTime() - now.getTime()) >= DAY;
  const words = format.relativeTime(at, isDays ? { now, unit: 'day' } : { now });
  // Japanese has no space between a number and its counter.
  return words.replace(/(\d) (?=[^\x20-\x7e])/g, '$1');
}
