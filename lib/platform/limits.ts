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
  /** Challenges given to one network, while sign-ups of a letter are under pressure. */
  challengeNetwork: { points: 60, seconds: HOUR },
  /** … on one letter: so many that it only counts them, for `isFarAboveUsual`. */
  challengeLetter: { points: 1_000_000, seconds: 600 },
  /** Sign-ups under pressure without a solved challenge, whose mails wait: from one network. */
  slowNetwork: { points: 5, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  slowNeighbourhood: { points: 15, seconds: HOUR },
  /** … on one letter. Their mails leave one after the other, spread over the time. */
  slowLetter: { points: 600, seconds: HOUR },
  /**
   * Sign-up mails to one mailbox. Beyond it nothing is refused, because strangers could block an
   * address: the sign-up is stored without a mail, and any link already in the mailbox can confirm
   * it.
   */
  mailbox: { points: 20, seconds: DAY, refuses: false },
  /** Requests for sign-in links from one IPv4 address or IPv6 /64. */
  signInNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  signInNeighbourhood: { points: 60, seconds: HOUR },
  /** … for one mailbox from one network. */
  signInMailboxFromNetwork: { points: 5, seconds: HOUR },
  /** … on the instance. */
  signInInstance: { points: 10_000, seconds: HOUR },
  /** Invitations by one coordinator. */
  invitationCoordinator: { points: 30, seconds: HOUR },
  /** … to one mailbox, whoever invites it to which letter. */
  invitationMailbox: { points: 5, seconds: DAY },
  /** Requests for links to entries from one IPv4 address or IPv6 /64. */
  entryLinksNetwork: { points: 20, seconds: HOUR },
  /** … from one IPv4 /24 or IPv6 /48. */
  entryLinksNeighbourhood: { points: 60, seconds: HOUR },
  /** … for one mailbox from one network. */
  entryLinksMailboxFromNetwork: { points: 5, seconds: HOUR },
  /** … on the instance. */
  entryLinksInstance: { points: 10_000, seconds: HOUR },
} as const satisfies Record<string, { points: number; seconds: number; refuses?: false }>;

export type RateLimitName = keyof typeof RATE_LIMITS;

/**
 * When sign-ups of a letter are under pressure (docs/decisions/0061-sign-ups-under-pressure.md): more than `least` of them in
 * `minutes`, and more than `factor` times as many as usual in the `usualHours` before. It lasts
 * `lastsMinutes` from when that was found last.
 */
export const PRESSURE = {
  minutes: 10,
  least: 100,
  factor: 8,
  usualHours: 24,
  lastsMinutes: 30,
} as const;

/**
 * The work of a sign-up under pressure: a key is derived in `cost` rounds, for each number up to one
 * between `least` and `most`. It counts for `minutes`.
 */
export const CHALLENGE = { cost: 2_000, least: 500, most: 1_000, minutes: 20 } as const;

/** How long a mail waits at least whose sign-up, under pressure, came without a solved challenge. */
export const SLOW_MAIL_MINUTES = 5;

/** How long it is kept, as keyed hashes, from which network and mail domain a sign-up came. */
export const ORIGIN_DAYS = 30;

/**
 * When more sign-ups than usual come from one place, in the last `hours`: at least `least`; of a
 * mail domain, also more than `factor` times its usual share, which of a large provider's is taken
 * to be at least `largeShare`. At most `newest` are looked at, `before` them for what is usual, and
 * `most` places are shown.
 */
export const TRENDS = {
  hours: 24,
  least: 5,
  factor: 3,
  largeShare: 0.3,
  newest: 5_000,
  before: 20_000,
  most: 10,
} as const;

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
/** Lifetime of a private link to an entry. */
export const ENTRY_LINK_DAYS = 90;
/** Representatives of an entry, those nominated to join them included. */
export const MOST_REPRESENTATIVES = 3;
/** Lifetime of a nomination to represent an organization, and of its link. */
export const NOMINATION_DAYS = 7;
/** Maximum number of entries, newest first, to which one mail on request has links. */
export const ENTRY_LINKS_MAILED = 20;
/** Mails with links to entries that one address can be sent on request in a day. */
export const ENTRY_LINK_MAILS = 10;
/** Lifetime of a sign-in link. */
export const SIGN_IN_LINK_MINUTES = 60;
/** Lifetime of a coordinator's session. */
export const SESSION_HOURS = 12;

/**
 * Unconfirmed sign-ups are deleted this long after the last link to confirm them has expired, so that
 * an expired link can be renewed.
 */
export const UNCONFIRMED_DAYS = 7;
/**
 * An unconfirmed sign-up is reminded after this time, and once more this long before the letter's
 * last deadline. A sign-up and its reminders have at least `gapHours` between them.
 */
export const REMINDERS = { waitingDays: 2, deadlineDays: 1, gapHours: 12 } as const;
/** Rows of sent and failed mails are deleted after this time; a mail's contents once it is sent. */
export const SENT_MAIL_DAYS = 30;
/** A link to sign in is kept this long after it has expired, so that its page can say so. */
export const EXPIRED_SIGN_IN_HOURS = 24;
/** A request for links is deleted after this time, if nothing has answered it. */
export const UNANSWERED_HOURS = 24;

/**
 * What is kept of people on a letter is deleted `months` after it has closed (ADR 53). The
 * organization is told `noticeDays` before, and never less than `leastNoticeDays`; it can keep its
 * page, `keptMonths` at a time.
 */
