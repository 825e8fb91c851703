import { db, type Db } from '../platform/db/client.ts';
import { env } from '../platform/env.ts';
import { CONFIRMATION_DAYS, MAILS_PER_ENDORSEMENT, SIGN_UP_MAILS_PER_ADDRESS_PER_DAY, UNCONFIRMED_DAYS } from '../platform/limits.ts';
import { addressKey } from '../platform/mail/outbox.ts';
import type { MailProps } from '../platform/mail/kinds.ts';
import { hashToken, newToken, seal } from '../platform/tokens.ts';
import { lockLetter, markPublicChange } from '../letter/commands.ts';
import { listSettings } from '../letter/list-settings.ts';
import { findLetter } from '../letter/queries.ts';
import { signing, titleIn } from '../letter/rules.ts';
import { ORDER_VERSION, type OrderSettings } from '../organization/order.ts';
import { derivedFromNames } from './rules.ts';
import type { SignUp } from './schema.ts';

/**
 * Takes a sign-up. Whatever is known of the address, the answer and the work done are the same, so that nobody learns
 * from them who has signed; only the mail differs.
 *
 * One statement writes the endorsement, the hash of its link's token and its mail (ADR 0007):
 * - an address new to the letter gets an endorsement and a link to confirm;
 * - an unconfirmed one takes over the newer data. Links to other data no longer confirm (`submission`);
 * - one already confirmed, reviewed or withdrawn stays as it is, and its mail says where it stands;
 * - one that a coordinator attested gets no mail: nobody there ever confirmed the address.
 * Mails stop at the caps in lib/platform/limits.ts, and then unconfirmed data stays as last mailed.
 *
 * @param seen the revision that whoever signs had before them; null when they do not say, which counts as the newest.
 *   Refused as `changed` when the text has changed in substance since.
 */
