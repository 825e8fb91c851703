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
  endorsementId: string | null;
  /** The representative whom a mail of a mailing goes to; null of other mails. */
  representativeId: string | null;
  /** Including this attempt. */
  attempts: number;
  leaseId: string;
  /**
   * The outcome of an earlier attempt is unknown, and the provider may no longer know its
   * idempotency key.
   */
  uncertain: boolean;
}

/**
 * Sign-in mails have a separate lane, so that a flood of other mails cannot delay them; so have
 * mailings, which must not delay others. First the lane that goes first.
 */
export const LANES = ['sign-in', 'other', 'mailing'] as const;
export type Lane = (typeof LANES)[number];

/** As literals, so that the partial index of each lane is used (migration). */
const IN_LANE: Record<Exclude<Lane, 'mailing'>, Prisma.Sql> = {
  'sign-in': Prisma.sql`kind = 'sign_in'`,
  other: Prisma.sql`kind <> 'sign_in' AND mailing_id IS NULL`,
};

const DUE = Prisma.sql`mail.sent_at IS NULL AND failed_at IS NULL AND send_after <= now() AND (lease_until IS NULL OR lease_until < now())`;

const LEASED = (leaseId: string, leaseSeconds: number) =>
  Prisma.sql`attempts = attempts + 1, lease_id = ${leaseId}::uuid, lease_until = now() + make_interval(secs => ${leaseSeconds}::float8)`;

/** Whom a mail of a mailing goes to: an entry has several representatives. */
const RECIPIENT = Prisma.sql`CASE WHEN mailing_id IS NOT NULL THEN (
    SELECT representative.id FROM representative JOIN contact ON contact.id = contact_id
    WHERE representative.endorsement_id = mail.endorsement_id AND email_key = to_key LIMIT 1) END`;

/** What a claim returns; `tried`: how often it had been attempted before. */
const CLAIMED = Prisma.sql`mail.id, kind, language, "to", mail.props, sealed_token AS "sealedToken", endorsement_id AS "endorsementId", ${RECIPIENT} AS "representativeId", attempts, lease_id AS "leaseId",
  tried > 0 AND coalesce(begun_at, mail.created_at) < now() - make_interval(secs => ${UNCERTAIN_HOURS * 3600}::float8) AS uncertain`;

/** Mails that were claimed together. */
const idsOf = (mails: readonly ClaimedMail[]) => mails.map(({ id }) => id);
const leaseOf = (mails: readonly ClaimedMail[]) => mails[0]?.leaseId ?? null;

/**
 * Claims up to `limit` due mails of a lane under one lease and increments their attempts.
 * Confirmation links come first, because people wait for them. Uses the database's clock, since
 * those of several servers differ. Skips mails that another dispatcher is claiming (SKIP LOCKED).
 */
export async function claimDue(
  db: PrismaClient,
  lane: Exclude<Lane, 'mailing'>,
  leaseId: string,
  leaseSeconds: number,
  limit: number,
): Promise<ClaimedMail[]> {
  const claimed = await db.$queryRaw<(ClaimedMail & { urgent: boolean; sendAfter: Date })[]>`
    WITH due AS MATERIALIZED (
      SELECT id, attempts AS tried FROM mail
      WHERE ${DUE} AND ${IN_LANE[lane]}
      ORDER BY kind = 'confirm' DESC, send_after
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE mail SET ${LEASED(leaseId, leaseSeconds)}
    FROM due WHERE mail.id = due.id
    RETURNING ${CLAIMED}, kind = 'confirm' AS urgent, send_after AS "sendAfter"`;
  return claimed.sort(
    (a, b) => Number(b.urgent) - Number(a.urgent) || a.sendAfter.getTime() - b.sendAfter.getTime(),
  );
}

/** Mails of one mailing, claimed together. */
export interface ClaimedMailing {
  /** What all of them are rendered from. */
  props: unknown;
  /** They were handed to the provider under this id before, and its answer is not known; null: never. */
  batchId: string | null;
  /** In the order of their ids, so that a batch is the same at every attempt. */
  mails: ClaimedMail[];
}

/**
 * Claims mails of the oldest mailing that has any due: a batch whose outcome is unknown, whole and
 * also of a mailing that is paused, since it may have been accepted; else up to `limit` mails that
 * nobody has begun to send. Claims of one mailing follow each other; it is locked meanwhile.
 */
