/**
 * Rate limits, and lifetimes of links, sessions and rows. Maximum lengths of fields are in their
 * schemas.
 */

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * Rate limits, persistent and shared by all processes (rate-limits.ts). Exceeding one is answered
 * with 429 and Retry-After, except for `mailbox` (see there). For networks, see client-address.ts;
 * for mailboxes, mail/recipient.ts.
 *
 * Shared limits (mail domain, letter, instance) are counted only if the narrower ones allow the
 * request, so that it takes many networks to exhaust them.
 */
export const RATE_LIMITS = {
  /** Sign-ups and requests for new links from one IPv4 address or IPv6 /64. */
  signUpNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  signUpNeighbourhood: { points: 60, seconds: HOUR },
  /**
   * … for one mailbox on one letter from one network: strangers on other networks do not affect its
   * owner.
   */
  signUpMailboxFromNetwork: { points: 5, seconds: DAY },
  /** … for one mail domain from one wider network (/24, /48); not for large providers. */
  signUpDomainFromNeighbourhood: { points: 10, seconds: HOUR },
  /** … for one mail domain; not for large providers. */
  signUpDomain: { points: 100, seconds: HOUR },
  /** … on one letter. */
  signUpLetter: { points: 10_000, seconds: HOUR },
  /** … on the instance. */
  signUpInstance: { points: 20_000, seconds: HOUR },
  /**
   * Sign-up mails to one mailbox. Beyond it nothing is refused, because strangers could block an
   * address: the sign-up is stored without a mail, and any link already in the mailbox can confirm
   * it.
   */
  mailbox: { points: 20, seconds: DAY },
  /** Requests for sign-in links from one IPv4 address or IPv6 /64. */
  signInNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  signInNeighbourhood: { points: 60, seconds: HOUR },
  /** … for one mailbox from one network. */
  signInMailboxFromNetwork: { points: 5, seconds: HOUR },
  /** … on the instance. */
  signInInstance: { points: 10_000, seconds: HOUR },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type RateLimitName = keyof typeof RATE_LIMITS;

/** How long a browser keeps what was typed into a form, so that it can be mended. */
export const KEPT_INPUT_MINUTES = 60;

/**
 * Maximum number of other unconfirmed sign-ups with the same address on the confirmation page,
 * newest first.
 */
export const ATTEMPTS_SHOWN = 20;

/**
 * Unused sign-in links per coordinator in the last half hour. Further requests are dropped;
 * existing links stay valid.
 */
export const RECENT_SIGN_IN_LINKS = 10;

/** Lifetime of a confirmation link. */
export const CONFIRMATION_DAYS = 7;
/** Lifetime of a link to reaffirm a changed text. */
export const REAFFIRMATION_DAYS = 60;
/** Minimum interval between reminders to a signatory. */
export const ASK_AGAIN_HOURS = 24;
/** Lifetime of a sign-in link. */
export const SIGN_IN_LINK_MINUTES = 60;
/** Lifetime of a coordinator's session. */
export const SESSION_HOURS = 12;

/**
 * Unconfirmed sign-ups are deleted after this time; longer than a link's lifetime, so that an
 * expired link can be renewed.
 */
export const UNCONFIRMED_DAYS = 30;
/** Rows of sent and failed mails are deleted after this time. */
export const SENT_MAIL_DAYS = 30;

/** Minimum interval between notices of new entries to a coordinator. */
export const REVIEW_NOTICE_MINUTES = 15;

/** Maximum body size of the sign-up API. The largest valid sign-up is about 8 kB. */
export const SIGN_UP_BODY_BYTES = 32 * 1024;

/**
 * Maximum number of named organizations for public draft PDFs. Each name takes 1 ms and 0.1 MiB.
 * Deliveries, which only coordinators make, are limited only by `TYPESETTING`: about 40,000 names.
 */
export const DRAFT_PDF_NAMES = 1_000;

/** Resource limits of typesetting (docs/decisions/0019-typesetting-in-a-child-process.md). */
export const TYPESETTING = {
  draft: { timeMs: 20_000, memoryMiB: 1024, waitMs: 10_000, urgent: false },
  delivery: { timeMs: 60_000, memoryMiB: 4096, waitMs: 60_000, urgent: true },
  /** Queue lengths of drafts and of deliveries, per server process. */
  waiting: 8,
  /** How long an idle child process is kept. */
  idleMs: 60_000,
  /** A child process that has used more memory than this is not reused. */
  keptMiB: 512,
} as const;
/** Retry-After when the queue of drafts is full. */
export const TYPESETTING_RETRY_SECONDS = 10;

/**
 * Maximum body size of public forms. The largest sign-up together with its state is about 20 kB.
 */
export const FORM_BYTES = 64 * 1024;
/**
 * … of forms about letters with a session cookie, so that text beyond a field's limit still
 * arrives, and can be shown again with an error.
 */
export const LETTER_FORM_BYTES = 4 * 1024 * 1024;
