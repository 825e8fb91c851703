import type { Reviewer } from '@/lib/coordinator/access';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { nameFields } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import type { BatchOutcome } from '@/lib/platform/db/generated/enums';
import { chosenReason, decideIn, type Decided } from '../commands';
import { releaseIn } from '../holding/commands';
import { alikeAmong } from './queries';
import type { BatchDecision } from './schema';

/** What becomes of an entry whose decision was refused. */
function refused(decided: Extract<Decided, { ok: false }>): BatchOutcome | null {
  switch (decided.reason) {
    // Not on this letter, or erased meanwhile.
    case 'not-found':
      return null;
    case 'organization-has-signed':
      return 'alike';
    case 'not-possible':
      return 'not_possible';
    case 'held':
      return 'held';
    case 'changed':
    // The whole batch is refused for that before.
    case 'reason-gone':
      return 'changed';
  }
}

/**
 * Approves or declines several entries in one transaction, each as `decide` does, with one public
 * change. Entries that cannot be decided on are left, and the others decided; so are, on approval,
 * those whose organization may be known already, since somebody has to choose it
 * (docs/decisions/0055-deciding-on-several-entries.md). Returns the
 * batch's id; null if the letter does not have the reason for declining (any more).
 */
export async function decideBatch(
  reviewer: Reviewer,
  { entries, ...decision }: BatchDecision,
): Promise<string | null> {
  const { letterId, coordinatorId } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    if (decision.step === 'decline' && !(await chosenReason(tx, letterId, decision.reason)))
      return null;
    const rows = await tx.endorsement.findMany({
      where: { letterId, id: { in: entries.map(({ id }) => id) } },
      select: { id: true, website: true, visibility: true, names: { select: nameFields } },
    });
    const alike = decision.step === 'approve' ? await alikeAmong(reviewer, rows, tx) : new Set();
    const outcomes: { endorsementId: string; outcome: BatchOutcome; version: number }[] = [];
    let isPublic = false;
    for (const { id, version } of entries) {
      if (alike.has(id)) {
        outcomes.push({ endorsementId: id, outcome: 'alike', version });
        continue;
      }
      const decided = await decideIn(
        tx,
        reviewer,
        decision.step === 'approve'
          ? { id, version, step: 'approve' }
          : { id, version, step: 'decline', reason: decision.reason, note: decision.note },
      );
      const outcome = decided.ok ? 'decided' : refused(decided);
      if (decided.ok) isPublic ||= decided.isPublic;
      if (outcome)
        outcomes.push({ endorsementId: id, outcome, version: decided.ok ? version + 1 : version });
    }
    if (isPublic) await markPublicChange(tx, letterId);
    const { id } = await tx.batch.create({
      data: {
        letterId,
        coordinatorId,
        step: decision.step,
        entries: { createMany: { data: outcomes } },
      },
      select: { id: true },
    });
    return id;
  });
}

/**
 * Takes a batch's decisions back, where nobody has changed the entry since. False if the letter has
 * no such batch.
 */
export async function undoBatch(reviewer: Reviewer, id: string): Promise<boolean> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const batch = await tx.batch.findFirst({
      where: { id, letterId },
      select: {
        step: true,
        entries: { where: { outcome: 'decided' }, select: { endorsementId: true, version: true } },
      },
    });
    if (!batch) return false;
    let isPublic = false;
    const undone: string[] = [];
    for (const { endorsementId, version } of batch.entries) {
      const seen = { id: endorsementId, version };
      const decided =
        batch.step === 'hold'
          ? await releaseIn(tx, reviewer, seen)
          : await decideIn(tx, reviewer, { ...seen, step: 'take_back' });
      if (!decided.ok) continue;
      if ('isPublic' in decided && decided.isPublic === true) isPublic = true;
      undone.push(endorsementId);
    }
    await tx.batchEntry.updateMany({
      where: { batchId: id, endorsementId: { in: undone } },
      data: { outcome: 'undone' },
    });
    if (isPublic) await markPublicChange(tx, letterId);
    return true;
  });
}
