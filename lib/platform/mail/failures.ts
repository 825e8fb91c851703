import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { MailKind } from '@/lib/platform/db/generated/enums';
import { ATTEMPTS_TO_SHOW } from './schedule';

/** Whether a mail can be composed: those with a link need its token, which is erased in the end. */
export const HAS_ITS_LINK = Prisma.sql`(sealed_token IS NOT NULL OR kind NOT IN ('confirm', 'confirmed', 'reminder', 'entry_links', 'reaffirm', 'sign_in', 'invite_to_sign', 'nominated', 'joined', 'confirm_attested'))`;

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
    UPDATE mail SET attempts = 0, failed_at = NULL, outcome = NULL, outcome_at = NULL, send_after = now(), lease_id = NULL, lease_until = NULL,
      -- One of a mailing goes by itself, whatever its batch was answered.
      batch_id = CASE WHEN mailing_id IS NOT NULL THEN id END, begun_at = CASE WHEN mailing_id IS NOT NULL THEN now() END
    WHERE id = ${id}::uuid AND letter_id = ${letterId}::uuid AND sent_at IS NULL
      AND (failed_at IS NOT NULL OR attempts >= ${ATTEMPTS_TO_SHOW})
      AND (lease_until IS NULL OR lease_until < now())
      AND ${HAS_ITS_LINK}
      AND NOT EXISTS (
        SELECT 1 FROM mail AS newer
        WHERE newer.dedupe_key = mail.dedupe_key AND newer.id <> mail.id AND newer.sent_at IS NULL AND newer.failed_at IS NULL
      )`;
  return made === 1;
}