export async function endorse(
  slug: string,
  signUp: SignUp,
  seen: number | null = null,
): Promise<{ ok: true } | { ok: false; reason: 'unknown-letter' | 'closed' | 'withheld-not-offered' } | { ok: false; reason: 'changed'; revision: number }> {
  const letter = await findLetter(slug);
  const now = new Date();
  const signs = letter && signing(letter, now);
  if (!letter?.revision || !letter.substance || signs === 'not-yet') return { ok: false, reason: 'unknown-letter' };
  if (signs === 'over') return { ok: false, reason: 'closed' };
  const revision = Math.min(seen ?? letter.revision, letter.revision);
  if (revision < letter.substance) return { ok: false, reason: 'changed', revision: letter.revision };
  if (signUp.visibility === 'withheld' && !letter.listSettings.offersWithheld) return { ok: false, reason: 'withheld-not-offered' };

  const token = newToken();
  const toKey = addressKey(signUp.representativeEmail);
  const expiresAt = new Date(now.getTime() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const linksRunOutAt = new Date(now.getTime() - CONFIRMATION_DAYS * 24 * 3_600_000);
  const { sortKey, searchText } = derivedFromNames({ ...signUp, signedAt: now }, letter.listSettings);
  const about = { letterSlug: slug, letterTitle: titleIn(letter, signUp.language) };
  const confirm: MailProps['confirm'] = {
    ...about,
    organization: { ja: signUp.nameJa, en: signUp.nameEn },
    withheld: signUp.visibility === 'withheld',
    expiresAt: expiresAt.toISOString(),
  };

  await db().$executeRaw`
    WITH room AS (
      SELECT (count(*) < ${SIGN_UP_MAILS_PER_ADDRESS_PER_DAY})::int AS mails FROM mail
      WHERE to_key = ${toKey} AND created_at > now() - interval '1 day' AND kind IN ('confirm', 'already_signed')
    ), signed AS (
      INSERT INTO endorsement AS known (letter_id, revision, signed_revision, submitted_at, name_ja, reading, name_en, website, country, visibility, sort_key,
        search_text, representative_name, representative_role, email, email_key, language, mail_count)
      SELECT ${letter.id}::uuid, ${revision}, ${revision}, ${now}, ${signUp.nameJa}, ${signUp.reading}, ${signUp.nameEn}, ${signUp.website}, ${signUp.country},
        ${signUp.visibility}::visibility, ${sortKey}, ${searchText}, ${signUp.representativeName},
        ${signUp.representativeRole}, ${signUp.representativeEmail}, ${toKey}, ${signUp.language}::language, room.mails
      FROM room
      ON CONFLICT (letter_id, email_key) DO UPDATE SET
        (revision, signed_revision, name_ja, reading, name_en, website, country, visibility, sort_key, search_text,
          representative_name, representative_role, email, language, submitted_at, submission)
        = (SELECT new.* FROM (SELECT
            EXCLUDED.revision, EXCLUDED.signed_revision, EXCLUDED.name_ja, EXCLUDED.reading, EXCLUDED.name_en, EXCLUDED.website, EXCLUDED.country,
            EXCLUDED.visibility, EXCLUDED.sort_key, EXCLUDED.search_text, EXCLUDED.representative_name,
            EXCLUDED.representative_role, EXCLUDED.email, EXCLUDED.language, EXCLUDED.submitted_at,
            known.submission + (
              (known.name_ja, known.reading, known.name_en, known.website, known.country, known.visibility,
                known.representative_name, known.representative_role)
              IS DISTINCT FROM
              (EXCLUDED.name_ja, EXCLUDED.reading, EXCLUDED.name_en, EXCLUDED.website, EXCLUDED.country,
                EXCLUDED.visibility, EXCLUDED.representative_name, EXCLUDED.representative_role)
            )::int
            WHERE known.state = 'submitted'
          UNION ALL SELECT
            known.revision, known.signed_revision, known.name_ja, known.reading, known.name_en, known.website, known.country,
            known.visibility, known.sort_key, known.search_text, known.representative_name,
            known.representative_role, known.email, known.language, known.submitted_at, known.submission
            WHERE known.state <> 'submitted') AS new),
        mail_count = CASE WHEN known.state = 'submitted' AND known.submitted_at < ${linksRunOutAt} THEN 1
          ELSE known.mail_count + 1 END
        WHERE EXCLUDED.mail_count = 1 AND known.proof = 'email' AND (known.mail_count < ${MAILS_PER_ENDORSEMENT}
          OR (known.state = 'submitted' AND known.submitted_at < ${linksRunOutAt}))
      RETURNING id, letter_id, state, submission, email, mail_count
    ), link AS (
      INSERT INTO verification (endorsement_id, token_hash, submission, expires_at)
      SELECT id, ${hashToken(token)}, submission, ${expiresAt} FROM signed WHERE state = 'submitted' AND mail_count > 0
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT
      (CASE WHEN state = 'submitted' THEN 'confirm' ELSE 'already_signed' END)::mail_kind, ${signUp.language}::language,
      email, ${toKey},
      CASE WHEN state = 'submitted' THEN ${JSON.stringify(confirm)}::jsonb
        ELSE ${JSON.stringify(about)}::jsonb || jsonb_build_object('state', state) END,
      CASE WHEN state = 'submitted' THEN ${seal(token, env().APP_SECRET)}::bytea END,
      letter_id, id
    FROM signed WHERE mail_count > 0`;
  return { ok: true };
}

/** Deletes sign-ups that were never confirmed, with their links and mails, once their term is over. */
export async function deleteUnconfirmed(now: Date = new Date()): Promise<number> {
  const { count } = await db().endorsement.deleteMany({
    where: { state: 'submitted', submittedAt: { lt: new Date(now.getTime() - UNCONFIRMED_DAYS * 24 * 3_600_000) } },
  });
  return count;
}

/**
 * Computes anew what is stored beside the names of a letter's endorsements (their place in the list, and the text that
 * search looks in), after its order was changed. Part of the transaction that changes it, which has locked the letter.
 */
export async function renewDerived(tx: Db, letterId: string, order: OrderSettings): Promise<void> {
  const rows = await tx.endorsement.findMany({
    where: { letterId },
    select: { id: true, nameJa: true, reading: true, nameEn: true, website: true, submittedAt: true },
  });
  const derived = rows.map(({ submittedAt, ...names }) => derivedFromNames({ ...names, signedAt: submittedAt }, order));
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
  const outdated = await db().letter.findMany({ where: { orderVersion: { lt: ORDER_VERSION } }, select: { id: true } });
  for (const { id } of outdated) {
    await db().$transaction(async (tx) => {
      await lockLetter(tx, id);
      const letter = await tx.letter.findUniqueOrThrow({ where: { id }, select: { orderVersion: true, listSettings: true } });
      if (letter.orderVersion >= ORDER_VERSION) return;
      await renewDerived(tx, id, listSettings(letter.listSettings));
      await markPublicChange(tx, id);
    });
  }
}
