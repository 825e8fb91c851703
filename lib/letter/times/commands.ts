import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { markPublicChange } from '@/lib/letter/commands';
import { mayOpen } from './queries';
import {
  plainTimes,
  sameTimes,
  setsOpening,
  timesProblems,
  type Times,
  type TimesProblem,
  type Moment,
} from './rules';

/**
 * Why times were not set: the letter is in the archive, nothing is published to open with, an administrator has to open
 * the first letter, the times do not fit each other, or somebody changed them since they were shown.
 */
export type TimesRefusal =
  | { ok: false; reason: 'archived' | 'unpublished' | 'first-opening' | 'changed' }
  | { ok: false; reason: 'invalid'; problems: Partial<Record<Moment, TimesProblem>> };

const columns = ({ firstTallyLabel, closesLabel, ...times }: Times) => ({
  ...times,
  firstTallyLabelJa: firstTallyLabel.ja,
  firstTallyLabelEn: firstTallyLabel.en,
  closesLabelJa: closesLabel.ja,
  closesLabelEn: closesLabel.en,
});

/**
 * Sets when a letter opens and closes: opening, extending, closing, reopening. The write is guarded by the times that the
 * owner had before them, and audited in the same transaction.
 * @param seen the times as they were shown
 */
export async function setTimes(
  owner: Owner,
  seen: Times,
  wanted: Times,
  now: Date = new Date(),
): Promise<{ ok: true; changed: boolean } | TimesRefusal> {
  const problems = timesProblems(wanted, seen, now);
  if (Object.keys(problems).length > 0) return { ok: false, reason: 'invalid', problems };
  if (sameTimes(wanted, seen)) return { ok: true, changed: false };
  return db().$transaction(async (tx) => {
    const { letterId } = owner;
    if (setsOpening(wanted, seen) && !(await mayOpen(owner, now, tx)))
      return { ok: false, reason: 'first-opening' };
    const { count } = await tx.letter.updateMany({
      where: {
        id: letterId,
        archivedAt: null,
        ...columns(seen),
        ...(wanted.opensAt && { revision: { not: null } }),
      },
      data: columns(wanted),
    });
    if (count === 0) {
      const letter = await tx.letter.findUniqueOrThrow({
        where: { id: letterId },
        select: { archivedAt: true, revision: true },
      });
      if (letter.archivedAt) return { ok: false, reason: 'archived' };
      if (wanted.opensAt && letter.revision === null) return { ok: false, reason: 'unpublished' };
      return { ok: false, reason: 'changed' };
    }
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: owner.coordinatorId,
        action: 'set_times',
        before: plainTimes(seen),
        after: plainTimes(wanted),
      },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}

/**
 * Stops taking sign-ups for a while, or takes them again. Links already mailed can still be confirmed. Not possible where
 * it is so already.
 */
export async function setPaused(
  owner: Owner,
  paused: boolean,
  now: Date = new Date(),
): Promise<{ ok: boolean }> {
  return db().$transaction(async (tx) => {
    const { letterId, coordinatorId } = owner;
    const { count } = await tx.letter.updateMany({
      where: { id: letterId, pausedAt: paused ? null : { not: null } },
      data: { pausedAt: paused ? now : null },
    });
    if (count === 0) return { ok: false };
    await tx.auditEvent.create({
      data: {
        letterId,
        actorId: coordinatorId,
        action: paused ? 'pause' : 'resume',
        before: { paused: !paused },
        after: { paused },
      },
    });
    await markPublicChange(tx, letterId);
    return { ok: true };
  });
}

/**
 * Puts an opened letter into the archive, or takes it out again (`archived` false). In the archive it takes no sign-ups
 * and leaves the list of letters; its page and its deliveries stay. Not possible where it is there already, or not.
 */
export async function setArchived(
  owner: Owner,
  archived: boolean,
  now: Date = new Date(),
): Promise<{ ok: boolean }> {
  return db().$transaction(async (tx) => {
    const id = owner.letterId;
    const before = await tx.letter.findUniqueOrThrow({
      where: { id },
      select: { archivedAt: true },
    });
    const archivedAt = archived ? now : null;
    const { count } = await tx.letter.updateMany({
      where: { id, archivedAt: archived ? null : { not: null }, opensAt: { lte: now } },
      data: { archivedAt },
    });
    if (count === 0) return { ok: false };
    const plain = (at: Date | null) => ({ archivedAt: at && at.toISOString() });
    await tx.auditEvent.create({
      data: {
        letterId: id,
        actorId: owner.coordinatorId,
        action: archived ? 'archive' : 'unarchive',
        before: plain(before.archivedAt),
        after: plain(archivedAt),
      },
    });
    await markPublicChange(tx, id);
    return { ok: true };
  });
}
