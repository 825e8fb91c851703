/** Every rate, delay and term of the dispatcher. */

/** A claimed mail belongs to its dispatcher for this long; when the dispatcher dies, the mail comes due after it. */
export const LEASE_SECONDS = 60;
/** The longest that handing over one mail takes. Well below half a lease: no send starts in a lease's second half. */
export const SEND_TIMEOUT_SECONDS = 15;
/** One claim takes what can be sent in this time, so that other dispatchers find work too. */
export const BATCH_SECONDS = 5;
/** How long a mail waits before it looks again whether sign-in mails have gone first. */
export const GIVE_WAY_MILLISECONDS = 20;
/** How often an idle dispatcher looks for due mails. */
export const POLL_MILLISECONDS = 1_000;
/** How long the dispatcher waits when the database does not answer. */
export const DATABASE_RETRY_MILLISECONDS = 2_000;
/** How long a mail that was sent is tried to be marked so, while the database does not answer. */
export const MARK_RETRY_MILLISECONDS = 500;

/** A rate limit that does not say how long it lasts. */
export const RATE_LIMIT_SECONDS = 2;

/**
 * Resend forgets an idempotency key after 24 hours, and a mail sent again after that could arrive twice. So a failing
 * mail is tried for the last time 23 hours after it was written …
 */
export const LAST_TRY_HOURS = 23;
/** … and one whose outcome is unknown, because its dispatcher died, is not tried again after 23½. */
export const UNCERTAIN_HOURS = 23.5;

const BACKOFF_SECONDS = [30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800];

/** How long to wait after the `attempts`-th failed attempt (1 or more). */
export function backoffSeconds(attempts: number): number {
  return BACKOFF_SECONDS[Math.min(attempts, BACKOFF_SECONDS.length) - 1] ?? BACKOFF_SECONDS[0]!;
}

/** From this many attempts on, coordinators are shown a mail that was not sent yet. */
export const ATTEMPTS_TO_SHOW = 3;
