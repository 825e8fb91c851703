/**
 * Brings mails forward that wait for another attempt, once the provider takes mails again. By
 * themselves they would wait for hours after an outage of hours.
 */
import { Prisma, type PrismaClient } from '@/lib/platform/db/generated/client';
import { BACKOFF_SECONDS } from './schedule';

const WAITS = Prisma.sql`sent_at IS NULL AND failed_at IS NULL AND attempts > 0 AND send_after > now()`;

/** The time of the last attempt, from that of the next. */
const TRIED_AT = Prisma.sql`send_after - make_interval(secs => (${BACKOFF_SECONDS}::int[])[least(attempts, ${BACKOFF_SECONDS.length}::int)])`;

/**
 * Makes the mail due that waits for the next attempt, so as to find out whether the provider takes
 * mails again. Mails that were handed over by one call stay together.
 */
export async function bringOneForward(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    WITH next AS (SELECT id, batch_id FROM mail WHERE ${WAITS} ORDER BY send_after, id LIMIT 1),
    chosen AS (
      SELECT id FROM mail WHERE ${WAITS} AND (id = (SELECT id FROM next) OR batch_id = (SELECT batch_id FROM next))
      ORDER BY id FOR UPDATE
    )
    UPDATE mail SET send_after = now() FROM chosen WHERE mail.id = chosen.id`;
}

/**
 * Makes all mails due that wait for another attempt, since one of them has been taken; but none sooner
 * after its last attempt than after a first one, as it may be refused for a reason of its own. Mails
 * that were handed over by one call stay together.
 */
export async function bringAllForward(db: PrismaClient): Promise<void> {
  await db.$executeRaw`
    WITH waiting AS (
      SELECT id, CASE WHEN batch_id IS NOT NULL THEN now()
        ELSE greatest(now(), ${TRIED_AT} + make_interval(secs => ${BACKOFF_SECONDS[0]}::int)) END AS sooner
      FROM mail WHERE ${WAITS} ORDER BY id FOR UPDATE
    )
    UPDATE mail SET send_after = sooner FROM waiting WHERE mail.id = waiting.id AND sooner < send_after`;
}
