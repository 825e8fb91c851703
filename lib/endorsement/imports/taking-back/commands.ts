import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { forgetNames } from '@/lib/organization/commands';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { importedSince, untouched } from '../queries';

export type TakenBack =
  { ok: true; removed: number; left: number } | { ok: false; reason: 'not-possible' };

/**
 * Takes an import back: deletes its entries that nobody has changed since and that no delivery
 * holds, with what was mailed and audited of them, the organizations that were made for them, and
 * the evidence, if nothing of the import stands any more. The others stay. Refused when it is too
 * long ago.
 */
export async function takeBackImport(
  reviewer: Reviewer,
  id: string,
  now: Date = new Date(),
): Promise<TakenBack> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx): Promise<TakenBack> => {
    await lockLetter(tx, letterId);
    const found = await tx.import.findFirst({
      where: { id, letterId, doneAt: { gte: importedSince(now) }, takenBackAt: null },
      select: { id: true },
    });
    if (!found) return { ok: false, reason: 'not-possible' };
    // Locked: an organization that confirms its entry just now keeps it.
    await tx.$queryRaw`SELECT FROM endorsement WHERE import_id = ${id}::uuid ORDER BY id FOR UPDATE`;
    const entries = await tx.endorsement.findMany({
      where: { letterId, ...untouched(id) },
      select: { id: true, state: true, organizationId: true, contactId: true },
    });
    const ids = entries.map((entry) => entry.id);
    // The mails first, as whoever sends them.
    await tx.$executeRaw`DELETE FROM mail WHERE endorsement_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`
      DELETE FROM audit_value USING audit_event
      WHERE audit_value.event_id = audit_event.id AND audit_event.endorsement_id = ANY(${ids}::uuid[])`;
    await tx.$executeRaw`DELETE FROM endorsement WHERE id = ANY(${ids}::uuid[])`;
    const contacts = entries.flatMap(({ contactId }) => contactId ?? []);
    await tx.$executeRaw`
      DELETE FROM contact WHERE id = ANY(${contacts}::uuid[]) AND verified_at IS NULL
        AND NOT EXISTS (SELECT FROM endorsement WHERE contact_id = contact.id)
        AND NOT EXISTS (SELECT FROM representative WHERE contact_id = contact.id)`;
    const organizations = entries.flatMap(({ organizationId }) => organizationId ?? []);
    await tx.$executeRaw`
      DELETE FROM organization WHERE id = ANY(${organizations}::uuid[]) AND merged_into_id IS NULL
        AND NOT EXISTS (SELECT FROM endorsement WHERE organization_id = organization.id)
        AND NOT EXISTS (SELECT FROM organization AS other WHERE other.merged_into_id = organization.id)`;
    // Those that have signed another letter since keep what stands there.
    const shared = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM organization WHERE id = ANY(${organizations}::uuid[])`;
    for (const { id: organizationId } of shared)
      await forgetNames(tx, { endorsementId: id, organizationId });
    const left = await tx.endorsement.count({ where: { importId: id } });
    if (left === 0) await tx.importFile.deleteMany({ where: { importId: id } });
    await tx.import.update({
      where: { id },
      data: { takenBackAt: now, ...(left === 0 && { note: null }) },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(reviewer),
      action: 'take_back_import',
      before: { import: id },
      after: { count: ids.length, left },
    });
    if (entries.some(({ state }) => state === 'approved')) await markPublicChange(tx, letterId);
    return { ok: true, removed: ids.length, left };
  });
}
