/** What coordinators do about addresses that deny an attested entry (ADR 57). */
import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { asSeen, type Done } from '../../review/commands';
import type { Dismissal } from '../../review/schema';
import { DENIED } from '../queries';

/**
 * Lets an entry stand though its address says that the organization has not signed, with a note why.
 * Nobody is mailed; the same answer is not brought up again. Refused if the entry has changed since
 * the coordinator saw it, or nothing denies it any more.
 */
export async function dismissDenial(
  reviewer: Reviewer,
  { id, version, why }: Dismissal,
  now: Date = new Date(),
): Promise<Done> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx): Promise<Done> => {
    await lockLetter(tx, letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { count } = await tx.attestedQuestion.updateMany({
      where: { endorsementId: id, ...DENIED },
      data: { dismissedAt: now },
    });
    if (count === 0) return { ok: false, reason: 'not-possible' };
    await tx.endorsement.update({ where: { id }, data: { version: { increment: 1 } } });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'dismiss_denial',
      after: { note: why },
    });
    return { ok: true };
  });
}
