import { signing, type LetterTimes } from '@/lib/letter/rules';
import type { ReminderOccasion } from '@/lib/platform/db/generated/enums';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What of a letter decides whether its sign-ups are reminded. */
export interface RemindingLetter extends LetterTimes {
  reminds: boolean;
  pausedAt: Date | null;
  afterClosing: 'refused' | 'added';
}

/** The lengths that decide, from lib/platform/limits.ts. */
export interface RemindingTerms {
  waitingDays: number;
  deadlineDays: number;
  gapHours: number;
  /** How long a link is valid. */
  linkDays: number;
  /** How long an unconfirmed sign-up is kept. */
  keptDays: number;
}

/**
 * The sign-ups of a letter that are due for a reminder at a time, by when they were submitted: from
 * `from`, before `before`; null if none are.
 *
 * - `waiting`: those that have waited two days, but no longer than their links are valid, unless the
 *   other reminder follows at once.
 * - `deadline`: all of them, in the last day before the letter's last deadline, but for those of the
 *   last hours.
 */
export function dueSignUps(
  occasion: ReminderOccasion,
  letter: RemindingLetter,
  now: Date,
  terms: RemindingTerms,
): { from: Date; before: Date } | null {
  if (!letter.reminds || signing(letter, now) !== 'open') return null;
  const time = now.getTime();
  const left = letter.closesAt ? letter.closesAt.getTime() - time : Infinity;
  const [last, gap] = [terms.deadlineDays * DAY, terms.gapHours * HOUR];
  if (occasion === 'waiting')
    return left <= last + gap
      ? null
      : {
          from: new Date(time - terms.linkDays * DAY),
          before: new Date(time - terms.waitingDays * DAY),
        };
  return left > last
    ? null
    : {
        from: new Date(time - terms.keptDays * DAY),
        before: new Date(time + left - last - gap),
      };
}
