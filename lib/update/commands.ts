import { actorOf, type Owner } from '@/lib/coordinator/access';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { audit, type AuditSide } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { byLanguage, keepingUnoffered } from '@/lib/platform/languages';
import type { NewUpdate, UpdateVersion } from './schema';

/**
 * Why a command was refused: the update is not on this letter, or already or not yet removed; or it
 * has changed since it was shown.
 */
export type UpdateRefusal = { ok: false; reason: 'not-found' | 'changed' };

const storedFields = {
  kind: true,
  date: true,
  removedAt: true,
  texts: { select: { language: true, title: true, body: true } },
} as const satisfies Prisma.UpdateSelect;

type Stored = Prisma.UpdateGetPayload<{ select: typeof storedFields }>;

const textsOf = ({ texts }: Stored) => byLanguage(texts, ({ title, body }) => ({ title, body }));

/**
 * The audit's record of an update: its full content, so that nothing that was published is lost.
 */
function audited(id: string, update: Stored): AuditSide {
  const { kind, date, removedAt } = update;
  return {
    update: id,
    kind,
    date: date.toISOString().slice(0, 10),
    texts: textsOf(update),
    removed: removedAt !== null,
  };
}

const dateOf = (date: string) => new Date(`${date}T00:00:00Z`);

const rowsOf = (texts: NewUpdate['texts']) =>
  Object.entries(texts).map(([language, content]) => ({ language, ...content }));

/** Posts the addressee's reply or an update on the letter's page. */
export async function postUpdate(
  owner: Owner,
  update: NewUpdate,
): Promise<{ ok: true; id: string }> {
  return db().$transaction(async (tx) => {
    await lockLetter(tx, owner.letterId);
    return { ok: true, id: await postUpdateIn(tx, owner, update) };
  });
}

/** Like {@link postUpdate}, in a transaction that has locked the letter. Returns the update's id. */
export async function postUpdateIn(tx: Db, owner: Owner, update: NewUpdate): Promise<string> {
  const { letterId, coordinatorId } = owner;
  const { id, ...made } = await tx.update.create({
    data: {
      kind: update.kind,
      date: dateOf(update.date),
      letterId,
      createdById: coordinatorId,
      texts: { create: rowsOf(update.texts) },
    },
    select: { id: true, ...storedFields },
  });
  await audit(tx, {
    letterId,
    actor: actorOf(owner),
    action: 'post_update',
    after: audited(id, made),
  });
  await markPublicChange(tx, letterId);
  return id;
}

/** Changes an update if it still has the version that was read. */
async function change(
  tx: Db,
  owner: Owner,
  { id, version }: UpdateVersion,
  expected: Prisma.UpdateWhereInput,
  data: Prisma.UpdateUpdateManyMutationInput,
  action: 'edit_update' | 'remove_update' | 'restore_update',
  texts?: NewUpdate['texts'],
): Promise<{ ok: true } | UpdateRefusal> {
  const { letterId } = owner;
  await lockLetter(tx, letterId);
  const before = await tx.update.findFirst({
    where: { id, letterId, ...expected },
    select: storedFields,
  });
  if (!before) return { ok: false, reason: 'not-found' };
  const { count } = await tx.update.updateMany({
    where: { id, letterId, version, ...expected },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) return { ok: false, reason: 'changed' };
  if (texts) {
    await tx.updateText.deleteMany({ where: { updateId: id } });
    const rows = rowsOf(keepingUnoffered(textsOf(before), texts));
    await tx.updateText.createMany({ data: rows.map((row) => ({ ...row, updateId: id })) });
  }
  const after = await tx.update.findUniqueOrThrow({ where: { id }, select: storedFields });
  await audit(tx, {
    letterId,
    actor: actorOf(owner),
    action,
    before: audited(id, before),
    after: audited(id, after),
  });
  await markPublicChange(tx, letterId);
  return { ok: true };
}

/** Edits an update. */
export async function editUpdate(
  owner: Owner,
  which: UpdateVersion,
  update: NewUpdate,
): Promise<{ ok: true } | UpdateRefusal> {
  const data = { kind: update.kind, date: dateOf(update.date) };
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: null }, data, 'edit_update', update.texts),
  );
}

/**
 * Removes an update from the letter's page; it is kept and can be restored by {@link
 * restoreUpdate}.
 */
export async function removeUpdate(
  owner: Owner,
  which: UpdateVersion,
): Promise<{ ok: true } | UpdateRefusal> {
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: null }, { removedAt: new Date() }, 'remove_update'),
  );
}

/** Restores a removed update. */
export async function restoreUpdate(
  owner: Owner,
  which: UpdateVersion,
): Promise<{ ok: true } | UpdateRefusal> {
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: { not: null } }, { removedAt: null }, 'restore_update'),
  );
}
