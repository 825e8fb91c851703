import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Client } from '@/lib/platform/client-address';
import { CONFIRMATION_DAYS, UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/address';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { contactOf } from '@/lib/letter/contact';
import { findLetter } from '@/lib/letter/queries';
import { signing, titleIn } from '@/lib/letter/rules';
import { fold } from '@/lib/organization/folding';
import { nameRows } from '@/lib/organization/names';
import { countSignUp } from './limits';
import { derivedFromNames, nameKey } from './rules';
import type { SignUp } from './schema';

export type Endorsed =
  | { ok: true }
  | { ok: false; reason: 'unknown-letter' | 'closed' | 'paused' | 'withheld-not-offered' }
  | { ok: false; reason: 'changed'; revision: number }
  | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/**
 * Records a sign-up. The response is the same whatever is known of the address, so that it does not
 * reveal who has signed; only the mail differs.
 *
 * A single statement writes the endorsement with its names, its contact, the hash of its link's
 * token and its mail (ADR 24):
 * - Every sign-up is an unconfirmed endorsement with an unverified contact of its own, which only
 *   its own link confirms: sign-ups by others with the same address do not change it.
 * - If the address has confirmed an endorsement with the same name, no further one is created; the
 *   mail states its status.
 *
 * Rate limits (lib/platform/limits.ts) are checked first. Beyond the mailbox limit, the sign-up is
 * stored but no mail is sent.
 *
 * @param client network of the request
 * @param seen the revision that was shown to the representative; null if unknown, which counts as
 *   the newest. Refused as `changed` if the binding revision is newer.
 */
export async function endorse(
  slug: string,
  signUp: SignUp,
  client: Client,
  seen: number | null = null,
): Promise<Endorsed> {
  const letter = await findLetter(slug);
  const now = new Date();
  const signs = letter && signing(letter, now);
  if (!letter?.revision || !letter.bindingRevision || signs === 'not-yet')
    return { ok: false, reason: 'unknown-letter' };
  if (signs === 'over') return { ok: false, reason: 'closed' };
  if (signs === 'paused') return { ok: false, reason: 'paused' };
  const revision = Math.min(seen ?? letter.revision, letter.revision);
  if (revision < letter.bindingRevision)
    return { ok: false, reason: 'changed', revision: letter.revision };
  if (signUp.visibility === 'withheld' && !letter.listSettings.offersWithheld)
    return { ok: false, reason: 'withheld-not-offered' };

  const room = await countSignUp(client, signUp.representativeEmail, letter.id);
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };

  const token = newToken();
  const emailKey = addressKey(signUp.representativeEmail);
  const expiresAt = new Date(now.getTime() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const rows = nameRows(signUp);
  const { sortKey, searchText } = derivedFromNames(
    { ...signUp, signedAt: now },
    letter.listSettings,
  );
  const about = {
    letterSlug: slug,
    letterTitle: titleIn(letter, signUp.language),
    contact: contactOf(letter),
  };
  const confirm: MailProps['confirm'] = {
    ...about,
    organization: signUp.names,
    withheld: signUp.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };

  await db().$executeRaw`
    WITH signed AS (
      SELECT endorsement.id, state, email FROM contact JOIN endorsement ON contact_id = contact.id
      WHERE email_key = ${emailKey} AND contact.verified_at IS NOT NULL
        AND letter_id = ${letter.id}::uuid AND name_key = ${nameKey(signUp)} AND state <> 'submitted'
    ), signer AS (
      INSERT INTO contact (email, email_key, language)
      SELECT ${signUp.representativeEmail}, ${emailKey}, ${signUp.language}
      WHERE NOT EXISTS (SELECT FROM signed)
      RETURNING id, email
    ), attempt AS (
      INSERT INTO endorsement (letter_id, contact_id, revision, signed_revision, submitted_at, agreed_at, name_key, website, country,
        visibility, sort_key, search_text)
      SELECT ${letter.id}::uuid, id, ${revision}, ${revision}, ${now}, ${now}, ${nameKey(signUp)}, ${signUp.website}, ${signUp.country},
        ${signUp.visibility}::visibility, ${sortKey}, ${searchText}
      FROM signer
      RETURNING id
    ), signed_by AS (
      INSERT INTO representative (endorsement_id, name, role, search_text)
      SELECT id, ${signUp.representativeName}, ${signUp.representativeRole}, ${fold(signUp.representativeName)} FROM attempt
    ), named AS (
      INSERT INTO endorsement_name (endorsement_id, language, name, reading)
      SELECT id, signed_names.* FROM attempt, unnest(${rows.map(({ language }) => language)}::text[],
        ${rows.map(({ name }) => name)}::text[], ${rows.map(({ reading }) => reading)}::text[]) AS signed_names
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at)
      SELECT id, ${hashToken(token)}, ${expiresAt} FROM attempt WHERE ${room.mails}
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm'::mail_kind, ${signUp.language}, email, ${emailKey}, ${JSON.stringify(confirm)}::jsonb,
      ${seal(token, env().APP_SECRET)}::bytea, ${letter.id}::uuid, attempt.id
    FROM signer, attempt WHERE ${room.mails}
    UNION ALL
    SELECT 'already_signed', ${signUp.language}, email, ${emailKey},
      ${JSON.stringify(about)}::jsonb || jsonb_build_object('state', state), NULL, ${letter.id}::uuid, id
    FROM signed WHERE ${room.mails}`;
  return { ok: true };
}

/** Deletes expired unconfirmed sign-ups with their links, mails and contacts. */
export async function deleteUnconfirmed(now: Date = new Date()): Promise<number> {
  const { count } = await db().endorsement.deleteMany({
    where: {
      state: 'submitted',
      submittedAt: { lt: new Date(now.getTime() - UNCONFIRMED_DAYS * 24 * 3_600_000) },
    },
  });
  await deleteUnusedContacts(null);
  return count;
}

/**
 * Deletes unverified contacts without endorsements.
 * @param emailKey only those with this address; null: all
 */
export async function deleteUnusedContacts(emailKey: string | null): Promise<void> {
  await db().contact.deleteMany({
    where: {
      verifiedAt: null,
      endorsements: { none: {} },
      organizations: { none: {} },
      ...(emailKey !== null && { emailKey }),
    },
  });
}
