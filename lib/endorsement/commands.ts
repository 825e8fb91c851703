import { db, PREPARED, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Client } from '@/lib/platform/client-address';
import { CONFIRMATION_DAYS } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import { addressKey } from '@/lib/platform/mail/address';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { countSignUpCheck } from '@/lib/platform/metrics/sign-up-checks';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { contactOf } from '@/lib/letter/contact';
import { categoryPlace } from '@/lib/letter/categories';
import { signing, titleIn } from '@/lib/letter/rules';
import type { SignedLetter } from '@/lib/letter/queries';
import { nameRows, storedNames, type Names } from '@/lib/organization/names';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { countSignUp } from './limits';
import { originOf } from './origin';
import { admit, NO_EFFORT, watchPressure, type Admitted, type Effort } from './pressure/commands';
import { isUnderPressure } from './pressure/rules';
import { nameHash, storedFromNames } from './keys';
import { nameKey, personSearchText } from './rules';
import type { SignUp } from './schema';

/** How a sign-up was sent. */
export interface Sending extends Effort {
  /** A field was filled in that people do not see: the sign-up is answered, and not recorded. */
  trapped: boolean;
}

const PLAIN: Sending = { ...NO_EFFORT, trapped: false };

export type Endorsed =
  | Admitted
  | { ok: false; reason: 'unknown-letter' | 'closed' | 'paused' | 'withheld-not-offered' }
  | { ok: false; reason: 'changed'; revision: number };

/**
 * Records a sign-up. The response is the same whatever is known of the address, so that it does not
 * reveal who has signed; only the mail differs.
 *
 * A single statement writes the endorsement with its names, its contact, the hash of its link's
 * token and its mail (ADR 24):
 * - Every sign-up is an unconfirmed endorsement with an unverified contact of its own, which only
 *   its own link confirms: sign-ups by others with the same address do not change it.
 * - If the address has confirmed an endorsement with the same name, no further one is created; the
 *   mail states its status. Name keys that wait for renewal are still in the clear.
 *
 * Rate limits (lib/platform/limits.ts) are checked first, and under pressure whether work was done
 * for it. Beyond the mailbox limit, the sign-up is stored but no mail is sent.
 *
 * @param letter null if there is none at the address
 * @param client network of the request
 * @param seen the revision that was shown to the representative; null if unknown, which counts as
 *   the newest. Refused as `changed` if the binding revision is newer.
 * @param invitee the token of the invitee's link through which the form was opened, if any
 */
