import type { QueueView } from '@/lib/endorsement/review/schema';

/** The state of the review page in its query string: filter, opened entry, and last action. */
export interface ReviewView extends QueueView {
  /** Id of the opened entry. */
  entry?: string;
  /**
   * Position of the opened entry in the list page; if `entry` is missing, the entry now at this
   * position is opened.
   */
  at?: number;
  /** The form that is open for the entry. */
  open?: 'decline' | 'correct';
  /** The last action and its entry. */
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
  /** The id of an entry whose decision was refused because of a concurrent change. */
  refused?: boolean;
}

/** The path of a view of a letter's review, without the locale. Default values are omitted. */
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
