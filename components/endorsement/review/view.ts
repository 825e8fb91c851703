import type { QueueView } from '@/lib/endorsement/review/schema';

/** A letter's review as its address says it: which entries, which of them is opened, and what has just been done. */
export interface ReviewView extends QueueView {
  /** The opened entry. */
  entry?: string;
  /** Where on the page of the list the opened entry is or was; opens what stands there now when `entry` names none. */
  at?: number;
  /** The form opened for the entry. */
  open?: 'decline' | 'correct';
  /** What was done just now, and with which entry. */
  notice?:
    | 'approve'
    | 'decline'
    | 'withdraw'
    | 'take_back'
    | 'correct'
    | 'attest'
    | 'organizationSigned'
    | 'merge'
    | 'mergeBothSigned'
    | 'mergeRefused'
    | 'retry'
    | 'retryRefused'
    | 'gone';
  of?: string;
  /** A decision on `entry` was refused since somebody was faster. */
  refused?: boolean;
}

/** The address of a view of the review of the letter at `slug`, without its language. What is as usual is left out. */
export function reviewPath(slug: string, view: Partial<ReviewView>): string {
  const query = new URLSearchParams();
  for (const key of [
    'state',
    'q',
    'page',
    'at',
    'entry',
    'open',
    'notice',
    'of',
    'refused',
  ] as const) {
    const value = view[key];
    const usual =
      value === undefined ||
      value === '' ||
      value === false ||
      (key === 'page' && value === 1) ||
      (key === 'state' && value === 'verified');
    if (!usual) query.set(key, value === true ? '1' : String(value));
  }
  return `/admin/letters/${slug}${query.size > 0 ? `?${query}` : ''}`;
}
