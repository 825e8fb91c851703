import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { countSignUp } from '@/lib/endorsement/limits';
import type { Client } from '@/lib/platform/client-address';
import { Prisma } from '@/lib/platform/db/generated/client';
import { CONFIRMATION_DAYS, REVIEW_NOTICE_MINUTES } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { confirmation } from './queries';
import type { LinkState } from './rules';

/** Another of the unconfirmed sign-ups with the address that the link was sent to has been confirmed in the same instant. */
const UNIQUE_VIOLATION = '23505';

const isUniqueViolation = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  JSON.stringify(error.meta ?? '').includes(UNIQUE_VIOLATION);

/**
 * Confirms the endorsement that the link with `token` was sent for, or another unconfirmed one of the same address:
 * exactly once, however many ask at the same time. The same statement tells the letter's owners and reviewers, each at
 * most once in `REVIEW_NOTICE_MINUTES`: a notice that still waits to be sent serves for every entry that arrives meanwhile.
 * @param seen the revision of the letter that the page with the button named; it is what the endorsement stands behind.
 *   Refused as `changed` when the text has changed in substance since.
 * @param attempt which sign-up of the address, where it is not the link's own
 */
export async function confirm(
  token: string,
  seen: number,
  attempt: string | null = null,
): Promise<
  | { ok: true; letterSlug: string }
  | { ok: false; reason: 'unknown' | 'changed' | Exclude<LinkState, 'ready'> }
> {
  const confirmed = await confirmOnce(hashToken(token), seen, attempt).catch((error: unknown) => {
    if (isUniqueViolation(error)) return null;
    throw error;
  });
  if (confirmed) {
    // What is confirmed is confirmed: what fails here is done by the hourly cleaning.
    await deleteOtherAttempts(confirmed.id).catch((error: unknown) =>
      log('warn', 'other sign-ups of a confirmed address were not deleted', {
        error: errorName(error),
      }),
    );
    return { ok: true, letterSlug: confirmed.slug };
  }
  const found = await confirmation(token);
  if (found.state === 'unknown') return { ok: false, reason: 'unknown' };
  const meant = attempt === null ? found : found.others.find(({ id }) => id === attempt);
  if (!meant) return { ok: false, reason: found.state === 'expired' ? 'expired' : 'confirmed' };
  if (attempt === null && found.state !== 'ready') return { ok: false, reason: found.state };
  // The database refused one that is ready: the text has changed, or the link ran out between its clock and ours.
  return { ok: false, reason: seen < meant.revision ? 'changed' : 'expired' };
}

async function confirmOnce(
  tokenHash: Uint8Array,
  seen: number,
  attempt: string | null,
): Promise<{ id: string; slug: string } | null> {
  const [confirmed] = await db().$queryRaw<{ id: string; slug: string }[]>`
    WITH link AS (
      SELECT verification.id, coalesce(chosen.id, own.id) AS endorsement_id
      FROM verification
        JOIN endorsement own ON own.id = verification.endorsement_id
        LEFT JOIN endorsement chosen ON chosen.id = ${attempt}::uuid AND chosen.email_key = own.email_key
      WHERE token_hash = ${tokenHash} AND expires_at > now() AND (${attempt}::uuid IS NULL OR chosen.id IS NOT NULL)
    ), verified AS (
      UPDATE endorsement SET state = 'verified', verified_at = now(), version = version + 1,
        revision = least(${seen}::int, letter.revision), signed_revision = least(${seen}::int, letter.revision)
      FROM link, letter
      WHERE endorsement.id = link.endorsement_id AND endorsement.state = 'submitted'
        AND letter.id = endorsement.letter_id AND letter.substance <= ${seen}::int
        AND NOT EXISTS (SELECT FROM endorsement other WHERE other.letter_id = endorsement.letter_id
          AND other.email_key = endorsement.email_key AND other.state <> 'submitted')
      RETURNING endorsement.id, endorsement.letter_id, link.id AS link_id
    ), used AS (
      UPDATE verification SET used_at = now() FROM verified WHERE verification.id = verified.link_id
    ), notices AS (
      INSERT INTO mail (kind, language, "to", to_key, props, letter_id, dedupe_key, send_after)
      SELECT 'review_notice', coordinator.language, coordinator.email, coordinator.email,
        jsonb_build_object('letterSlug', letter.slug, 'letterTitle', (
          SELECT regexp_replace(coalesce( -- as titleIn in lib/letter/rules.ts
            CASE coordinator.language WHEN 'ja' THEN title_ja ELSE title_en END,
            CASE letter.authoritative_language WHEN 'ja' THEN title_ja ELSE title_en END), ${'\\s*[:：]\\s*$'}, '')
          FROM revision WHERE revision.letter_id = letter.id AND revision.number = letter.revision)),
        letter.id, due.key, due.at
      FROM verified
        JOIN letter ON letter.id = verified.letter_id
        JOIN letter_role ON letter_role.letter_id = letter.id AND letter_role.role IN ('owner', 'reviewer')
        JOIN coordinator ON coordinator.id = letter_role.coordinator_id AND coordinator.deactivated_at IS NULL
        CROSS JOIN LATERAL (
          SELECT asked.key, greatest(now(), (
            SELECT max(coalesce(sent_at, send_after)) FROM mail WHERE to_key = coordinator.email
              AND created_at > now() - interval '1 day' AND dedupe_key = asked.key
          ) + make_interval(mins => ${REVIEW_NOTICE_MINUTES}::int)) AS at
          FROM (SELECT concat_ws(':', 'review_notice', letter.id, coordinator.id) AS key) AS asked) AS due
      ON CONFLICT (dedupe_key) WHERE sent_at IS NULL AND failed_at IS NULL DO NOTHING
    )
    SELECT verified.id, letter.slug FROM verified JOIN letter ON letter.id = verified.letter_id`;
  return confirmed ?? null;
}