export async function endorse(
  letter: SignedLetter | null,
  signUp: SignUp,
  client: Client,
  seen: number | null = null,
  invitee: string | null = null,
  { trapped, ...effort }: Sending = PLAIN,
): Promise<Endorsed> {
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

  const admitted: Admitted = isUnderPressure(letter, now)
    ? await admit(letter, client, effort, now)
    : { ok: true };
  if (!admitted.ok) return admitted;
  const room = await countSignUp(client, signUp.representativeEmail, letter.id);
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  if (trapped) {
    countSignUpCheck('trapped');
    return admitted;
  }

  const mailAt = admitted.mailAt ?? null;
  const token = newToken();
  const emailKey = addressKey(signUp.representativeEmail);
  const expiresAt = new Date(now.getTime() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const stored = storedNames(signUp, signUp.visibility);
  const rows = nameRows(stored);
  const key = nameHash(signUp);
  const { sortKey, searchText } = storedFromNames(
    { ...signUp, signedAt: now },
    letter.listSettings,
  );
  const origin = originOf(letter.id, client, signUp.representativeEmail);
  const about = {
    letterSlug: letter.slug,
    letterTitle: titleIn(letter, signUp.language),
    contact: contactOf(letter),
  };
  const confirm: MailProps['confirm'] = {
    ...about,
    organization: stored.names,
    withheld: signUp.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };

  await db().$executeRaw`
    ${PREPARED} WITH signed AS (
      SELECT endorsement.id, state, email FROM contact JOIN representative ON representative.contact_id = contact.id
        JOIN endorsement ON endorsement.id = endorsement_id
      WHERE email_key = ${emailKey} AND contact.verified_at IS NOT NULL
        AND letter_id = ${letter.id}::uuid AND name_key IN (${key}, ${nameKey(signUp)}) AND state <> 'submitted'
    ), signer AS (
      INSERT INTO contact (email, email_key, language)
      SELECT ${signUp.representativeEmail}, ${emailKey}, ${signUp.language}
      WHERE NOT EXISTS (SELECT FROM signed)
      RETURNING id, email
    ), attempt AS (
      INSERT INTO endorsement (letter_id, contact_id, revision, signed_revision, submitted_at, agreed_at, name_key, website, country,
        visibility, sort_key, search_text, category, category_place, authorised_how, authorised_by, authorised_on, invitee_id)
      SELECT ${letter.id}::uuid, id, ${revision}, ${revision}, ${now}, ${now}, ${key}, ${signUp.website}, ${signUp.country},
        ${signUp.visibility}::visibility, ${sortKey}, ${searchText},
        ${signUp.category}, ${categoryPlace(letter.listSettings, signUp.category)},
        ${signUp.authorisedHow}::authorisation, ${signUp.authorisedBy}, ${signUp.authorisedOn}::date,
        (SELECT invitee.id FROM invitee_link JOIN invitee ON invitee.id = invitee_id
          WHERE invitee_link.token_hash = ${hashToken(invitee ?? '')} AND invitee.letter_id = ${letter.id}::uuid AND withdrawn_at IS NULL)
      FROM signer
      RETURNING id
    ), signed_by AS (
      INSERT INTO representative (endorsement_id, contact_id, name, role, search_text)
      SELECT attempt.id, signer.id, ${signUp.representativeName}, ${signUp.representativeRole}, ${personSearchText(signUp.representativeName)}
      FROM signer, attempt
    ), named AS (
      INSERT INTO endorsement_name (endorsement_id, language, name, reading)
      SELECT id, signed_names.* FROM attempt, unnest(${rows.map(({ language }) => language)}::text[],
        ${rows.map(({ name }) => name)}::text[], ${rows.map(({ reading }) => reading)}::text[]) AS signed_names
    ), origin AS (
      INSERT INTO sign_up_origin (endorsement_id, letter_id, at, network, domain)
      SELECT id, ${letter.id}::uuid, ${now}, ${origin.network}, ${origin.domain} FROM attempt
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at)
      SELECT id, ${hashToken(token)}, ${expiresAt} FROM attempt WHERE ${room.mails}
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id, send_after)
    SELECT 'confirm'::mail_kind, ${signUp.language}, email, ${emailKey}, ${JSON.stringify(confirm)}::jsonb,
      ${seal(token, env().APP_SECRET)}::bytea, ${letter.id}::uuid, attempt.id, coalesce(${mailAt}::timestamptz, now())
    FROM signer, attempt WHERE ${room.mails}
    UNION ALL
    SELECT 'already_signed', ${signUp.language}, email, ${emailKey},
      ${JSON.stringify(about)}::jsonb || jsonb_build_object('state', state), NULL, ${letter.id}::uuid, id,
      coalesce(${mailAt}::timestamptz, now())
    FROM signed WHERE ${room.mails}`;
  // The sign-up is recorded, whatever comes of this.
  await watchPressure(letter, room.ofLetter?.points ?? 0, now).catch((error: unknown) =>
    log('warn', 'the pressure on sign-ups could not be looked at', { error: errorName(error) }),
  );
  return admitted;
}

/** Replaces the names of an endorsement; they are stored sealed if they are withheld. */
export async function replaceNames(
  tx: Db,
  endorsementId: string,
  { visibility, ...names }: Names & { visibility: Visibility },
): Promise<void> {
  await tx.endorsementName.deleteMany({ where: { endorsementId } });
  await tx.endorsementName.createMany({
    data: nameRows(storedNames(names, visibility)).map((row) => ({ ...row, endorsementId })),
  });
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
      representatives: { none: {} },
      organizations: { none: {} },
      ...(emailKey !== null && { emailKey }),
    },
  });
}
