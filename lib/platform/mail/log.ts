import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { MailKind, MailOutcome } from '@/lib/platform/db/generated/enums';
import { HAS_ITS_LINK } from './failures';
import { ATTEMPTS_TO_SHOW } from './schedule';

/**
 * Where a mail stands: what was reported of it, and before that, whether it waits, failed and is
 * tried again, was sent, or was given up.
 */
export type MailState = MailOutcome | 'waiting' | 'trying' | 'sent' | 'failed';

/** A mail with where it stands. Contains no contact data. */
export interface MailStanding {
  id: string;
  kind: MailKind;
  state: MailState;
  /** When it came to stand so; of one that waits or is tried again, when it is due. */
  at: Date;
}

/** A mail of the log. */
export interface LoggedMail extends MailStanding {
  to: string;
  createdAt: Date;
  lastError: string | null;
  endorsementId: string | null;
  /** Whether `retryMail` can send it again. */
  retryable: boolean;
}

const STANDING = Prisma.sql`id, kind,
  coalesce(outcome::text, CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN failed_at IS NOT NULL THEN 'failed'
    WHEN attempts > 0 THEN 'trying' ELSE 'waiting' END) AS state,
  coalesce(outcome_at, sent_at, failed_at, send_after) AS at`;

/** As literals, so that the partial index is used (migration). */
const FAILING = Prisma.sql`(failed_at IS NOT NULL OR outcome IN ('suppressed', 'returned', 'bounced', 'complained')
  OR (sent_at IS NULL AND attempts >= ${Prisma.raw(String(ATTEMPTS_TO_SHOW))}))`;

/** How many mails of each letter did not arrive, or fail; letters without such mails are missing. */
export async function failingByLetter(letterIds: string[]): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ letterId: string; count: number }[]>`
    SELECT letter_id AS "letterId", count(*)::int AS count FROM mail
    WHERE letter_id = ANY(${letterIds}::uuid[]) AND ${FAILING} GROUP BY letter_id`;
  return new Map(rows.map(({ letterId, count }) => [letterId, count]));
}

/** Mails on a page of the log. */
export const LOG_PAGE_SIZE = 50;

/** A place in the log: the last mail of a page. */
export interface LogPlace {
  createdAt: Date;
  id: string;
}

/**
 * A page of a letter's mails, newest first: those that were written before the one at `after`.
 * @param failing only those that did not arrive, or fail
 */
export async function mailLog(
  letterId: string,
  { failing, after }: { failing: boolean; after: LogPlace | null },
): Promise<{ mails: LoggedMail[]; last: LogPlace | null }> {
  const rows = await db().$queryRaw<LoggedMail[]>`
    SELECT ${STANDING}, "to", created_at AS "createdAt", last_error AS "lastError", endorsement_id AS "endorsementId",
      sent_at IS NULL AND (failed_at IS NOT NULL OR attempts >= ${ATTEMPTS_TO_SHOW})
        AND ${HAS_ITS_LINK} AS retryable
    FROM mail
    WHERE letter_id = ${letterId}::uuid AND ${failing ? FAILING : Prisma.sql`true`}
      AND ${after ? Prisma.sql`(created_at, id) < (${after.createdAt}, ${after.id}::uuid)` : Prisma.sql`true`}
    ORDER BY created_at DESC, id DESC LIMIT ${LOG_PAGE_SIZE + 1}`;
  const mails = rows.slice(0, LOG_PAGE_SIZE);
  return { mails, last: rows.length > LOG_PAGE_SIZE ? mails.at(-1)! : null };
}

const MOST_OF_ENTRY = 20;

/** The newest mails about an endorsement, newest first. */
export async function mailsAbout(endorsementId: string): Promise<MailStanding[]> {
  return db().$queryRaw<MailStanding[]>`
    SELECT ${STANDING} FROM mail WHERE endorsement_id = ${endorsementId}::uuid
    ORDER BY created_at DESC, id DESC LIMIT ${MOST_OF_ENTRY}`;
}
