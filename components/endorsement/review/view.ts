import { FILTER_KEYS, filtersIn } from '@/lib/endorsement/review/filters/rules';
import type { LookedFor, QueueView } from '@/lib/endorsement/review/schema';

/** The forms about an entry that replace its buttons. */
export const ENTRY_FORMS = ['decline', 'correct', 'vouch'] as const;

export type EntryFormName = (typeof ENTRY_FORMS)[number];

/** The keyboard shortcuts that open them. */
export const FORM_KEYS = { decline: 'd', correct: 'c', vouch: 'v' } as const satisfies Record<
  EntryFormName,
  string
>;

/** What the last action can have come to. */
export const NOTICES = [
  'approve',
  'decline',
  'withdraw',
  'take_back',
  'correct',
  'categorised',
  'coordinates',
  'coordinatesNot',
  'accept',
  'declineChange',
  'eraseDeleted',
  'eraseKept',
  'attest',
  'vouch',
  'dismissed',
  'note',
  'noteDeleted',
  'organizationSigned',
  'merge',
  'mergeBothSigned',
  'mergeRefused',
  'retry',
  'retryRefused',
  'mailsAllowed',
  'mailsAllowedAlready',
  'linkSent',
  'linkRecent',
  'linkRefused',
  'released',
  'filterSaved',
  'filterRemoved',
  'gone',
] as const;

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
  open?: EntryFormName;
  /** The last action and its entry. */
  notice?: (typeof NOTICES)[number];
  of?: string;
  /** The id of an entry whose decision was refused because of a concurrent change. */
  refused?: boolean;
}

/** What the query string of the review can say. */
export const VIEW_KEYS = [
  'state',
  'q',
  'origin',
  ...FILTER_KEYS,
  'page',
  'at',
  'entry',
  'open',
  'notice',
  'of',
  'refused',
] as const satisfies readonly (keyof ReviewView)[];

/** What is looked for in a view, in whatever state. */
export const soughtIn = (view: LookedFor): LookedFor => ({
  q: view.q,
  origin: view.origin,
  ...filtersIn(view),
});

/** The page of the list that a view shows. */
export const listIn = (view: QueueView): QueueView => ({
  state: view.state,
  page: view.page,
  ...soughtIn(view),
});

/** The values of a view as fields of a form, without empty ones. */
export function fieldsOf(view: Partial<ReviewView>): Record<string, string> {
  return Object.fromEntries(
    VIEW_KEYS.flatMap((key) => {
      const value = view[key];
      return value === undefined || value === '' || value === false
        ? []
        : [[key, value === true ? '1' : String(value)]];
    }),
  );
}

/** The path of a view of a letter's review, without the locale. Default values are omitted. */
export function reviewPath(slug: string, view: Partial<ReviewView>): string {
  const query = new URLSearchParams(fieldsOf(view));
  if (view.page === 1) query.delete('page');
  if (view.state === 'verified') query.delete('state');
  return `/admin/letters/${slug}/review${query.size > 0 ? `?${query}` : ''}`;
}
