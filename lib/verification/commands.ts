import { db } from '../platform/db/client.ts';
import { env } from '../platform/env.ts';
import { CONFIRMATION_DAYS, MAILS_PER_ENDORSEMENT, REVIEW_NOTICE_MINUTES, SIGN_UP_MAILS_PER_ADDRESS_PER_DAY } from '../platform/limits.ts';
import type { MailProps } from '../platform/mail/kinds.ts';
import { hashToken, newToken, seal } from '../platform/tokens.ts';
import { titledFields, titleIn } from '../letter/rules.ts';
import { confirmation } from './queries.ts';
import type { LinkState } from './rules.ts';

/**
 * Confirms the endorsement that the link with `token` was sent for: exactly once, however many ask at the same time. The
 * same statement tells the letter's owners and reviewers, each at most once in `REVIEW_NOTICE_MINUTES`: a notice that
 * still waits to be sent serves for every entry that arrives meanwhile.
 * @param seen the revision of the letter that the page with the button named; it is what the endorsement stands behind.
 *   Refused as `changed` when the text has changed in substance since.
 */
export async function confirm(
  token: string,
  seen: number,
): Promise<{ ok: true; letterSlug: string } | { ok: false; reason: 'unknown' | 'changed' | Exclude<LinkState, 'ready'> }> {
  const tokenHash = hashToken(token);
  const confirmed = await db().$queryRaw<{ slug: string }[]>`
    WITH link AS (
      SELECT id, endorsement_id, submission FROM verification WHERE token_hash = ${tokenHash} AND expires_at > now()
    ), verified AS (
      UPDATE endorsement SET state = 'verified', verified_at = now(), version = version + 1,
        revision = least(${seen}::int, letter.revision), signed_revision = least(${seen}::int, letter.revision)
      FROM link, letter
      WHERE endorsement.id = link.endorsement_id AND endorsement.submission = link.submission
        AND endorsement.state = 'submitted' AND letter.id = endorsement.letter_id AND letter.substance <= ${seen}::int
      RETURNING endorsement.letter_id, link.id AS link_id
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
    SELECT letter.slug FROM verified JOIN letter ON letter.id = verified.letter_id`;
  if (confirmed[0]) return { ok: true, letterSlug: confirmed[0].slug };
  const found = await confirmation(token);
  // The database refused one that is ready: the text has changed, or the link ran out between its clock and ours.
  if (found.state !== 'ready') return { ok: false, reason: found.state };
  return { ok: false, reason: seen < found.revision ? 'changed' : 'expired' };
}

/**
 * Mails a new link in place of the one with `token`, whether that has expired or been superseded, within the caps. Says
 * nothing of whether it did.
 */
export async function sendNewLink(token: string): Promise<void> {
  const old = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      endorsement: {
        select: {
          id: true,
          nameJa: true,
          nameEn: true,
          visibility: true,
          language: true,
          letter: { select: { slug: true, ...titledFields } },
        },
      },
    },
  });
  if (!old) return;
  const { endorsement } = old;
  const newer = newToken();
  const expiresAt = new Date(Date.now() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const props: MailProps['confirm'] = {
    letterSlug: endorsement.letter.slug,
    letterTitle: titleIn(endorsement.letter, endorsement.language),
    organization: { ja: endorsement.nameJa, en: endorsement.nameEn },
    withheld: endorsement.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
  };
  await db().$executeRaw`
    WITH counted AS (
      UPDATE endorsement SET mail_count = mail_count + 1
      WHERE id = ${endorsement.id}::uuid AND state = 'submitted' AND mail_count < ${MAILS_PER_ENDORSEMENT}
        AND (SELECT count(*) FROM mail WHERE to_key = endorsement.email_key AND created_at > now() - interval '1 day'
          AND kind IN ('confirm', 'already_signed')) < ${SIGN_UP_MAILS_PER_ADDRESS_PER_DAY}
      RETURNING id, letter_id, submission, email, email_key, language
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, submission, expires_at)
      SELECT id, ${hashToken(newer)}, submission, ${expiresAt} FROM counted
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm', language, email, email_key, ${JSON.stringify(props)}::jsonb, ${seal(newer, env().APP_SECRET)}::bytea,
      letter_id, id
    FROM counted`;
}
