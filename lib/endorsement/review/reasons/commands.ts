import { actorOf, type Owner } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { inOrder, keepingUnoffered, sameByLanguage, type Language } from '@/lib/platform/languages';
import { DECLINE_REASONS } from '../schema';
import { declineTexts } from './queries';
import { OWN_REASONS_MAX, type DeclineTexts, type OwnReason } from './schema';

/**
 * Sets a letter's own words for the reasons of a decline. Declines that were decided before have
 * theirs in their mails.
 */
export async function setDeclineTexts(owner: Owner, typed: DeclineTexts): Promise<void> {
  const { letterId } = owner;
  await db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const before = await declineTexts(letterId, tx);
    const changed = DECLINE_REASONS.flatMap((reason) => {
      const after = keepingUnoffered(before[reason], typed[reason]);
      return sameByLanguage(before[reason], after) ? [] : [{ reason, after }];
    });
    if (changed.length === 0) return;
    await tx.declineText.deleteMany({
      where: { letterId, reason: { in: changed.map(({ reason }) => reason) } },
    });
    await tx.declineText.createMany({
      data: changed.flatMap(({ reason, after }) =>
        Object.entries(after).map(([language, text]) => ({ letterId, reason, language, text })),
      ),
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_decline_texts',
      before: Object.fromEntries(changed.map(({ reason }) => [reason, before[reason]])),
      after: Object.fromEntries(changed.map(({ reason, after }) => [reason, after])),
    });
  });
}

export type ReasonAdded =
  | { ok: true }
  | { ok: false; reason: 'full' }
  | { ok: false; reason: 'words'; missing: Language[] };

/**
 * Adds a reason for declining to a letter's own, with what organizations are told in each language
 * of the letter.
 */
export async function addOwnReason(
  owner: Owner,
  { label, texts }: Omit<OwnReason, 'id'>,
): Promise<ReasonAdded> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<ReasonAdded> => {
    await lockLetter(tx, letterId);
    const languages = await tx.letterLanguage.findMany({ where: { letterId } });
    const missing = inOrder(languages.map(({ language }) => language)).filter((one) => !texts[one]);
    if (missing.length > 0) return { ok: false, reason: 'words', missing };
    const count = await tx.ownDeclineReason.count({ where: { letterId, removedAt: null } });
    if (count >= OWN_REASONS_MAX) return { ok: false, reason: 'full' };
    const { id } = await tx.ownDeclineReason.create({
      data: {
        letterId,
        label,
        texts: {
          create: Object.entries(texts).map(([language, text]) => ({ language, text })),
        },
      },
      select: { id: true },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'add_decline_reason',
      after: { reasonId: id, label, texts: { ...texts } },
    });
    return { ok: true };
  });
}

/** Deletes removed reasons that no decision refers to any more. */
const deleteUnused = (tx: Db, letterId: string) =>
  tx.ownDeclineReason.deleteMany({
    where: { letterId, removedAt: { not: null }, endorsements: { none: {} } },
  });

/**
 * Removes a reason from a letter's own. Decisions that were made with it keep it. False if the
 * letter has none such (any more).
 */
export async function removeOwnReason(owner: Owner, id: string): Promise<boolean> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const { count } = await tx.ownDeclineReason.updateMany({
      where: { id, letterId, removedAt: null },
      data: { removedAt: new Date() },
    });
    if (count === 0) return false;
    await deleteUnused(tx, letterId);
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'remove_decline_reason',
      before: { reasonId: id },
    });
    return true;
  });
}
