import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Client } from '@/lib/platform/client-address';
import { Prisma } from '@/lib/platform/db/generated/client';
import { CONFIRMATION_DAYS, REVIEW_NOTICE_MINUTES } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import { deleteUnusedContacts } from '../commands';
import { countSignUp } from '../limits';
import { stateAfter, statesBefore } from '../rules';
import { confirmation } from './queries';
import type { LinkState } from './rules';

/** Another sign-up with the link's address was confirmed concurrently. */
const UNIQUE_VIOLATION = '23505';

const isUniqueViolation = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  JSON.stringify(error.meta ?? '').includes(UNIQUE_VIOLATION);

interface Confirmed {
  id: string;
  slug: string;
  emailKey: string;
}

/**
 * Confirms the endorsement of the link with `token`, or another unconfirmed one with the same
 * address: exactly once under concurrent requests. The same statement verifies the contact and
 * notifies the letter's owners and reviewers and the administrators, each at most once per
 * `REVIEW_NOTICE_MINUTES`: an unsent notice covers all entries that arrive in the meantime.
 * @param seen the revision that the confirmation page showed, which the endorsement then stands
 *   behind. Refused as `changed` if the binding revision is newer.
 * @param attempt id of another sign-up with the address, if not the link's own
 */
export async function confirm(
  token: string,
  seen: number,
  attempt: string | null = null,
): Promise<
  | { ok: true; letterSlug: string }
  | { ok: false; reason: 'unknown' | 'changed' | Exclude<LinkState, 'ready'> }
