import { db } from '@/lib/platform/db/client';
import type { MailKind } from '@/lib/platform/db/generated/enums';
import { ATTEMPTS_TO_SHOW } from './schedule';

const MOST_SHOWN = 100;

export interface FailingMail {
  id: string;
  kind: MailKind;
  attempts: number;
  lastError: string | null;
  /** Null while it is being retried. */
  failedAt: Date | null;
  createdAt: Date;
  endorsementId: string | null;
}

/**
 * A letter's mails that have failed permanently or repeatedly, newest first (at most 100). Contains
 * no contact data.
 */
export async function failingMails(letterId: string): Promise<FailingMail[]> {
  return db().mail.findMany({
    where: {
      letterId,
      sentAt: null,
      OR: [{ failedAt: { not: null } }, { attempts: { gte: ATTEMPTS_TO_SHOW } }],
    },
    select: {
      id: true,
      kind: true,
      attempts: true,
      lastError: true,
      failedAt: true,
      createdAt: true,
      endorsementId: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
  });
}

/**
 * Makes a failing mail of the letter due now. False if it cannot be sent: there is no such unsent
 * mail, its link's token is erased, it is being sent right now, or a newer mail for the same
 * purpose is pending.
 */
export async function retryMail(id: string, letterId: string): Promise<boolean> {
  const made = await db().$executeRaw`
    UPDATE mail SET attempts = 0, failed_at = NULL, send_after = now(), lease_id = NULL, lease_until = NULL
    WHERE id = ${id}::uuid AND letter_id = ${letterId}::uuid AND sent_at IS NULL
      AND (failed_at IS NOT NULL OR attempts >= ${ATTEMPTS_TO_SHOW})
      AND (lease_until IS NULL OR lease_until < now())
      AND (sealed_token IS NOT NULL OR kind NOT IN ('confirm', 'reaffirm', 'sign_in'))
      AND NOT EXISTS (
        SELECT 1 FROM mail AS newer
        WHERE newer.dedupe_key = mail.dedupe_key AND newer.id <> mail.id AND newer.sent_at IS NULL AND newer.failed_at IS NULL
      )`;
  return made === 1;
}
