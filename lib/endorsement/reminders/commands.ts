import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn, type Titled } from '@/lib/letter/rules';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { ReminderOccasion } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import type { Language } from '@/lib/platform/languages';
import { CONFIRMATION_DAYS, REMINDERS, UNCONFIRMED_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { derivedToken, hashToken, isToken, newToken, seal } from '@/lib/platform/tokens';
import { dueSignUps, type RemindingLetter } from './rules';

/** The terms of {@link dueSignUps}. */
const TERMS = {
  ...REMINDERS,
  linkDays: CONFIRMATION_DAYS,
  keptDays: CONFIRMATION_DAYS + UNCONFIRMED_DAYS,
};

/** Reminders written by one statement. */
const AT_ONCE = 2_000;

interface Letter extends RemindingLetter, Titled {
  id: string;
  slug: string;
  timeZone: string;
  contactEmail: string | null;
}

/**
 * The sign-ups submitted in a time that are due, at most {@link AT_ONCE}: of each address its newest,
 * whose page offers the others, too. None of addresses that were reminded of this letter on the
 * occasion, or want no reminders of it; nor such as got no mail when they signed, or a stranger
 * could have an address reminded beyond the limit of its mails. Looks at each of the letter's
 * sign-ups once, however many have one address.
 */
async function due(
  letterId: string,
  occasion: ReminderOccasion,
  { from, before }: { from: Date; before: Date },
): Promise<{ id: string; language: Language }[]> {
  return db().$queryRaw`
    WITH unconfirmed AS MATERIALIZED (
      SELECT endorsement.id, email_key, language, submitted_at, reminders_ended_at IS NOT NULL
          OR EXISTS (SELECT FROM reminder WHERE endorsement_id = endorsement.id AND occasion = ${occasion}::reminder_occasion) AS done
      FROM endorsement JOIN contact ON contact.id = contact_id
      WHERE letter_id = ${letterId}::uuid AND state = 'submitted'
    ), newest AS (
      SELECT DISTINCT ON (email_key) id, language FROM unconfirmed
      WHERE submitted_at >= ${from} AND submitted_at < ${before}
        AND email_key NOT IN (SELECT email_key FROM unconfirmed WHERE done)
        AND EXISTS (SELECT FROM verification WHERE endorsement_id = unconfirmed.id)
      ORDER BY email_key, submitted_at DESC, id
    )
    SELECT id, language FROM newest LIMIT ${AT_ONCE}`;
}

/**
 * Writes a reminder for each of the sign-ups, with a link of its own; earlier links stay valid. One
 * statement notes the reminder and writes its mail, so that no crash and no other server process
 * leads to a second one. Returns the number written.
 */
async function remind(
  letter: Letter,
  occasion: ReminderOccasion,
  signUps: readonly { id: string; language: Language }[],
  now: Date,
): Promise<number> {
  const rows = await db().endorsement.findMany({
    where: { id: { in: signUps.map(({ id }) => id) } },
    select: { id: true, visibility: true, names: { select: nameFields } },
  });
  const languages = new Map(signUps.map(({ id, language }) => [id, language]));
  const expiresAt = new Date(now.getTime() + CONFIRMATION_DAYS * 24 * 3_600_000);
  const mails = rows.map(({ id, visibility, names }) => {
    const token = newToken();
    const props: MailProps['reminder'] = {
      letterSlug: letter.slug,
      letterTitle: titleIn(letter, languages.get(id)!),
      contact: contactOf(letter),
      organization: storedNames(namesOf(names), visibility).names,
      withheld: visibility === 'withheld',
      expiresAt: expiresAt.toISOString(),
      closesAt: letter.closesAt?.toISOString() ?? null,
      timeZone: letter.timeZone,
    };
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    return {
      id,
      props: JSON.stringify(props),
      link: hex(hashToken(token)),
      end: hex(hashToken(derivedToken(token, 'unsubscribe'))),
      sealed: hex(seal(token, env().APP_SECRET)),
    };
  });
  return db().$executeRaw`
    WITH given AS (
      SELECT id, props, decode(link, 'hex') AS link, decode(ending, 'hex') AS ending, decode(sealed, 'hex') AS sealed
      FROM unnest(${mails.map(({ id }) => id)}::uuid[], ${mails.map(({ props }) => props)}::text[],
        ${mails.map(({ link }) => link)}::text[], ${mails.map(({ end }) => end)}::text[],
        ${mails.map(({ sealed }) => sealed)}::text[]) AS given (id, props, link, ending, sealed)
    ), still AS MATERIALIZED (
      SELECT id, letter_id, contact_id FROM endorsement
      WHERE id IN (SELECT id FROM given) AND state = 'submitted' AND reminders_ended_at IS NULL
      ORDER BY id FOR UPDATE
    ), noted AS (
      INSERT INTO reminder (endorsement_id, occasion, unsubscribe_hash)
      SELECT still.id, ${occasion}::reminder_occasion, ending FROM still JOIN given ON given.id = still.id
      ON CONFLICT DO NOTHING RETURNING endorsement_id
    ), linked AS (
      INSERT INTO verification (endorsement_id, token_hash, expires_at)
      SELECT given.id, link, ${expiresAt} FROM noted JOIN given ON given.id = endorsement_id
    )
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'reminder', language, email, email_key, props::jsonb, sealed, letter_id, given.id
    FROM noted JOIN given ON given.id = endorsement_id JOIN still ON still.id = given.id
      JOIN contact ON contact.id = contact_id`;
}

/** Writes all reminders that are due, of all letters. Running it concurrently is safe. */
export async function remindUnconfirmed(now: Date = new Date()): Promise<number> {
  const letters = await db().letter.findMany({
    where: { reminds: true, revision: { not: null }, opensAt: { lte: now }, archivedAt: null },
    select: {
      ...titledFields,
      id: true,
      slug: true,
      timeZone: true,
      contactEmail: true,
      reminds: true,
      opensAt: true,
      closesAt: true,
      archivedAt: true,
      pausedAt: true,
      afterClosing: true,
    },
  });
  let written = 0;
  for (const letter of letters) {
    for (const occasion of Object.values(ReminderOccasion)) {
      const submitted = dueSignUps(occasion, letter, now, TERMS);
      if (!submitted) continue;
      for (let more = true; more;) {
        const signUps = await due(letter.id, occasion, submitted);
        const count = signUps.length > 0 ? await remind(letter, occasion, signUps, now) : 0;
        written += count;
        // None written: another process is at it.
        more = signUps.length === AT_ONCE && count > 0;
      }
    }
  }
  return written;
}

/**
 * Ends reminders of a letter to the address that the reminder with `token` went to, and nothing
 * else. False if there is no such sign-up any more, of which no reminder comes either.
 */
export async function endReminders(token: string): Promise<boolean> {
  if (!isToken(token)) return false;
  const ended = await db().$queryRaw<unknown[]>`
    WITH ended AS (
      UPDATE endorsement SET reminders_ended_at = coalesce(reminders_ended_at, now()) FROM reminder
      WHERE unsubscribe_hash = ${hashToken(token)} AND endorsement.id = endorsement_id
      RETURNING letter_id, contact_id
    ), unsent AS (
      DELETE FROM mail USING ended JOIN contact ON contact.id = contact_id
      WHERE mail.letter_id = ended.letter_id AND to_key = email_key AND kind = 'reminder' AND sent_at IS NULL AND attempts = 0
    )
    SELECT 1 AS ended FROM ended`;
  return ended.length > 0;
}