export const PEOPLE = { months: 6, noticeDays: 28, leastNoticeDays: 14, keptMonths: 12 } as const;

/**
 * Organizations invited to sign, on a letter. The coordinators invite one at most `invitations` times, with `againDays` between; it is reminded `deadlineDays` before the letter's
 * last deadline, `gapDays` after the mail before it.
 */
export const INVITEES = {
  perLetter: 20_000,
  invitations: 3,
  againDays: 7,
  deadlineDays: 3,
  gapDays: 2,
} as const;
/** An invitee and its links are deleted this long after the last mail to it. */
export const INVITEE_DAYS = 180;
/** A list of organizations that were not invited after all is deleted after this time. */
export const INVITEE_LIST_HOURS = 24;

/** How long a coordinator counts as looking at an entry after opening it. */
export const PRESENCE_MINUTES = 2;

/** Hours after which coordinators can have another link sent to the same unconfirmed sign-up. */
export const RESEND_HOURS = 1;

/** How long several decisions that were made at once can be undone at once. */
export const BATCH_DAYS = 7;

/**
 * Lists of organizations that signed offline. One that was not imported is deleted after `days`, and
 * one that was can be taken back that long. A server that begins with an import has `leaseSeconds`
 * to say that it goes on, and is not tried more than `attempts` times. One address is asked to
 * confirm at most `mailsPerAddress` endorsements of an import.
 */
export const IMPORTS = {
  days: 7,
  leaseSeconds: 60,
  attempts: 3,
  mailsPerAddress: 20,
  fileBytes: 3 * 1024 * 1024,
} as const;
/** Lifetime of the link by which an address confirms an attested endorsement. */
export const ATTESTED_LINK_DAYS = 60;

/** Minimum interval between notices of new entries to a coordinator. */
export const REVIEW_NOTICE_MINUTES = 15;

/** Maximum body size of the sign-up API. The largest valid sign-up is about 8 kB. */
export const SIGN_UP_BODY_BYTES = 32 * 1024;

/** Maximum body size of a one-click request to unsubscribe (RFC 8058), which holds one field. */
export const ONE_CLICK_BODY_BYTES = 4 * 1024;

/** Maximum body size of a provider's report about a mail; Resend's are about 1 kB. */
export const WEBHOOK_BODY_BYTES = 64 * 1024;

/**
 * A list of more names than this is an annex of the PDF, set in columns of small type: a name takes
 * 0.1 ms and 10 kB there, ten times as much in the letter (ADR 62).
 */
export const ANNEX_NAMES = 1_000;

/**
 * A Word file has no longer list than this: it says that the names are in the PDF and the CSV. It is
 * made in the server's process, at 0.1 ms and 3 kB a name, and few programs could open it.
 */
export const WORD_NAMES = 10_000;

/**
 * Maximum number of named organizations for public drafts, which anybody can ask for. Deliveries,
 * which only coordinators make, are limited only by `TYPESETTING`.
 */
export const DRAFT_NAMES = 10_000;

/**
 * A draft is made by one server process, which has `leaseMs` for it; readers of the others look every
 * `pollMs`, and get `503 busy` after `waitMs`, while it is made.
 */
export const DRAFTS = { leaseMs: 60_000, waitMs: 20_000, pollMs: 250 } as const;

/** Resource limits of typesetting (docs/decisions/0019-typesetting-in-a-child-process.md). */
export const TYPESETTING = {
  draft: { timeMs: 30_000, memoryMiB: 1024, waitMs: 10_000, urgent: false },
  delivery: { timeMs: 300_000, memoryMiB: 4096, waitMs: 600_000, urgent: true },
  /** Queue lengths of drafts and of deliveries, per server process. */
  waiting: 8,
  /** How long an idle child process is kept. */
  idleMs: 60_000,
  /** A child process that has used more memory than this is not reused. */
  keptMiB: 512,
} as const;
/**
 * Making the files of a delivery. Its coordinator waits `waitMs` for them before the page shows the
 * progress. A server process that makes them has `leaseSeconds` to say that it goes on; if it ends,
 * another one begins anew, up to `attempts` times. Recording 100,000 names takes `recordMs` at most.
 */
export const DELIVERIES = {
  waitMs: 8_000,
  leaseSeconds: 60,
  attempts: 3,
  recordMs: 300_000,
} as const;
/** How long the PDF of a receipt is served again, unless it says something else by then. */
export const RECEIPT_MINUTES = 10;
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

/**
 * Limits on a Word file that is opened into a letter's text (a form about a letter carries it): its
 * size, the number of its entries, what it unpacks to, and the number and depth of the elements in
 * a part. Far beyond any letter; reading the worst file takes a second or two.
 */
export const WORD_FILE = {
  bytes: 3 * 1024 * 1024,
  entries: 2_000,
  unpackedBytes: 16 * 1024 * 1024,
  elements: 200_000,
  depth: 200,
} as const;

/**
 * Limits on a list of organizations that is uploaded or pasted (a form about a letter carries it):
 * its size, what a workbook unpacks to, the rows below the header, the columns, and the UTF-16 code
 * units of a cell.
 */
export const TABLE_FILE = {
  bytes: 3 * 1024 * 1024,
  entries: 2_000,
  unpackedBytes: 32 * 1024 * 1024,
  rows: 5_000,
  columns: 50,
  cell: 5_000,
} as const;

/** The most entries in an XLSX file of contacts, which is made in memory; CSV has no such limit. */
export const CONTACTS_IN_WORKBOOK = 5_000;
