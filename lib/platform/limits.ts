/** Caps on mails and on what is read, and how long links, sessions and rows last. How long a field may be stands in its schema. */

/**
 * Mails that sign-up forms and "send a new link" can cause for one endorsement. An unconfirmed one whose newest link has
 * run out begins anew, so that a stranger who used the mails up locks nobody out for longer than a link works.
 */
export const MAILS_PER_ENDORSEMENT = 5;
/** Mails that sign-up forms can cause to one address in 24 hours, over all letters. */
export const SIGN_UP_MAILS_PER_ADDRESS_PER_DAY = 10;
/** Sign-in links to one coordinator in an hour. */
export const SIGN_IN_MAILS_PER_HOUR = 10;

/** How long a confirmation link works. */
export const CONFIRMATION_DAYS = 7;
/** How long a signatory who is asked to affirm a changed text can answer. */
export const AFFIRMATION_DAYS = 60;
/** A signatory who has not answered is asked again at most once in this time. */
export const ASK_AGAIN_HOURS = 24;
/** How long a coordinator's sign-in link works. */
export const SIGN_IN_LINK_MINUTES = 60;
/** How long a coordinator stays signed in. */
export const SESSION_HOURS = 12;

/** Sign-ups never confirmed are deleted after this; longer than a link works, so that a late one can be sent again. */
export const UNCONFIRMED_DAYS = 30;
/** Rows of sent and failed mails are deleted after this. */
export const SENT_MAIL_DAYS = 30;

/** At most one notice of new entries to a coordinator in this time. */
export const REVIEW_NOTICE_MINUTES = 15;

/** The largest body the sign-up API reads. The largest valid sign-up is about 8 kB. */
export const SIGN_UP_BODY_BYTES = 32 * 1024;

/**
 * The most named organizations with which anybody can have a letter typeset as a draft. A name costs a millisecond and
 * 0.1 MiB. Deliveries, which coordinators make, are bounded by `TYPESETTING` alone: about 40,000 names.
 */
export const DRAFT_PDF_NAMES = 1_000;

/** What typesetting may use (docs/decisions/0019-typesetting-in-a-child-process.md). */
export const TYPESETTING = {
  draft: { timeMs: 20_000, memoryMiB: 1024, waitMs: 10_000, urgent: false },
  delivery: { timeMs: 60_000, memoryMiB: 4096, waitMs: 60_000, urgent: true },
  /** How many drafts, and how many deliveries, may wait in a server process. */
  waiting: 8,
  /** How long a child process without work is kept. */
  idleMs: 60_000,
  /** A child process that has taken more memory than this is not kept. */
  keptMiB: 512,
} as const;
/** When somebody whose draft could not be typeset because others were waiting should try again. */
export const TYPESETTING_RETRY_SECONDS = 10;
