/** What is kept of people, and for how long after their letter has closed (ADR 53). */
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { PEOPLE } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { withOwn, type OwnRefusal } from '../entry/commands';
import { entryLinkExpiry } from '../entry/links/commands';
import { contactFields, contactsOf } from '../representatives/queries';
import { deletionOf, deletionsOf } from './queries';
import { mayKeep } from './rules';

/**
 * Mails all representatives of some entries when their contact data will be deleted, each with a
 * private link to keep it. Must run in a transaction that has locked the letter.
 */
export async function tellOfDeletion(tx: Db, ids: string[], now: Date): Promise<void> {
  await tx.endorsement.updateMany({
    where: { id: { in: ids } },
    data: { deletionNoticedAt: now },
  });
  const entries = await tx.endorsement.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      letterId: true,
      visibility: true,
      names: { select: nameFields },
      ...contactFields,
      letter: { select: { slug: true, timeZone: true, contactEmail: true, ...titledFields } },
    },
  });
  const deletions = await deletionsOf(tx, ids, now);
  const mails: Prisma.MailCreateManyInput[] = [];
  const links: Prisma.EntryLinkCreateManyInput[] = [];
  for (const entry of entries) {
    const { id, letterId, visibility, names, letter } = entry;
    const deletion = deletions.get(id);
    if (!deletion) continue;
    for (const { representativeId, email, emailKey, language } of contactsOf(entry)) {
      const token = newToken();
      const props: MailProps['deletion_notice'] = {
        letterSlug: letter.slug,
        letterTitle: titleIn(letter, language),
        contact: contactOf(letter),
        organization: storedNames(namesOf(names), visibility).names,
        deletesAt: deletion.at.toISOString(),
        timeZone: letter.timeZone,
      };
      links.push({
        representativeId,
        tokenHash: hashToken(token),
        createdAt: now,
        expiresAt: entryLinkExpiry(now),
      });
      mails.push({
        kind: 'deletion_notice',
        to: email,
        toKey: emailKey,
        language,
        props: { ...props, organization: { ...props.organization } },
        sealedToken: seal(token, env().APP_SECRET),
        letterId,
        endorsementId: id,
      });
    }
  }
  await tx.entryLink.createMany({ data: links });
  await tx.mail.createMany({ data: mails });
}

/**
 * What of an entry goes with its contact data, by table. Each row belongs to one entry, in its column
 * `endorsement_id`. Links and nominations go with their representatives. In the order in which other
 * commands lock them.
 */
const OF_PEOPLE = [
  'verification',
  'attested_question',
  'reminder',
  'representative',
  'mail',
] as const;

/**
 * Deletes the contact data of some entries of a letter: representatives with their contacts, links and
 * nominations, who authorised the signature, mails and the invitation to sign. Names, decisions and
 * what was delivered stay. A contact that stands for another entry stays for that one. Must run in a transaction that has locked the letter.
 */
