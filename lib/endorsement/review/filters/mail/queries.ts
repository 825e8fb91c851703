import type { LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { suppressionsOf } from '@/lib/platform/mail/suppression';

/** Addresses whose hashes are looked up by one query. */
const AT_ONCE = 5_000;

/**
 * The contacts among representatives of a letter's entries that are not mailed any more. Only their
 * hashes are stored, so all are looked up.
 */
async function suppressedContacts({ letterId }: LetterAccess): Promise<string[]> {
  if ((await db().suppressedAddress.findFirst({ select: { reason: true } })) === null) return [];
  // As one row: a hundred thousand take seconds to be read.
  const [all] = await db().$queryRaw<{ ids: string[]; emails: string[] }[]>`
    SELECT coalesce(array_agg(contact.id::text), '{}') AS ids, coalesce(array_agg(contact.email), '{}') AS emails
    FROM endorsement JOIN representative ON representative.endorsement_id = endorsement.id
      JOIN contact ON contact.id = representative.contact_id
    WHERE endorsement.letter_id = ${letterId}::uuid`;
  const { ids, emails } = all ?? { ids: [], emails: [] };
  const found: string[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const suppressed = await suppressionsOf(db(), emails.slice(from, from + AT_ONCE));
    if (suppressed.size === 0) continue;
    found.push(
      ...ids.slice(from, from + AT_ONCE).filter((_, n) => suppressed.has(emails[from + n]!)),
    );
  }
  return found;
}

/**
 * The ids of entries whose newest mail did not arrive, or one of whose addresses is not mailed any
 * more, as an SQL query.
 */
export async function entriesWithFailingMail(access: LetterAccess): Promise<Prisma.Sql> {
  const contacts = await suppressedContacts(access);
  return Prisma.sql`
    SELECT endorsement_id FROM mail WHERE letter_id = ${access.letterId}::uuid
      AND (failed_at IS NOT NULL OR outcome = 'returned') AND coalesce(outcome = 'returned', true)
      AND NOT EXISTS (SELECT FROM mail AS newer WHERE newer.endorsement_id = mail.endorsement_id
        AND (newer.created_at, newer.id) > (mail.created_at, mail.id))
    UNION ALL SELECT endorsement_id FROM representative WHERE contact_id = ANY(${contacts}::uuid[])`;
}