export async function claimMailing(
  db: PrismaClient,
  leaseId: string,
  leaseSeconds: number,
  limit: number,
): Promise<ClaimedMailing | null> {
  return db.$transaction(async (tx) => {
    const [mailing] = await tx.$queryRaw<{ id: string; props: unknown; runs: boolean }[]>`
      SELECT id, props, paused_at IS NULL AND cancelled_at IS NULL AS runs FROM mailing
      WHERE sent_at IS NOT NULL AND EXISTS (
        SELECT FROM mail WHERE mailing_id = mailing.id AND ${DUE}
          AND (batch_id IS NOT NULL OR (paused_at IS NULL AND cancelled_at IS NULL))
      )
      ORDER BY sent_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;
    if (!mailing) return null;
    const [begun] = await tx.$queryRaw<{ batchId: string }[]>`
      SELECT batch_id AS "batchId" FROM mail
      WHERE mailing_id = ${mailing.id}::uuid AND batch_id IS NOT NULL AND ${DUE}
      ORDER BY send_after, batch_id LIMIT 1`;
    if (!begun && !mailing.runs) return null;
    const chosen = begun
      ? Prisma.sql`batch_id = ${begun.batchId}::uuid AND ${DUE} ORDER BY id FOR UPDATE`
      : Prisma.sql`batch_id IS NULL AND ${DUE} ORDER BY send_after, id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
    const mails = await tx.$queryRaw<ClaimedMail[]>`
      WITH due AS MATERIALIZED (
        SELECT id, attempts AS tried FROM mail WHERE mailing_id = ${mailing.id}::uuid AND ${chosen}
      )
      UPDATE mail SET ${LEASED(leaseId, leaseSeconds)}, begun_at = coalesce(begun_at, now())
      FROM due WHERE mail.id = due.id
      RETURNING ${CLAIMED}`;
    return {
      props: mailing.props,
      batchId: begun?.batchId ?? null,
      mails: mails.sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  });
}

/**
 * Stores that mails are handed to the provider by one call, before the call: it can only be repeated
 * with the same mails. Returns those that are still there.
 */
export async function keepBatch(
  db: PrismaClient,
  mails: readonly ClaimedMail[],
  batchId: string,
): Promise<ClaimedMail[]> {
  const kept = await db.$queryRaw<{ id: string }[]>`
    UPDATE mail SET batch_id = ${batchId}::uuid
    WHERE id = ANY(${idsOf(mails)}::uuid[]) AND lease_id = ${leaseOf(mails)}::uuid RETURNING id`;
  const ids = new Set(kept.map(({ id }) => id));
  return mails.filter(({ id }) => ids.has(id));
}

/** Lets each mail of a refused batch be sent by itself, so that one does not sink the others. */
export async function splitBatch(db: PrismaClient, mails: readonly ClaimedMail[]): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET batch_id = id, lease_id = NULL, lease_until = NULL
    WHERE id = ANY(${idsOf(mails)}::uuid[]) AND lease_id = ${leaseOf(mails)}::uuid`;
}

/** Marks the mails of a batch as sent or refused, all of them or none. Returns how many. */
export async function markBatch(
  db: PrismaClient,
  mails: readonly ClaimedMail[],
  answers: readonly { providerId?: string; refused?: string }[],
): Promise<number> {
  return db.$executeRaw`
    UPDATE mail SET sent_at = CASE WHEN refused IS NULL THEN now() END, failed_at = CASE WHEN refused IS NOT NULL THEN now() END,
      provider_id = answer.provider_id, last_error = refused, lease_id = NULL, lease_until = NULL
    FROM unnest(${idsOf(mails)}::uuid[], ${answers.map(({ providerId }) => providerId ?? null)}::text[],
      ${answers.map(({ refused }) => refused ?? null)}::text[]) AS answer (id, provider_id, refused)
    WHERE mail.id = answer.id AND lease_id = ${leaseOf(mails)}::uuid`;
}

/**
 * Marks a mail as sent and erases its contents and token; one that confirms an erasure, or that
 * somebody represents an organization no longer, is deleted, as its address was promised to be. False
 * if another dispatcher has taken over its lease.
 */
export async function markSent(
  db: PrismaClient,
  { id, leaseId, kind }: ClaimedMail,
  providerId: string | undefined,
): Promise<boolean> {
  if (kind === 'erased' || kind === 'representatives_changed') {
    const { count } = await db.mail.deleteMany({ where: { id, leaseId } });
    return count === 1;
  }
  const marked = await db.$executeRaw`
    UPDATE mail SET sent_at = now(), props = '{}', sealed_token = NULL, provider_id = ${providerId ?? null}, last_error = NULL,
      lease_id = NULL, lease_until = NULL
    WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
  return marked === 1;
}

/**
 * Schedules a retry of mails in `delaySeconds`, or, after their last attempt, marks them as failed and
 * erases their tokens. Returns whether they have failed.
 */
export async function postpone(
  db: PrismaClient,
  mails: readonly ClaimedMail[],
  delaySeconds: number,
  error: string,
): Promise<boolean> {
  const rows = await db.$queryRaw<{ gaveUp: boolean }[]>`
    UPDATE mail SET lease_id = NULL, lease_until = NULL, last_error = ${error},
      send_after = LEAST(now() + make_interval(secs => ${delaySeconds}::float8), last_try.at),
      failed_at = CASE WHEN now() >= last_try.at THEN now() END,
      sealed_token = CASE WHEN now() < last_try.at THEN sealed_token END
    FROM (SELECT id, coalesce(begun_at, created_at) + make_interval(hours => ${LAST_TRY_HOURS}::int) AS at FROM mail
      WHERE id = ANY(${idsOf(mails)}::uuid[])) AS last_try
    WHERE mail.id = last_try.id AND lease_id = ${leaseOf(mails)}::uuid
    RETURNING failed_at IS NOT NULL AS "gaveUp"`;
  return rows[0]?.gaveUp ?? false;
}

/**
 * Releases mails without counting the attempt, due in `delaySeconds`. `error`: the reason, if they
 * were refused.
 */
export async function release(
  db: PrismaClient,
  mails: readonly ClaimedMail[],
  delaySeconds: number,
  error?: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET lease_id = NULL, lease_until = NULL, attempts = attempts - 1,
      last_error = coalesce(${error ?? null}, last_error),
      begun_at = CASE WHEN batch_id IS NOT NULL OR attempts > 1 THEN begun_at END,
      send_after = GREATEST(send_after, now() + make_interval(secs => ${delaySeconds}::float8))
    WHERE id = ANY(${idsOf(mails)}::uuid[]) AND lease_id = ${leaseOf(mails)}::uuid`;
}

/**
 * Marks a mail as not sent, because its address is suppressed. Its token is kept, so that it can be
 * sent once the address is no longer.
 */
export async function markSuppressed(
  db: PrismaClient,
  { id, leaseId }: ClaimedMail,
): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET failed_at = now(), lease_id = NULL, lease_until = NULL, last_error = NULL,
      outcome = coalesce(outcome, 'suppressed'), outcome_at = coalesce(outcome_at, now())
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
