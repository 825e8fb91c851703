/** What becomes of an entry's contact data once its letter has closed (ADR 53). */
export interface Deletion {
  /** When it is deleted, as things stand. */
  at: Date;
  /** Until when the organization keeps its page, if that puts it off. */
  keptUntil: Date | null;
}

const DAY = 24 * 3_600_000;

/**
 * Whether an organization can keep its page, or keep it longer: it does not yet, or it is about to
 * end. So pressing twice does not count twice.
 */
export const mayKeep = (
  { at, keptUntil }: Deletion,
  now: Date,
  { noticeDays }: { noticeDays: number },
): boolean => keptUntil === null || at.getTime() - noticeDays * DAY <= now.getTime();