/**
 * Deletes the unconfirmed sign-ups whose address has a confirmed endorsement on the same letter. Their links lead to that
 * one from then on, so that a mail opened later says the truth.
 * @param confirmedId only those beside this endorsement; null: all, for what a crash left behind
 */
export async function deleteOtherAttempts(confirmedId: string | null): Promise<void> {
  await db().$executeRaw`
    WITH other AS (
      SELECT attempt.id, confirmed.id AS confirmed_id
      FROM endorsement confirmed
        JOIN endorsement attempt ON attempt.letter_id = confirmed.letter_id AND attempt.email_key = confirmed.email_key AND attempt.state = 'submitted'
      WHERE confirmed.state <> 'submitted' AND (${confirmedId}::uuid IS NULL OR confirmed.id = ${confirmedId}::uuid)
    ), led_on AS (
      UPDATE verification SET endorsement_id = other.confirmed_id FROM other WHERE verification.endorsement_id = other.id
    )
    DELETE FROM endorsement USING other WHERE endorsement.id = other.id AND endorsement.state = 'submitted'`;
}

/**
 * Mails a new link to the sign-up of the one with `token`, within the rate limits of sign-ups. Says nothing of whether the
 * link is known.
 * @param client where the request comes from
 */
export async function sendNewLink(
  token: string,
  client: Client,
): Promise<{ ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number }> {
  const old = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      endorsement: {
        select: {
          id: true,
          state: true,
          email: true,
          nameJa: true,
          nameEn: true,
          visibility: true,
          language: true,
          letter: { select: { id: true, slug: true, timeZone: true, ...titledFields } },
        },
      },
    },
  });
  if (!old || old.endorsement.state !== 'submitted') return { ok: true };
  const { endorsement } = old;
  const room = await countSignUp(client, endorsement.email, endorsement.letter.id);
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  if (!room.mails) return { ok: true };
  const newer = newToken();
  const expiresAt = new Date(Date.now() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const props: MailProps['confirm'] = {
    letterSlug: endorsement.letter.slug,
    letterTitle: titleIn(endorsement.letter, endorsement.language),
    organization: { ja: endorsement.nameJa, en: endorsement.nameEn },
    withheld: endorsement.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: endorsement.letter.timeZone,
  };
  await db().$executeRaw`
    WITH attempt AS (
      SELECT id, letter_id, email, email_key, language FROM endorsement WHERE id = ${endorsement.id}::uuid AND state = 'submitted' FOR UPDATE
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at) SELECT id, ${hashToken(newer)}, ${expiresAt} FROM attempt
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm', language, email, email_key, ${JSON.stringify(props)}::jsonb, ${seal(newer, env().APP_SECRET)}::bytea, letter_id, id
    FROM attempt`;
  return { ok: true };
}