export async function deleteContactData(tx: Db, ids: string[], now: Date): Promise<void> {
  const entries = Prisma.sql`(SELECT * FROM endorsement WHERE id = ANY(${ids}::uuid[]))`;
  const people = Prisma.sql`(
    SELECT gone.letter_id, gone.organization_id, representative.contact_id
    FROM representative JOIN ${entries} gone ON gone.id = endorsement_id)`;
  // Locked before anything else looks at what refers to them: a confirmation may be about to.
  const contacts = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM contact WHERE id IN (SELECT contact_id FROM ${people} person)
    ORDER BY email_key COLLATE "C" FOR UPDATE`;
  await tx.$executeRaw`
    DELETE FROM organization_contact speaks USING ${people} person
    WHERE speaks.organization_id = person.organization_id AND speaks.contact_id = person.contact_id
      AND NOT EXISTS (SELECT FROM representative other JOIN endorsement ON endorsement.id = other.endorsement_id
        WHERE other.contact_id = speaks.contact_id AND endorsement.organization_id = speaks.organization_id
          AND endorsement.id <> ALL(${ids}::uuid[]) AND endorsement.state IN ('approved', 'withdrawn'))`;
  // What the coordinators knew of it before it signed; the mails first, as whoever sends them.
  const invitees = Prisma.sql`(
    SELECT id FROM invitee WHERE id IN (SELECT invitee_id FROM ${entries} gone)
      OR (letter_id, email_key) IN (
        SELECT letter_id, contact.email_key FROM ${people} person JOIN contact ON contact.id = contact_id))`;
  await tx.$executeRaw`
    DELETE FROM mailbox_message WHERE id IN (
      SELECT id FROM mail WHERE endorsement_id = ANY(${ids}::uuid[]) OR invitee_id IN ${invitees})`;
  await tx.$executeRaw`DELETE FROM mail WHERE invitee_id IN ${invitees}`;
  await tx.$executeRaw`DELETE FROM invitee WHERE id IN ${invitees}`;
  for (const table of OF_PEOPLE)
    await tx.$executeRaw`DELETE FROM ${Prisma.raw(table)} WHERE endorsement_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE endorsement SET contact_id = NULL, authorised_how = NULL, authorised_by = NULL, authorised_on = NULL,
      contact_deleted_at = ${now}, page_kept_until = NULL, deletion_noticed_at = NULL, reminders_ended_at = NULL, version = version + 1
    WHERE id = ANY(${ids}::uuid[])`;
  // Links on request are in mails of no entry.
  await tx.$executeRaw`
    WITH unused AS (
      DELETE FROM contact WHERE id = ANY(${contacts.map(({ id }) => id)}::uuid[])
        AND NOT EXISTS (SELECT FROM endorsement WHERE contact_id = contact.id)
        AND NOT EXISTS (SELECT FROM representative WHERE contact_id = contact.id)
      RETURNING email_key
    ), mailed AS (
      DELETE FROM mail USING unused WHERE to_key = email_key AND kind = 'entry_links' RETURNING mail.id
    )
    DELETE FROM mailbox_message USING mailed WHERE mailbox_message.id = mailed.id`;
}

export type Kept = { ok: true } | OwnRefusal;

/**
 * Keeps the page of the link with `token`, and with it the contact data, some months longer than it
 * would be otherwise. Not possible while the letter has no end: then nothing is going to be deleted.
 */
export async function keepPage(token: string, now: Date = new Date()): Promise<Kept> {
  return withOwn(token, async (tx, { id, letterId }): Promise<Kept> => {
    const deletion = await deletionOf(tx, id, now);
    if (!deletion) return { ok: false, reason: 'not-possible' };
    if (!mayKeep(deletion, now, PEOPLE)) return { ok: true };
    const keptUntil = new Date(deletion.at);
    keptUntil.setUTCMonth(keptUntil.getUTCMonth() + PEOPLE.keptMonths);
    await tx.endorsement.update({
      where: { id },
      data: { pageKeptUntil: keptUntil },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: { kind: 'representative' },
      action: 'keep_page',
      after: { until: keptUntil.toISOString() },
    });
    return { ok: true };
  });
}

/**
 * Takes {@link keepPage} back. Whoever does so knows what follows, so it counts as having been told:
 * the contact data is deleted when its term is over, and at the earliest the time of a notice later.
 */
export async function releasePage(token: string, now: Date = new Date()): Promise<Kept> {
  return withOwn(token, async (tx, { id, letterId }): Promise<Kept> => {
    const { count } = await tx.endorsement.updateMany({
      where: { id, pageKeptUntil: { not: null } },
      data: { pageKeptUntil: null, deletionNoticedAt: now },
    });
    if (count > 0)
      await audit(tx, {
        letterId,
        endorsementId: id,
        actor: { kind: 'representative' },
        action: 'release_page',
      });
    return { ok: true };
  });
}