> {
  const once = () => confirmOnce(hashToken(token), seen, attempt);
  const confirmed = await once().catch((error: unknown) => {
    // The retry sees what was confirmed concurrently.
    if (isUniqueViolation(error)) return once();
    throw error;
  });
  if (confirmed) {
    // The confirmation is committed, so errors are only logged; the hourly cleanup retries.
    await deleteOtherAttempts(confirmed).catch((error: unknown) =>
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
  // The guarded write matched no row although the link was ready: the text has changed, or the link
  // expired in the meantime by the database's clock.
  return { ok: false, reason: seen < meant.revision ? 'changed' : 'expired' };
}

async function confirmOnce(
  tokenHash: Uint8Array,
  seen: number,
  attempt: string | null,
): Promise<Confirmed | null> {
  const [confirmed] = await db().$queryRaw<Confirmed[]>`
    WITH subject AS (
      SELECT chosen.id, chosen.letter_id, chosen.name_key, verification.id AS link_id, least(${seen}::int, letter.revision) AS revision,
        signer.email, signer.email_key, signer.language, coalesce(known.id, signer.id) AS contact_id
      FROM verification
        JOIN endorsement own ON own.id = verification.endorsement_id
        JOIN contact own_contact ON own_contact.id = own.contact_id
        JOIN endorsement chosen ON chosen.id = coalesce(${attempt}::uuid, own.id)
        JOIN contact signer ON signer.id = chosen.contact_id AND signer.email_key = own_contact.email_key
        LEFT JOIN contact known ON known.email_key = signer.email_key AND known.verified_at IS NOT NULL
        JOIN letter ON letter.id = chosen.letter_id
      WHERE token_hash = ${tokenHash} AND expires_at > now()
        AND chosen.state = ANY(${statesBefore('confirm')}::endorsement_state[]) AND letter.binding_revision <= ${seen}::int
        AND NOT EXISTS (SELECT FROM endorsement other WHERE other.letter_id = chosen.letter_id AND other.contact_id = known.id
          AND other.name_key = chosen.name_key AND other.state <> 'submitted')
    ), verified_contact AS (
      UPDATE contact SET verified_at = now(), email = subject.email, language = subject.language
      FROM subject WHERE contact.id = subject.contact_id
    ), verified AS (
      UPDATE endorsement SET state = ${stateAfter('confirm')}::endorsement_state, verified_at = now(), version = version + 1,
        revision = subject.revision, signed_revision = subject.revision, contact_id = subject.contact_id
      FROM subject
      WHERE endorsement.id = subject.id AND endorsement.state = ANY(${statesBefore('confirm')}::endorsement_state[])
      RETURNING endorsement.id, endorsement.letter_id, subject.link_id, subject.email_key
    ), used AS (
      UPDATE verification SET used_at = now() FROM verified WHERE verification.id = verified.link_id
    ), notices AS (
      INSERT INTO mail (kind, language, "to", to_key, props, letter_id, dedupe_key, send_after)
      SELECT 'review_notice', coordinator.language, coordinator.email, coordinator.email,
        jsonb_build_object('letterSlug', letter.slug, 'letterTitle', (
          SELECT regexp_replace(title, ${'\\s*[:：]\\s*$'}, '') FROM revision_title -- as titleIn in lib/letter/rules.ts
          WHERE revision_title.letter_id = letter.id AND revision_title.number = letter.revision
          ORDER BY revision_title.language = coordinator.language DESC, revision_title.language = letter.authoritative_language DESC
          LIMIT 1)),
        letter.id, due.key, due.at
      FROM verified
        JOIN letter ON letter.id = verified.letter_id
        JOIN coordinator ON coordinator.deactivated_at IS NULL AND (coordinator.is_administrator OR EXISTS (
          SELECT FROM letter_role WHERE letter_role.letter_id = letter.id AND letter_role.coordinator_id = coordinator.id
            AND letter_role.role IN ('owner', 'reviewer')))
        CROSS JOIN LATERAL (
          SELECT asked.key, greatest(now(), (
            SELECT max(coalesce(sent_at, send_after)) FROM mail WHERE to_key = coordinator.email
              AND created_at > now() - interval '1 day' AND dedupe_key = asked.key
          ) + make_interval(mins => ${REVIEW_NOTICE_MINUTES}::int)) AS at
          FROM (SELECT concat_ws(':', 'review_notice', letter.id, coordinator.id) AS key) AS asked) AS due
      ON CONFLICT (dedupe_key) WHERE sent_at IS NULL AND failed_at IS NULL DO NOTHING
    )
    SELECT verified.id, letter.slug, verified.email_key AS "emailKey" FROM verified JOIN letter ON letter.id = verified.letter_id`;
  return confirmed ?? null;
}

/**
 * Deletes unconfirmed sign-ups made redundant by a confirmed endorsement with the same address and
 * name. Their links then refer to that endorsement, so that a mail opened later shows the right
 * state.
 * @param confirmed only those for this endorsement; null: all, to clean up after a crash
 */
export async function deleteOtherAttempts(
  confirmed: Pick<Confirmed, 'id' | 'emailKey'> | null,
): Promise<void> {
  const id = confirmed?.id ?? null;
  await db().$executeRaw`
    WITH other AS (
      SELECT attempt.id, confirmed.id AS confirmed_id
      FROM endorsement confirmed
        JOIN contact ON contact.id = confirmed.contact_id AND contact.verified_at IS NOT NULL
        JOIN contact same_address ON same_address.email_key = contact.email_key
        JOIN endorsement attempt ON attempt.contact_id = same_address.id AND attempt.letter_id = confirmed.letter_id
          AND attempt.name_key = confirmed.name_key AND attempt.state = 'submitted'
      WHERE confirmed.state <> 'submitted' AND (${id}::uuid IS NULL OR confirmed.id = ${id}::uuid)
    ), redirected AS (
      UPDATE verification SET endorsement_id = other.confirmed_id FROM other WHERE verification.endorsement_id = other.id
    )
    DELETE FROM endorsement USING other WHERE endorsement.id = other.id AND endorsement.state = 'submitted'`;
  await deleteUnusedContacts(confirmed?.emailKey ?? null);
}

/**
 * Sends a new link for the sign-up of the link with `token`, within the rate limits of sign-ups.
 * Does not reveal whether the token is known.
 * @param client network of the request
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
          visibility: true,
          names: { select: nameFields },
          contact: { select: { email: true, language: true } },
          letter: {
            select: { id: true, slug: true, timeZone: true, contactEmail: true, ...titledFields },
          },
        },
      },
    },
  });
  if (!old?.endorsement.contact || old.endorsement.state !== 'submitted') return { ok: true };
  const { id, contact, letter, names, visibility } = old.endorsement;
  const room = await countSignUp(client, contact.email, letter.id);
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  if (!room.mails) return { ok: true };
  const newer = newToken();
  const expiresAt = new Date(Date.now() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const props: MailProps['confirm'] = {
    letterSlug: letter.slug,
    letterTitle: titleIn(letter, contact.language),
    contact: contactOf(letter),
    organization: namesOf(names).names,
    withheld: visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
  await db().$executeRaw`
    WITH attempt AS (
      SELECT id, letter_id, contact_id FROM endorsement WHERE id = ${id}::uuid AND state = 'submitted' FOR UPDATE
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at) SELECT id, ${hashToken(newer)}, ${expiresAt} FROM attempt
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm', language, email, email_key, ${JSON.stringify(props)}::jsonb, ${seal(newer, env().APP_SECRET)}::bytea, letter_id, attempt.id
    FROM attempt JOIN contact ON contact.id = attempt.contact_id`;
  return { ok: true };
}
