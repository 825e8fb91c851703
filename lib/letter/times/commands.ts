import { actorOf, type Owner } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { keepingUnoffered } from '@/lib/platform/languages';
import { lockLetter, markPublicChange } from '../lock';
import { mayOpen, timesFields, toTimes } from './queries';
import {
  inTime,
  plainTimes,
  sameTimes,
  setsOpening,
  timesProblems,
  type Moment,
  type Times,
  type TimesProblem,
} from './rules';

/**
 * Why times were not saved: the letter is archived; nothing is published yet; an administrator has
 * to open the first letter; the times contradict each other; or they have changed since they were
 * shown.
 */
export type TimesRefusal =
  | { ok: false; reason: 'archived' | 'unpublished' | 'first-opening' | 'changed' }
  | { ok: false; reason: 'invalid'; problems: Partial<Record<Moment, TimesProblem>> };

/** Replaces a letter's rounds and the labels of its deadlines. */
async function writeDeadlines(tx: Db, letterId: string, { rounds, closesLabel }: Times) {
  await tx.round.deleteMany({ where: { letterId } });
  await tx.round.createMany({
    data: rounds.map(({ at, label }, index) => ({
      letterId,
      number: index + 1,
      deadlineAt: at,
      label,
    })),
  });
  await tx.deadlineLabel.deleteMany({ where: { letterId } });
  await tx.deadlineLabel.createMany({
    data: Object.entries(closesLabel).map(([language, label]) => ({ letterId, language, label })),
  });
}

/**
 * Sets a letter's opening and closing times: opening, extending, closing, reopening.
 * @param seen the times that were shown; refused as `changed` if they have changed since
 */
export async function setTimes(
  owner: Owner,
  seen: Times,
  typed: Times,
  now: Date = new Date(),
): Promise<{ ok: true; changed: boolean } | TimesRefusal> {
  const problems = timesProblems(typed, seen, now);
  if (Object.keys(problems).length > 0) return { ok: false, reason: 'invalid', problems };
  const wanted = {
    ...typed,
    rounds: inTime(typed.rounds),
    closesLabel: keepingUnoffered(seen.closesLabel, typed.closesLabel),
  };
  if (sameTimes(wanted, seen)) return { ok: true, changed: false };
  return db().$transaction(async (tx) => {
    const { letterId } = owner;
    await lockLetter(tx, letterId);
    if (setsOpening(wanted, seen) && !(await mayOpen(owner, now, tx)))
      return { ok: false, reason: 'first-opening' };
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { ...timesFields, archivedAt: true, revision: true },
    });
    if (letter.archivedAt) return { ok: false, reason: 'archived' };
    if (wanted.opensAt && letter.revision === null) return { ok: false, reason: 'unpublished' };
    if (!sameTimes(toTimes(letter), seen)) return { ok: false, reason: 'changed' };
    const { rounds: _rounds, closesLabel: _label, ...columns } = wanted;
    await tx.letter.update({ where: { id: letterId }, data: columns });
    await writeDeadlines(tx, letterId, wanted);
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_times',
      before: plainTimes(seen),
      after: plainTimes(wanted),
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}

/**
 * Pauses or resumes sign-ups. Links already sent can still be confirmed. Refused if it would change
 * nothing.
 */
export async function setPaused(
  owner: Owner,
  paused: boolean,
  now: Date = new Date(),
): Promise<{ ok: boolean }> {
  return db().$transaction(async (tx) => {
    const { letterId } = owner;
    const { count } = await tx.letter.updateMany({
      where: { id: letterId, pausedAt: paused ? null : { not: null } },
      data: { pausedAt: paused ? now : null },
    });
    if (count === 0) return { ok: false };
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: paused ? 'pause' : 'resume',
      before: { paused: !paused },
      after: { paused },
    });
    await markPublicChange(tx, letterId);
    return { ok: true };
  });
}

/**
 * Archives an opened letter, or restores it (`archived` false). An archived letter takes no
 * sign-ups and is not in the list of letters; its page and deliveries remain. Refused if it would
 * change nothing.
 */
export async function setArchived(
  owner: Owner,
  archived: boolean,
  now: Date = new Date(),
): Promise<{ ok: boolean }> {
  return db().$transaction(async (tx) => {
    const { letterId } = owner;
    const before = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { archivedAt: true },
    });
    const archivedAt = archived ? now : null;
    const { count } = await tx.letter.updateMany({
      where: { id: letterId, archivedAt: archived ? null : { not: null }, opensAt: { lte: now } },
      data: { archivedAt },
    });
    if (count === 0) return { ok: false };
    const plain = (at: Date | null) => ({ archivedAt: at && at.toISOString() });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: archived ? 'archive' : 'unarchive',
      before: plain(before.archivedAt),
      after: plain(archivedAt),
    });
    await markPublicChange(tx, letterId);
    return { ok: true };
  });
}
