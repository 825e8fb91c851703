/** Coordinators vouch for sign-ups that nobody has confirmed by e-mail (ADR 57). */
import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { namesOf } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { sealedPrefix } from '@/lib/platform/sealing';
import { contactsOf } from '../../representatives/queries';
import { asSeen, changed, type Refusal } from '../../review/commands';
import type { Vouched } from '../../review/schema';
import { nextState } from '../../rules';
import { ask } from '../asking/commands';
import { sealedAnew, sealedFile, type Attached, type FileFault } from '../evidence';

/** `text`: the letter's text has changed in substance since the coordinator saw the entry. */
export type VouchedFor = { ok: true } | Refusal | { ok: false; reason: FileFault | 'text' };

/**
 * Makes an unconfirmed sign-up an attested entry that waits for review, with the coordinator's
 * evidence, and asks its address whether the organization has signed. Its address stays unproven, so
 * nothing else is mailed there; the links to confirm that were mailed lead to the question. It stands
 * behind the text that it signed or, if that has changed in substance since, the one that the
 * coordinator saw.
 */
export async function vouch(
  reviewer: Reviewer,
  { id, version, text, evidence }: Vouched,
  attached: Attached | null,
  now: Date = new Date(),
): Promise<VouchedFor> {
  const { letterId } = reviewer;
  const sealed = attached && sealedFile(attached);
  if (sealed && !sealed.ok) return sealed;
  return db().$transaction(async (tx): Promise<VouchedFor> => {
    await lockLetter(tx, letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    const { letter } = entry;
    const state = nextState(entry.state, 'vouch');
    const [contact] = contactsOf(entry);
    if (!state || !contact) return { ok: false, reason: 'not-possible' };
    const binding = letter.bindingRevision ?? 1;
    if (text < binding) return { ok: false, reason: 'text' };
    const revision = Math.max(entry.revision, binding);
    // Confirmations do not wait for the letter's lock.
    const { count } = await tx.endorsement.updateMany({
      where: { id, version, state: entry.state },
      data: {
        state,
        proof: 'attested',
        evidence,
        verifiedAt: now,
        revision,
        signedRevision: revision,
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    if (sealed) await tx.evidenceFile.create({ data: { endorsementId: id, ...sealed.file } });
    await tx.mail.deleteMany({
      where: {
        endorsementId: id,
        kind: { in: ['confirm', 'reminder'] },
        sentAt: null,
        attempts: 0,
      },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'vouch',
      before: { state: entry.state },
      after: { state, evidence },
    });
    const { email, language } = contact;
    const asked = { ...namesOf(entry.names), id, email, language, visibility: entry.visibility };
    await ask(tx, { ...letter, id: letterId }, 'form', [asked], now);
    return { ok: true };
  });
}

/**
 * Seals under the present secret what another one sealed of attached evidence. Returns how many files
 * were written.
 */
export async function sealEvidence(): Promise<number> {
  const files = await db().$queryRaw<{ id: string }[]>`
    SELECT endorsement_id AS id FROM evidence_file WHERE NOT starts_with(name, ${sealedPrefix()})`;
  for (const { id: endorsementId } of files) {
    const file = await db().evidenceFile.findUnique({ where: { endorsementId } });
    if (file)
      await db().evidenceFile.updateMany({
        where: { endorsementId, name: file.name },
        data: sealedAnew(file),
      });
  }
  return files.length;
}
