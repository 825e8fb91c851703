/** Representatives who go: they leave, are removed, or hand over (ADR 50). */
import { contactOf } from '@/lib/letter/contact';
import { titleIn } from '@/lib/letter/rules';
import { namesOf, storedNames } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import type { Db } from '@/lib/platform/db/client';
import { enqueue } from '@/lib/platform/mail/outbox';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { REPRESENTATIVE, withOwn, type LockedEntry, type OwnRefusal } from '../entry/commands';
import { contactsOfEntry, type EntryContact } from './queries';

/** Deletes those of the contacts for which nothing stands any more. */
export async function deleteIfUnused(tx: Db, contactIds: readonly string[]): Promise<void> {
  await tx.contact.deleteMany({
    where: {
      id: { in: [...contactIds] },
      endorsements: { none: {} },
      representatives: { none: {} },
    },
  });
}

/** Makes the contact of the representative who has been there longest the one of a locked entry. */
export async function settleFirst(tx: Db, endorsementId: string): Promise<void> {
  const [first] = await contactsOfEntry(endorsementId, tx);
  await tx.endorsement.update({
    where: { id: endorsementId },
    data: { contactId: first?.contactId ?? null, version: { increment: 1 } },
  });
}

/** Mails a representative of a locked entry, or a former one, what has become of the representatives. */
export async function mailRepresentatives(
  tx: Db,
  { id, letterId, visibility, names, letter }: LockedEntry,
  { email, language }: Pick<EntryContact, 'email' | 'language'>,
  what: MailProps['representatives_changed']['what'],
): Promise<void> {
  await enqueue(tx, {
    kind: 'representatives_changed',
    to: email,
    language,
    letterId,
    endorsementId: id,
    props: {
      letterSlug: letter.slug,
      letterTitle: titleIn(letter, language),
      contact: contactOf(letter),
      organization: storedNames(namesOf(names), visibility).names,
      what,
    },
  });
}

/**
 * Ends what a representative has to do with a locked entry, and tells them: their links, whom they
 * nominated, the mails to them about it, and their address, unless something else is left of it.
 * Does not look whether anybody represents the organization then.
 */
export async function endRepresentation(
  tx: Db,
  entry: LockedEntry,
  leaving: EntryContact,
  what: 'left' | 'removed' | 'handed_over',
): Promise<void> {
  const { id: endorsementId, organizationId } = entry;
  const { representativeId, contactId, emailKey } = leaving;
  // Whoever was invited to sign by this address has signed, though it goes.
  await tx.$executeRaw`
    UPDATE endorsement SET invitee_id = invitee.id FROM invitee
    WHERE endorsement.id = ${endorsementId}::uuid AND invitee_id IS NULL
      AND invitee.letter_id = endorsement.letter_id AND invitee.email_key = ${emailKey}`;
  const nominated = await tx.nomination.findMany({
    where: { nominatedById: representativeId },
    select: { emailKey: true },
  });
  await tx.mail.deleteMany({
    where: {
      endorsementId,
      OR: [
        { toKey: emailKey },
        { kind: 'nominated', toKey: { in: nominated.map((nominee) => nominee.emailKey) } },
      ],
    },
  });
  // What the first one was mailed before there were others.
  const isFirst = await tx.endorsement.count({ where: { id: endorsementId, contactId } });
  if (isFirst > 0) {
    await tx.verification.deleteMany({ where: { endorsementId } });
    await tx.reminder.deleteMany({ where: { endorsementId } });
    await tx.attestedQuestion.deleteMany({ where: { endorsementId } });
  }
  await tx.representative.delete({ where: { id: representativeId } });
  await settleFirst(tx, endorsementId);
  if (organizationId) {
    const others = await tx.representative.count({
      where: {
        contactId,
        endorsement: { organizationId, state: { in: ['approved', 'withdrawn'] } },
      },
    });
    if (others === 0)
      await tx.organizationContact.deleteMany({ where: { organizationId, contactId } });
  }
  await deleteIfUnused(tx, [contactId]);
  await mailRepresentatives(tx, entry, leaving, what);
}

/**
 * Ends the representation of the entry of the link with `token` for one of its representatives: for
 * whoever holds the link, or for a colleague. Refused for the last one, since nobody could speak for
 * the organization then.
 */
export async function removeRepresentative(
  token: string,
  representativeId: string,
): Promise<{ ok: true; left: boolean } | OwnRefusal> {
  return withOwn(
    token,
    async (tx, entry, readerId): Promise<{ ok: true; left: boolean } | OwnRefusal> => {
      const contacts = await contactsOfEntry(entry.id, tx);
      const leaving = contacts.find((contact) => contact.representativeId === representativeId);
      if (!leaving || contacts.length < 2) return { ok: false, reason: 'not-possible' };
      const left = representativeId === readerId;
      await endRepresentation(tx, entry, leaving, left ? 'left' : 'removed');
      await audit(tx, {
        letterId: entry.letterId,
        endorsementId: entry.id,
        actor: REPRESENTATIVE,
        action: left ? 'leave' : 'remove_representative',
      });
      return { ok: true, left };
    },
  );
}
