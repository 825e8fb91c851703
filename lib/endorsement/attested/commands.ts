/** What the address of an attested endorsement answers (ADR 42). */
import { contactOf } from '@/lib/letter/contact';
import { lockLetter } from '@/lib/letter/lock';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { enqueue } from '@/lib/platform/mail/outbox';
import { deleteUnusedContacts } from '../commands';
import { addEntryLink } from '../entry/links/commands';
import { contactFields, contactsOf, type EntryContact } from '../representatives/queries';
import { reviewNotices } from '../review/notices/queries';
import { askedThrough } from './queries';

export type Answered = { ok: true } | { ok: false; reason: 'unknown' | 'over' | 'already-signed' };

const answeredFields = {
  id: true,
  state: true,
  proof: true,
  nameKey: true,
  visibility: true,
  organizationId: true,
  names: { select: nameFields },
  ...contactFields,
  letter: { select: { id: true, slug: true, contactEmail: true, ...titledFields } },
} as const satisfies Prisma.EndorsementSelect;

type Entry = Prisma.EndorsementGetPayload<{ select: typeof answeredFields }>;

/** Locks the letter of the question behind the link with `token`, and returns its entry; null if there is none. */
async function locked(
  tx: Db,
  token: string,
  now: Date,
): Promise<(Entry & { answer: string | null }) | null> {
  const asked = await askedThrough(tx, token, now);
  if (!asked) return null;
  const of = await tx.endorsement.findUnique({ where: { id: asked }, select: { letterId: true } });
  if (!of) return null;
  await lockLetter(tx, of.letterId);
  // Read again under the lock.
  const endorsementId = await askedThrough(tx, token, now);
  if (!endorsementId) return null;
  const found = await tx.attestedQuestion.findUnique({
    where: { endorsementId },
    select: { answer: true, endorsement: { select: answeredFields } },
  });
  return found && { ...found.endorsement, answer: found.answer };
}

const stands = ({ state }: Entry) => state === 'approved' || state === 'verified';

/** The contact that the address has confirmed: its verified one, or its own, verified from now on. */
async function verifiedContact(
  tx: Db,
  { contactId: id, emailKey }: EntryContact,
  now: Date,
): Promise<string> {
  const known = await tx.contact.findFirst({
    where: { emailKey, verifiedAt: { not: null } },
    select: { id: true },
  });
  await tx.contact.update({ where: { id: known?.id ?? id }, data: { verifiedAt: now } });
  return known?.id ?? id;
}

/**
 * Confirms an attested endorsement from its address: its proof is then as strong as that of a
 * sign-up, and the private link to the entry is mailed there. Refused if the address has confirmed
 * another endorsement of this name on the letter.
 */
export async function confirmAttested(token: string, now: Date = new Date()): Promise<Answered> {
  const answered = await db().$transaction(async (tx): Promise<Answered & { freed?: string }> => {
    const entry = await locked(tx, token, now);
    const [contact] = entry ? contactsOf(entry) : [];
    if (!entry || !contact) return { ok: false, reason: 'unknown' };
    if (!stands(entry)) return { ok: false, reason: 'over' };
    if (entry.proof === 'email') return { ok: true };
    const { id, letter, nameKey, names, visibility, state, organizationId } = entry;
    const other = await tx.endorsement.count({
      where: {
        id: { not: id },
        letterId: letter.id,
        nameKey,
        state: { not: 'submitted' },
        representatives: {
          some: { contact: { emailKey: contact.emailKey, verifiedAt: { not: null } } },
        },
      },
    });
    if (other > 0) return { ok: false, reason: 'already-signed' };
    const contactId = await verifiedContact(tx, contact, now);
    await tx.endorsement.update({
      where: { id },
      data: { proof: 'email', verifiedAt: now, contactId, version: { increment: 1 } },
    });
    await tx.representative.update({
      where: { id: contact.representativeId },
      data: { contactId },
    });
    await tx.attestedQuestion.update({
      where: { endorsementId: id },
      data: { answer: 'confirmed', answeredAt: now },
    });
    if (state === 'approved' && organizationId)
      await tx.organizationContact.createMany({
        data: { organizationId, contactId },
        skipDuplicates: true,
      });
    await audit(tx, {
      letterId: letter.id,
      endorsementId: id,
      actor: { kind: 'representative' },
      action: 'confirm_attested',
    });
    await enqueue(tx, {
      kind: state === 'approved' ? 'approved' : 'confirmed',
      to: contact.email,
      language: contact.language,
      letterId: letter.id,
      endorsementId: id,
      props: {
        letterSlug: letter.slug,
        letterTitle: titleIn(letter, contact.language),
        contact: contactOf(letter),
        organization: storedNames(namesOf(names), visibility).names,
        withheld: visibility === 'withheld',
      },
      token: await addEntryLink(tx, contact.representativeId),
    });
    return { ok: true, freed: contact.emailKey };
  });
  if (answered.ok && answered.freed) await deleteUnusedContacts(answered.freed);
  return answered.ok ? { ok: true } : answered;
}

/**
 * Notes that the address of an attested endorsement says that its organization has not signed, and
 * tells the letter's reviewers. The entry stays until one of them decides: nobody has proved that
 * the address is the organization's, so that it alone can take nobody off a list.
 */
export async function denyAttested(token: string, now: Date = new Date()): Promise<Answered> {
  return db().$transaction(async (tx): Promise<Answered> => {
    const entry = await locked(tx, token, now);
    if (!entry) return { ok: false, reason: 'unknown' };
    if (!stands(entry) || entry.proof === 'email') return { ok: false, reason: 'over' };
    if (entry.answer === 'denied') return { ok: true };
    const { id, letter } = entry;
    await tx.attestedQuestion.update({
      where: { endorsementId: id },
      data: { answer: 'denied', answeredAt: now },
    });
    await audit(tx, {
      letterId: letter.id,
      endorsementId: id,
      actor: { kind: 'representative' },
      action: 'deny_attested',
    });
    await tx.$executeRaw(reviewNotices(Prisma.sql`(SELECT ${letter.id}::uuid AS letter_id)`));
    return { ok: true };
  });
}
