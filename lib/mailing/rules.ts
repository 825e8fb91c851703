/** The states of entries that a mailing can go to: confirmed by mail, and not declined or withdrawn. */
export const AUDIENCE_STATES = ['approved', 'verified'] as const;

/** To whom a mailing goes; of countries, languages and categories, none chosen means all. */
export interface Audience {
  states: readonly (typeof AUDIENCE_STATES)[number][];
  countries: readonly string[];
  /** Of the contacts. */
  languages: readonly string[];
  categories: readonly string[];
}

/** All signatories. */
export const EVERYBODY: Audience = {
  states: ['approved'],
  countries: [],
  languages: [],
  categories: [],
};

/** How many mails of a mailing stand where. */
export interface Progress {
  waiting: number;
  /** Accepted by the provider. */
  sent: number;
  /** Of those sent, how many came back or were reported as spam. */
  returned: number;
  /** Not sent: refused, given up, or to an address that is not mailed any more. */
  failed: number;
  /** Taken out before they were sent: unsubscribed, withdrawn, erased, or cancelled with the rest. */
  left: number;
}

export const MAILING_STATES = ['draft', 'sending', 'paused', 'cancelled', 'sent'] as const;
export type MailingState = (typeof MAILING_STATES)[number];

/** Where a mailing stands. One that is done is sent, also if it was paused before. */
export function mailingState(
  {
    sentAt,
    pausedAt,
    cancelledAt,
  }: { sentAt: Date | null; pausedAt: Date | null; cancelledAt: Date | null },
  waiting: number,
): MailingState {
  if (!sentAt) return 'draft';
  if (cancelledAt) return 'cancelled';
  if (waiting === 0) return 'sent';
  return pausedAt ? 'paused' : 'sending';
}
