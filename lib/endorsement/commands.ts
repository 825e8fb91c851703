import { db, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Client } from '@/lib/platform/client-address';
import { CONFIRMATION_DAYS, UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/outbox';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { findLetter } from '@/lib/letter/queries';
import { signing, titleIn } from '@/lib/letter/rules';
import { ORDER_VERSION, type OrderSettings } from '@/lib/organization/order';
import { countSignUp } from './limits';
import { derivedFromNames } from './rules';
import type { SignUp } from './schema';

export type Endorsed =
  | { ok: true }
  | { ok: false; reason: 'unknown-letter' | 'closed' | 'paused' | 'withheld-not-offered' }
  | { ok: false; reason: 'changed'; revision: number }
  | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/**
 * Takes a sign-up. Whatever is known of the address, the answer is the same, so that nobody learns from it who has signed;
 * only the mail differs.
 *
 * One statement writes the endorsement, the hash of its link's token and its mail (ADR 24):
 * - every sign-up is an unconfirmed endorsement of its own, which only its own link confirms: whatever others send with
 *   somebody's address changes nothing of theirs;
 * - an address that has a confirmed endorsement on the letter gets no further one, and a mail that says where it stands;
 * - one that a coordinator attested gets no mail: nobody there ever confirmed the address.
 *
 * Rate limits (lib/platform/limits.ts) are counted first. Beyond those of one mailbox the sign-up is kept without a mail.
 *
 * @param client where the sign-up comes from
 * @param seen the revision that whoever signs had before them; null when they do not say, which counts as the newest.
 *   Refused as `changed` when the text has changed in substance since.
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
  const { sortKey, searchText } = derivedFromNames(
    { ...signUp, signedAt: now },
    letter.listSettings,
  );
  const about = { letterSlug: slug, letterTitle: titleIn(letter, signUp.language) };
  const confirm: MailProps['confirm'] = {
    ...about,
    organization: { ja: signUp.nameJa, en: signUp.nameEn },
    withheld: signUp.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
    timeZone: letter.timeZone,
  };

  await db().$executeRaw`
    WITH confirmed AS (
      SELECT id, state, proof, email FROM endorsement
      WHERE letter_id = ${letter.id}::uuid AND email_key = ${emailKey} AND state <> 'submitted'
    ), attempt AS (
      INSERT INTO endorsement (letter_id, revision, signed_revision, submitted_at, name_ja, reading, name_en, website, country, visibility,
        sort_key, search_text, representative_name, representative_role, email, email_key, language)
      SELECT ${letter.id}::uuid, ${revision}, ${revision}, ${now}, ${signUp.nameJa}, ${signUp.reading}, ${signUp.nameEn}, ${signUp.website},
        ${signUp.country}, ${signUp.visibility}::visibility, ${sortKey}, ${searchText}, ${signUp.representativeName},
        ${signUp.representativeRole}, ${signUp.representativeEmail}, ${emailKey}, ${signUp.language}::language
      WHERE NOT EXISTS (SELECT FROM confirmed)
      RETURNING id, email
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at)
      SELECT id, ${hashToken(token)}, ${expiresAt} FROM attempt WHERE ${room.mails}
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'confirm'::mail_kind, ${signUp.language}::language, email, ${emailKey}, ${JSON.stringify(confirm)}::jsonb,
      ${seal(token, env().APP_SECRET)}::bytea, ${letter.id}::uuid, id
    FROM attempt WHERE ${room.mails}
    UNION ALL
    SELECT 'already_signed', ${signUp.language}::language, email, ${emailKey},
      ${JSON.stringify(about)}::jsonb || jsonb_build_object('state', state), NULL, ${letter.id}::uuid, id
    FROM confirmed WHERE proof = 'email' AND ${room.mails}`;
  return { ok: true };
}

/** Deletes sign-ups that were never confirmed, with their links and mails, once their term is over. */
export async function deleteUnconfirmed(now: Date = new Date()): Promise<number> {
  const { count } = await db().endorsement.deleteMany({
    where: {
      state: 'submitted',
      submittedAt: { lt: new Date(now.getTime() - UNCONFIRMED_DAYS * 24 * 3_600_000) },
    },
  });
  return count;
}

/**
 * Computes anew what is stored beside the names of a letter's endorsements (their place in the list, and the text that
 * search looks in), after its order was changed. Part of the transaction that changes it, which has locked the letter.
 * Unconfirmed sign-ups are left as they are: a stranger can make any number of them, and approval computes theirs.
 */
export async function renewDerived(tx: Db, letterId: string, order: OrderSettings): Promise<void> {
  const rows = await tx.endorsement.findMany({
    where: { letterId, state: { not: 'submitted' } },
    select: {
      id: true,
      nameJa: true,
      reading: true,
      nameEn: true,
      website: true,
      submittedAt: true,
    },
  });
  const derived = rows.map(({ submittedAt, ...names }) =>
    derivedFromNames({ ...names, signedAt: submittedAt }, order),
  );
  await tx.$executeRaw`
    UPDATE endorsement SET sort_key = renewed.sort_key, search_text = renewed.search_text
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${derived.map(({ sortKey }) => sortKey)}::text[], ${derived.map(({ searchText }) => searchText)}::text[])
      AS renewed (id, sort_key, search_text)
    WHERE endorsement.id = renewed.id`;
  await tx.letter.update({ where: { id: letterId }, data: { orderVersion: ORDER_VERSION } });
}

/**
 * {@link renewDerived} for the letters whose keys an older version of the order made. Done at the start of every server;
 * of several that start at once, one does it.
 */
export async function renewOutdated(): Promise<void> {
  const outdated = await db().letter.findMany({
    where: { orderVersion: { lt: ORDER_VERSION } },
    select: { id: true },
  });
  for (const { id } of outdated) {
    await db().$transaction(async (tx) => {
      await lockLetter(tx, id);
      const letter = await tx.letter.findUniqueOrThrow({
        where: { id },
        select: { orderVersion: true, listSettings: true },
      });
      if (letter.orderVersion >= ORDER_VERSION) return;
      await renewDerived(tx, id, listSettings(letter.listSettings));
      await markPublicChange(tx, id);
    });
  }
}
