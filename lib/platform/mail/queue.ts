import { Prisma, type PrismaClient } from '@/lib/platform/db/generated/client';
import type { MailKind } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import { LAST_TRY_HOURS, UNCERTAIN_HOURS } from './schedule';

/** A mail that this process may send until its lease expires. */
export interface ClaimedMail {
  id: string;
  kind: MailKind;
  language: Language;
  to: string;
  props: unknown;
  sealedToken: Uint8Array | null;
  /** Including this attempt. */
  attempts: number;
  leaseId: string;
  /**
   * The outcome of an earlier attempt is unknown, and the provider may no longer know its
   * idempotency key.
   */
  uncertain: boolean;
}

/** Sign-in mails have a separate lane, so that a flood of other mails cannot delay them. */
export type Lane = 'sign-in' | 'other';

/** As literals, so that the partial index of each lane is used (migration). */
const IN_LANE: Record<Lane, Prisma.Sql> = {
  'sign-in': Prisma.sql`kind = 'sign_in'`,
  other: Prisma.sql`kind <> 'sign_in'`,
};

/**
 * Claims up to `limit` due mails of a lane under one lease and increments their attempts.
 * Confirmation links come first, because people wait for them. Uses the database's clock, since
 * those of several servers differ. Skips mails that another dispatcher is claiming (SKIP LOCKED).
 */
export async function claimDue(
  db: PrismaClient,
  lane: Lane,
  leaseId: string,
  leaseSeconds: number,
  limit: number,
): Promise<ClaimedMail[]> {
  const claimed = await db.$queryRaw<(ClaimedMail & { urgent: boolean; sendAfter: Date })[]>`
    WITH due AS MATERIALIZED (
      SELECT id, attempts AS tried FROM mail
      WHERE sent_at IS NULL AND failed_at IS NULL AND send_after <= now() AND (lease_until IS NULL OR lease_until < now())
        AND ${IN_LANE[lane]}
      ORDER BY kind = 'confirm' DESC, send_after
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE mail SET attempts = attempts + 1, lease_id = ${leaseId}::uuid,
      lease_until = now() + make_interval(secs => ${leaseSeconds}::float8)
    FROM due WHERE mail.id = due.id
    RETURNING mail.id, kind, language, "to", props, sealed_token AS "sealedToken", attempts, lease_id AS "leaseId",
      tried > 0 AND created_at < now() - make_interval(secs => ${UNCERTAIN_HOURS * 3600}::float8) AS uncertain,
      kind = 'confirm' AS urgent, send_after AS "sendAfter"`;
  return claimed.sort(
    (a, b) => Number(b.urgent) - Number(a.urgent) || a.sendAfter.getTime() - b.sendAfter.getTime(),
  );
}

/**
 * Marks a mail as sent and erases its token. False if another dispatcher has taken over its lease.
 */
export async function markSent(
  db: PrismaClient,
  { id, leaseId }: ClaimedMail,
  providerId: string | undefined,
): Promise<boolean> {
  const marked = await db.$executeRaw`
    UPDATE mail SET sent_at = now(), sealed_token = NULL, provider_id = ${providerId ?? null}, last_error = NULL,
      lease_id = NULL, lease_until = NULL
    WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
  return marked === 1;
}

/**
 * Schedules a retry of a mail in `delaySeconds`, or, after its last attempt, marks it as failed and
 * erases its token. Returns whether it has failed.
 */
export async function postpone(
  db: PrismaClient,
  { id, leaseId }: ClaimedMail,
  delaySeconds: number,
  error: string,
): Promise<boolean> {
  const rows = await db.$queryRaw<{ gaveUp: boolean }[]>`
    UPDATE mail SET lease_id = NULL, lease_until = NULL, last_error = ${error},
      send_after = LEAST(now() + make_interval(secs => ${delaySeconds}::float8), last_try.at),
      failed_at = CASE WHEN now() >= last_try.at THEN now() END,
      sealed_token = CASE WHEN now() < last_try.at THEN sealed_token END
    FROM (SELECT id, created_at + make_interval(hours => ${LAST_TRY_HOURS}::int) AS at FROM mail WHERE id = ${id}::uuid) AS last_try
    WHERE mail.id = last_try.id AND lease_id = ${leaseId}::uuid
    RETURNING failed_at IS NOT NULL AS "gaveUp"`;
  return rows[0]?.gaveUp ?? false;
}

/**
 * Releases a mail without counting the attempt, due in `delaySeconds`. `error`: the reason, if it
 * was refused.
 */
export async function release(
  db: PrismaClient,
  { id, leaseId }: ClaimedMail,
  delaySeconds: number,
  error?: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET lease_id = NULL, lease_until = NULL, attempts = attempts - 1,
      last_error = coalesce(${error ?? null}, last_error),
      send_after = GREATEST(send_after, now() + make_interval(secs => ${delaySeconds}::float8))
    WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
}

/** Marks a mail as permanently failed; with `eraseToken` if a coordinator could not resend it. */
export async function markFailed(
  db: PrismaClient,
  { id, leaseId }: ClaimedMail,
  error: string,
  eraseToken: boolean,
): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET failed_at = now(), lease_id = NULL, lease_until = NULL, last_error = ${error},
      sealed_token = CASE WHEN ${eraseToken} THEN NULL ELSE sealed_token END
    WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
}
