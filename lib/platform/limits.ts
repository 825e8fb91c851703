/** Rate limits, and how long links, sessions and rows last. How long a field may be stands in its schema. */

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * How often something may be asked for, all of it durable and shared by all processes (rate-limits.ts). Refusals answer 429
 * with the time to wait, except `mailbox` (see there). What a network is: client-address.ts; what a mailbox: mail/recipient.ts.
 *
 * Shared budgets (mail domain, letter, instance) are counted only once the narrower ones allow, so that it takes many
 * networks to use them up.
 */
export const RATE_LIMITS = {
  /** Sign-ups and new links from one IPv4 address or IPv6 /64. */
  signUpNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  signUpNeighbourhood: { points: 60, seconds: HOUR },
  /** … for one mailbox on one letter from one network: what a stranger can do to it does not touch what its owner can. */
  signUpMailboxFromNetwork: { points: 5, seconds: DAY },
  /** … for one mail domain from one neighbourhood; not for large providers. */
  signUpDomainFromNeighbourhood: { points: 10, seconds: HOUR },
  /** … for one mail domain; not for large providers. */
  signUpDomain: { points: 100, seconds: HOUR },
  /** … on one letter. */
  signUpLetter: { points: 10_000, seconds: HOUR },
  /** … on the instance. */
  signUpInstance: { points: 20_000, seconds: HOUR },
  /**
   * Sign-up mails to one mailbox. Beyond it nothing is refused, or strangers could shut an address out: the sign-up is
   * kept without a mail of its own, and any link already in the mailbox leads to it.
   */
  mailbox: { points: 20, seconds: DAY },
  /** Sign-in links asked for from one IPv4 address or IPv6 /64. */
  signInNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  signInNeighbourhood: { points: 60, seconds: HOUR },
  /** … for one mailbox from one network. */
  signInMailboxFromNetwork: { points: 5, seconds: HOUR },
  /** … on the instance. */
  signInInstance: { points: 10_000, seconds: HOUR },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** Unconfirmed sign-ups with one address that the page behind a link offers to confirm, newest first. */
export const ATTEMPTS_SHOWN = 20;

/** Unused sign-in links to one coordinator from the last half hour. Further requests are dropped; these links keep working. */
export const RECENT_SIGN_IN_LINKS = 10;

/** How long a confirmation link works. */
export const CONFIRMATION_DAYS = 7;
/** How long the link of a request to reaffirm works. */
export const REAFFIRMATION_DAYS = 60;
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

/** The largest form that is taken from anybody. The largest sign-up with what it comes back with is about 20 kB. */
export const FORM_BYTES = 64 * 1024;
/** … and from whoever is signed in, on the pages of letters: what is too long for its field is told so beside it, with all that was typed kept. */
export const LETTER_FORM_BYTES = 4 * 1024 * 1024;
