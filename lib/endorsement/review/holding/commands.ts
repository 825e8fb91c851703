/** Entries that coordinators hold: they are not approved until they are released (ADR 61). */
import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { BatchOutcome } from '@/lib/platform/db/generated/enums';
import { mayHold } from '../../rules';
import { asSeen, changed, type Done } from '../commands';
import type { EntryAsSeen } from '../schema';
import type { Hold } from './schema';

/** Holds an entry, or releases it (`reason` null), as `decideIn` decides on one. */
async function mark(
  tx: Db,
  reviewer: Reviewer,
  { id, version }: EntryAsSeen,
  reason: string | null,
): Promise<Done> {
  const { letterId } = reviewer;
  const seen = await asSeen(tx, reviewer, id, version);
  if (!seen.ok) return seen;
  const { state, heldAt } = seen.entry;
  const holds = reason !== null;
  if (holds ? heldAt !== null || !mayHold(state) : heldAt === null)
    return { ok: false, reason: 'not-possible' };
  const { count } = await tx.endorsement.updateMany({
    where: { id, version },
    data: {
      heldAt: holds ? new Date() : null,
      heldReason: reason,
      version: { increment: 1 },
    },
  });
  if (count === 0) return changed(tx, id);
  await audit(tx, {
    letterId,
    endorsementId: id,
    actor: actorOf(reviewer),
    action: holds ? 'hold' : 'release',
    ...(holds && { after: { note: reason } }),
  });
  return { ok: true };
}

/** Releases a held entry, in a transaction that has locked the letter. */
export const releaseIn = (tx: Db, reviewer: Reviewer, seen: EntryAsSeen) =>
  mark(tx, reviewer, seen, null);

/** Releases a held entry. */
export async function release(reviewer: Reviewer, seen: EntryAsSeen): Promise<Done> {
  return db().$transaction(async (tx) => {
    await lockLetter(tx, reviewer.letterId);
    return releaseIn(tx, reviewer, seen);
  });
}

/**
 * Holds several entries in one transaction, as `decideBatch` decides on several; what cannot be held
 * is left. Nobody is mailed, and the public sees nothing of it. Returns the batch's id.
 */
export async function holdBatch(reviewer: Reviewer, { entries, reason }: Hold): Promise<string> {
  const { letterId, coordinatorId } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const outcomes: { endorsementId: string; outcome: BatchOutcome; version: number }[] = [];
    for (const { id, version } of entries) {
      const held = await mark(tx, reviewer, { id, version }, reason);
      // Not on this letter, or deleted meanwhile.
      if (!held.ok && held.reason === 'not-found') continue;
      const left = !held.ok && held.reason === 'changed' ? 'changed' : 'not_possible';
      outcomes.push({
        endorsementId: id,
        outcome: held.ok ? 'decided' : left,
        version: held.ok ? version + 1 : version,
      });
    }
    const { id } = await tx.batch.create({
      data: { letterId, coordinatorId, step: 'hold', entries: { createMany: { data: outcomes } } },
      select: { id: true },
    });
    return id;
  });
}
