/** All rates, delays and timeouts of the dispatcher. */

/**
 * Length of a dispatcher's lease on a claimed mail; if the dispatcher dies, the mail is due again
 * after it.
 */
export const LEASE_SECONDS = 60;
/**
 * Timeout for sending one mail. Well below half a lease: no send starts in a lease's second half.
 */
export const SEND_TIMEOUT_SECONDS = 15;
/**
 * A claim takes as many mails as can be sent in this time, so that other dispatchers get some, too.
 */
export const BATCH_SECONDS = 5;
/** Most mails in one call of Resend's batch endpoint. */
export const BATCH_MAILS = 100;
/** Most bytes of HTML and text in one call. */
export const BATCH_BYTES = 4 * 1024 * 1024;
/** How often a waiting mail checks whether mails of lanes before its own have been sent. */
export const GIVE_WAY_MILLISECONDS = 20;
/** How often an idle dispatcher polls for due mails. */
export const POLL_MILLISECONDS = 1_000;
/** Delay before a retry if the database is unavailable. */
export const DATABASE_RETRY_MILLISECONDS = 2_000;
/** Delay between attempts to mark a mail as sent while the database is unavailable. */
export const MARK_RETRY_MILLISECONDS = 500;

/** Default duration of a rate limit. */
export const RATE_LIMIT_SECONDS = 2;

/**
 * Resend expires an idempotency key after 24 hours, after which a retry could send a mail twice. So
 * the last attempt of a failing mail is 23 hours after it was created …
 */
export const LAST_TRY_HOURS = 23;
/**
 * … and a mail with an unknown outcome, because its dispatcher died, is not retried after 23½
 * hours.
 */
export const UNCERTAIN_HOURS = 23.5;

/** Delays after the first, second … failed attempt, and after all further ones. */
export const BACKOFF_SECONDS = [30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800] as const;
/**
 * How often one of the waiting mails is tried in between, while no mail has been sent since one has
 * failed.
 */
export const PROBE_SECONDS = 45;

/** Delay after the `attempts`-th failed attempt (1 or more). */
export function backoffSeconds(attempts: number): number {
  return BACKOFF_SECONDS[Math.min(attempts, BACKOFF_SECONDS.length) - 1] ?? BACKOFF_SECONDS[0]!;
}

/** Number of failed attempts after which coordinators see an unsent mail. */
export const ATTEMPTS_TO_SHOW = 3;
