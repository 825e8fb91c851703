/** What coordinators decide on requests that organizations make about their entries (ADR 38). */
import { actorOf, type Owner, type Reviewer } from '@/lib/coordinator/access';
import { contactOf } from '@/lib/letter/contact';
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { titleIn } from '@/lib/letter/rules';
import {
  deleteUnusedOrganization,
  forgetNames,
  unlinkOrganization,
} from '@/lib/organization/commands';
import { namesOf, storedNames } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { enqueue } from '@/lib/platform/mail/outbox';
import { applyChange, changeableOf, changeSide } from '../../entry/commands';
import { proposedChange } from '../../entry/queries';
import { storedFromNames } from '../../keys';
import { deleteIfUnused } from '../../representatives/commands';
import { contactsOf } from '../../representatives/queries';
import { asSeen, type Done } from '../commands';
import type { ChangeDecision, EntryAsSeen } from '../schema';

/**
 * Accepts or declines the change that an organization proposed, and tells it. Refused if the entry
 * has changed since the coordinator saw it, or nothing is proposed any more.
 */
export async function settleChange(
  reviewer: Reviewer,
  { id, version, decision, note }: ChangeDecision,
): Promise<Done> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx): Promise<Done> => {
    await lockLetter(tx, letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    const row = await tx.proposedChange.findUnique({ where: { endorsementId: id } });
    if (!row) return { ok: false, reason: 'not-possible' };
    const proposed = proposedChange(row);
    const before = changeableOf(entry);
    const isAccepted = decision === 'accept';
    if (isAccepted) await applyChange(tx, entry, proposed);
    else {
      await tx.proposedChange.delete({ where: { endorsementId: id } });
      await tx.endorsement.update({ where: { id }, data: { version: { increment: 1 } } });
    }
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: isAccepted ? 'accept_change' : 'decline_change',
      before: changeSide(before),
      after: { ...changeSide(proposed), ...(note !== null && { note }) },
      withheld: [before, proposed].some(({ visibility }) => visibility === 'withheld'),
    });
    const { letter } = entry;
    const stands = isAccepted ? proposed : before;
    for (const contact of contactsOf(entry))
      await enqueue(tx, {
        kind: 'change_decided',
        to: contact.email,
        language: contact.language,
        letterId,
        endorsementId: id,
        props: {
          letterSlug: letter.slug,
          letterTitle: titleIn(letter, contact.language),
          contact: contactOf(letter),
          organization: storedNames(stands, stands.visibility).names,
          accepted: isAccepted,
          withheld: stands.visibility === 'withheld',
          note,
        },
      });
    if (isAccepted && entry.state === 'approved') await markPublicChange(tx, letterId);
    return { ok: true };
  });
}

export type Erased = { ok: true; outcome: 'deleted' | 'kept' } | Exclude<Done, { ok: true }>;

/**
 * Deletes what only the audit of an entry still says: names, readings, websites and notes. Who did
 * what and when stays (ADR 27).
 * @param paths a regular expression of the values to erase
 */
async function eraseAuditValues(tx: Db, endorsementId: string, paths: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM audit_value USING audit_event
    WHERE audit_value.event_id = audit_event.id AND audit_event.endorsement_id = ${endorsementId}::uuid
      AND audit_value.path ~ ${paths}`;
}

/**
 * Erases what is held about an entry, as its organization asked. One that no delivery holds is
 * deleted, and so leaves the letter. One that was delivered stays as it was signed, with its names
 * and without the people: contacts, representatives, mails, links and notes are deleted. So is, of
 * either, the invitation to sign. A last mail says so to each representative.
 */
export async function erase(owner: Owner, { id, version }: EntryAsSeen): Promise<Erased> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<Erased> => {
    await lockLetter(tx, letterId);
    const seen = await asSeen(tx, owner, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    if (!entry.erasureRequestedAt) return { ok: false, reason: 'not-possible' };
    const isDelivered = entry.delivery !== null;
    const outcome = isDelivered ? 'kept' : 'deleted';
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(owner),
      action: 'erase',
      before: { state: entry.state },
      after: { entry: outcome },
    });
    const { organizationId } = entry;
    const contacts = contactsOf(entry);
    const contactIds = contacts.map(({ contactId }) => contactId);
    const names = namesOf(entry.names);
    if (organizationId)
      await unlinkOrganization(tx, {
        endorsementId: id,
        organizationId,
        contactIds,
        names: isDelivered ? { names: {}, reading: null } : names,
      });
    if (isDelivered) {
      await tx.endorsement.update({
        where: { id },
        data: {
          contactId: null,
          importId: null,
          website: null,
          evidence: null,
          authorisedHow: null,
          authorisedBy: null,
          authorisedOn: null,
          declineNote: null,
          heldReason: null,
          erasureRequestedAt: null,
          version: { increment: 1 },
          ...storedFromNames(
            {
              ...names,
              website: null,
              signedAt: entry.submittedAt,
              visibility: entry.visibility,
            },
            listSettings(entry.letter.listSettings),
          ),
        },
      });
      const where = { where: { endorsementId: id } };
      // With their links and whom they have nominated.
      await tx.representative.deleteMany(where);
      await tx.verification.deleteMany(where);
      await tx.attestedQuestion.deleteMany(where);
      await tx.evidenceFile.deleteMany(where);
      await tx.proposedChange.deleteMany(where);
      await tx.entryNote.deleteMany(where);
      await tx.mail.deleteMany(where);
      await eraseAuditValues(tx, id, '(note|evidence|website)$');
    } else {
      await tx.endorsement.delete({ where: { id } });
      await eraseAuditValues(tx, id, '');
      if (organizationId) {
        await forgetNames(tx, { endorsementId: id, organizationId });
        await deleteUnusedOrganization(tx, organizationId);
      }
    }
    const { letter, inviteeId } = entry;
    // What the coordinators knew of it before it signed; the mails first, as whoever sends them.
    const invited = {
      letterId,
      OR: [
        ...(inviteeId ? [{ id: inviteeId }] : []),
        { emailKey: { in: contacts.map(({ emailKey }) => emailKey) } },
      ],
    };
    await tx.mail.deleteMany({ where: { invitee: invited } });
    await tx.invitee.deleteMany({ where: invited });
    for (const contact of contacts)
      // Of no entry or letter, in whose log it would stand.
      await enqueue(tx, {
        kind: 'erased',
        to: contact.email,
        language: contact.language,
        props: {
          letterSlug: letter.slug,
          letterTitle: titleIn(letter, contact.language),
          contact: contactOf(letter),
          outcome,
        },
      });
    await deleteIfUnused(tx, contactIds);
    if (!isDelivered && entry.state === 'approved') await markPublicChange(tx, letterId);
    return { ok: true, outcome };
  });
}
