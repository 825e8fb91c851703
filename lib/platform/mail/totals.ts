import { db } from '@/lib/platform/db/client';

/** What becomes of a mail, for whoever watches the instance. */
export const MAIL_STATES = ['waiting', 'sending', 'retrying', 'held', 'failed', 'sent'] as const;
type MailState = (typeof MAIL_STATES)[number];

/**
 * How many mails there are by state, and how long the oldest that should have left has waited. `held`:
 * of a mailing that is paused or cancelled; `sent` and `failed`: in the last 30 days, after which
 * their rows are deleted. Reads the whole table.
 */
export async function mailTotals(): Promise<{
  counts: Record<MailState, number>;
  oldestWaitingSeconds: number;
}> {
  const rows = await db().$queryRaw<{ state: MailState; count: number; oldest: number | null }[]>`
    SELECT state, count(*)::int AS count,
      max(extract(epoch FROM now() - due_at))::float8 AS oldest
    FROM (
      SELECT CASE
          WHEN mail.sent_at IS NOT NULL THEN 'sent'
          WHEN failed_at IS NOT NULL THEN 'failed'
          WHEN lease_until > now() THEN 'sending'
          WHEN mailing.paused_at IS NOT NULL OR mailing.cancelled_at IS NOT NULL THEN 'held'
          WHEN attempts > 0 THEN 'retrying'
          ELSE 'waiting' END AS state,
        -- A mail that is retried is postponed, but has waited since it was made.
        CASE WHEN attempts > 0 THEN mail.created_at ELSE send_after END AS due_at
      FROM mail LEFT JOIN mailing ON mailing.id = mailing_id
    ) AS mails
    GROUP BY state`;
  const counts = Object.fromEntries(
    MAIL_STATES.map((state) => [state, rows.find((row) => row.state === state)?.count ?? 0]),
  ) as Record<MailState, number>;
  const waiting = rows.filter(({ state }) => ['waiting', 'sending', 'retrying'].includes(state));
  return {
    counts,
    oldestWaitingSeconds: Math.max(0, ...waiting.map(({ oldest }) => oldest ?? 0)),
  };
}
