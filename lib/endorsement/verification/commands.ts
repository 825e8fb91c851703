import { db, PREPARED, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Client } from '@/lib/platform/client-address';
import { Prisma } from '@/lib/platform/db/generated/client';
import { CONFIRMATION_DAYS } from '@/lib/platform/limits';
import { errorName, log } from '@/lib/platform/log';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { categoryPlace } from '@/lib/letter/categories';
import { listSettings } from '@/lib/letter/list-settings';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { askAgain } from '../attested/asking/commands';
import { confirmAttested } from '../attested/commands';
import { deleteUnusedContacts, replaceNames } from '../commands';
import { entryLinkExpiry } from '../entry/links/commands';
import { countSignUp } from '../limits';
import { reviewNotices, titleOfLetterIn } from '../review/notices/queries';
import { nameHash, storedFromNames } from '../keys';
import { personSearchText, stateAfter, statesBefore } from '../rules';
import type { SignUp } from '../schema';
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
 * address: exactly once under concurrent requests. The same statement verifies the contact, mails
 * it the private link to the entry, and notifies the letter's owners and reviewers and the administrators, each at most once per
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
  // A coordinator vouched for it while the page was open.
  if (attempt === null && found.state === 'vouched' && seen >= found.revision) {
    const confirmed = await confirmAttested(token);
    return confirmed.ok
      ? { ok: true, letterSlug: found.letterSlug }
      : { ok: false, reason: 'vouched' };
  }
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
  const entryToken = newToken();
  const [confirmed] = await db().$queryRaw<Confirmed[]>`
    ${PREPARED} WITH subject AS (
      SELECT chosen.id, chosen.letter_id, chosen.name_key, verification.id AS link_id, least(${seen}::int, letter.revision) AS revision,
        signer.email, signer.email_key, signer.language, coalesce(known.id, signer.id) AS contact_id
      FROM verification
        JOIN endorsement own ON own.id = verification.endorsement_id
        JOIN contact own_contact ON own_contact.id = own.contact_id
        CROSS JOIN LATERAL (SELECT * FROM endorsement WHERE id = coalesce(${attempt}::uuid, own.id) OFFSET 0) AS chosen
        JOIN contact signer ON signer.id = chosen.contact_id AND signer.email_key = own_contact.email_key
        LEFT JOIN contact known ON known.email_key = signer.email_key AND known.verified_at IS NOT NULL
        JOIN letter ON letter.id = chosen.letter_id
      WHERE token_hash = ${tokenHash} AND expires_at > now()
        AND chosen.state = ANY(${statesBefore('confirm')}::endorsement_state[]) AND letter.binding_revision <= ${seen}::int
        -- Values and OFFSET 0, so that PostgreSQL looks at the few of the address, not at all unconfirmed
        -- ones or all with the name, of which strangers make as many as they like.
        AND NOT coalesce((SELECT bool_or((
            SELECT other.letter_id = chosen.letter_id AND other.name_key = chosen.name_key AND other.state <> 'submitted'
            FROM endorsement other WHERE other.id = endorsement_id))
          FROM representative WHERE contact_id = known.id), false)
    ), verified AS (
      UPDATE endorsement SET state = ${stateAfter('confirm')}::endorsement_state, verified_at = now(), version = version + 1,
        revision = subject.revision, signed_revision = subject.revision, contact_id = subject.contact_id
      FROM subject
      WHERE endorsement.id = subject.id AND endorsement.state = ANY(${statesBefore('confirm')}::endorsement_state[])
      RETURNING endorsement.id, endorsement.letter_id, endorsement.visibility, subject.link_id, subject.email, subject.email_key, subject.language
    ), verified_contact AS (
      UPDATE contact SET verified_at = now(), email = subject.email, language = subject.language
      FROM subject JOIN verified ON verified.id = subject.id WHERE contact.id = subject.contact_id
    ), represented AS (
      UPDATE representative SET contact_id = subject.contact_id FROM subject, verified
      WHERE endorsement_id = subject.id AND endorsement_id = verified.id
      RETURNING representative.id
    ), used AS (
      UPDATE verification SET used_at = now() FROM verified WHERE verification.id = verified.link_id
    ), unsent AS (
      DELETE FROM mail USING verified
      WHERE mail.endorsement_id = verified.id AND kind = 'reminder' AND sent_at IS NULL AND attempts = 0
    ), private_link AS (
      INSERT INTO entry_link (representative_id, token_hash, expires_at) SELECT id, ${hashToken(entryToken)}, ${entryLinkExpiry()} FROM represented
    ), answer AS (
      INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
      SELECT 'confirmed', verified.language, verified.email, verified.email_key,
        jsonb_build_object('letterSlug', letter.slug, 'letterTitle', ${titleOfLetterIn(Prisma.sql`verified.language`)},
          'contact', coalesce(letter.contact_email, ${env().CONTACT_EMAIL ?? null}::text),
          'organization', (SELECT jsonb_object_agg(named.language, named.name) FROM endorsement_name named WHERE named.endorsement_id = verified.id),
          'withheld', verified.visibility = 'withheld'),
        ${seal(entryToken, env().APP_SECRET)}::bytea, letter.id, verified.id
      FROM verified JOIN letter ON letter.id = verified.letter_id
    ), notices AS (
      ${reviewNotices(Prisma.sql`verified`)}
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
  // Those of the address, of which there are few, rather than those of the letter or with the name, as
  // many as strangers like.
  const attempts = confirmed
    ? Prisma.sql`contact_id = ANY(ARRAY(SELECT id FROM contact WHERE email_key = ${confirmed.emailKey}))`
    : Prisma.sql`state = 'submitted'`;
  const one = confirmed ? Prisma.sql`confirmed.id = ${confirmed.id}::uuid` : Prisma.sql`true`;
  await db().$executeRaw`
    ${PREPARED} WITH attempt AS MATERIALIZED (
      SELECT id, contact_id, letter_id, name_key, state FROM endorsement WHERE ${attempts}
    ), other AS (
      SELECT attempt.id, confirmed.id AS confirmed_id
      FROM attempt
        JOIN contact same_address ON same_address.id = attempt.contact_id
        JOIN contact ON contact.email_key = same_address.email_key AND contact.verified_at IS NOT NULL
        JOIN representative ON representative.contact_id = contact.id
        JOIN endorsement confirmed ON confirmed.id = representative.endorsement_id AND attempt.letter_id = confirmed.letter_id
          AND attempt.name_key = confirmed.name_key AND confirmed.state <> 'submitted'
      WHERE attempt.state = 'submitted' AND ${one}
    ), redirected AS (
      UPDATE verification SET endorsement_id = other.confirmed_id FROM other WHERE verification.endorsement_id = other.id
    )
    DELETE FROM endorsement USING other WHERE endorsement.id = other.id AND endorsement.state = 'submitted'`;
  await deleteUnusedContacts(confirmed?.emailKey ?? null);
}

/** What the mail with a new link needs of an unconfirmed sign-up. */
export const linkFields = {
  id: true,
  state: true,
  proof: true,
  visibility: true,
  names: { select: nameFields },
  contact: { select: { email: true, language: true } },
  letter: {
    select: { id: true, slug: true, timeZone: true, contactEmail: true, ...titledFields },
  },
} as const satisfies Prisma.EndorsementSelect;

/**
 * Mails a new link for an unconfirmed sign-up, valid for the full term; former links stay valid for
 * theirs. False if it is not unconfirmed any more, or has no address.
 */
export async function mailNewLink(
  on: Db,
  {
    id,
    contact,
    letter,
    names,
    visibility,
  }: Prisma.EndorsementGetPayload<{ select: typeof linkFields }>,
): Promise<boolean> {
  if (!contact) return false;
  const newer = newToken();
  const expiresAt = new Date(Date.now() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const props: MailProps['confirm'] = {
    letterSlug: letter.slug,
    letterTitle: titleIn(letter, contact.language),
    contact: contactOf(letter),
    organization: storedNames(namesOf(names), visibility).names,
    withheld: visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };
  const mailed = await on.$executeRaw`
    WITH attempt AS (
      SELECT id, letter_id, contact_id FROM endorsement WHERE id = ${id}::uuid AND state = 'submitted' FOR UPDATE
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at) SELECT id, ${hashToken(newer)}, ${expiresAt} FROM attempt
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm', language, email, email_key, ${JSON.stringify(props)}::jsonb, ${seal(newer, env().APP_SECRET)}::bytea, letter_id, attempt.id
    FROM attempt JOIN contact ON contact.id = attempt.contact_id`;
  return mailed === 1;
}

/**
 * Sends a new link for the sign-up of the link with `token`, within the rate limits of sign-ups; if a
 * coordinator vouches for it, one to the question whether that is right.
 * Does not reveal whether the token is known.
 * @param client network of the request
 */
export async function sendNewLink(
  token: string,
  client: Client,
): Promise<{ ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number }> {
  const old = await db().verification.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { endorsement: { select: linkFields } },
  });
  if (!old?.endorsement.contact) return { ok: true };
  const { contact, letter, state, ...entry } = old.endorsement;
  const isVouchedFor = entry.proof === 'attested' && (state === 'verified' || state === 'approved');
  if (state !== 'submitted' && !isVouchedFor) return { ok: true };
  const room = await countSignUp(client, contact.email, letter.id);
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  if (room.mails && isVouchedFor)
    await askAgain(db(), letter, 'form', { ...entry, ...contact, ...namesOf(entry.names) });
  else if (room.mails) await mailNewLink(db(), old.endorsement);
  return { ok: true };
}

/**
 * Corrects the sign-up of the link with `token` before it is confirmed: everything but the address,
 * which the link proves. Refused once it is confirmed or the link has expired.
 */
export async function correctSignUp(
  token: string,
  signUp: SignUp,
): Promise<{ ok: true } | { ok: false; reason: 'not-possible' | 'withheld-not-offered' }> {
  return db().$transaction(async (tx) => {
    const link = await tx.verification.findUnique({
      where: { tokenHash: hashToken(token), expiresAt: { gt: new Date() } },
      select: {
        endorsement: {
          select: {
            id: true,
            visibility: true,
            submittedAt: true,
            letter: { select: { listSettings: true } },
          },
        },
      },
    });
    if (!link) return { ok: false, reason: 'not-possible' };
    const { id: endorsementId, visibility, submittedAt, letter } = link.endorsement;
    const settings = listSettings(letter.listSettings);
    const withholds = signUp.visibility === 'withheld' && visibility !== 'withheld';
    if (withholds && !settings.offersWithheld) return { ok: false, reason: 'withheld-not-offered' };
    const { count } = await tx.endorsement.updateMany({
      where: { id: endorsementId, state: { in: statesBefore('confirm') } },
      data: {
        nameKey: nameHash(signUp),
        website: signUp.website,
        country: signUp.country,
        category: signUp.category,
        categoryPlace: categoryPlace(settings, signUp.category),
        visibility: signUp.visibility,
        authorisedHow: signUp.authorisedHow,
        authorisedBy: signUp.authorisedBy,
        authorisedOn: signUp.authorisedOn === null ? null : new Date(signUp.authorisedOn),
        ...storedFromNames({ ...signUp, signedAt: submittedAt }, settings),
      },
    });
    if (count === 0) return { ok: false, reason: 'not-possible' };
    await replaceNames(tx, endorsementId, signUp);
    await tx.representative.updateMany({
      where: { endorsementId },
      data: {
        name: signUp.representativeName,
        role: signUp.representativeRole,
        searchText: personSearchText(signUp.representativeName),
      },
    });
    return { ok: true };
  });
}
