import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Owner } from '@/lib/coordinator/access';
import { markPublicChange } from '@/lib/letter/commands';
import type { Posted, UpdateVersion } from './schema';

/** Why nothing was done: it is not on this letter, removed or not removed before; or somebody changed it since it was shown. */
export type UpdateRefusal = { ok: false; reason: 'not-found' | 'changed' };

const keptFields = {
  kind: true,
  date: true,
  titleJa: true,
  bodyJa: true,
  titleEn: true,
  bodyEn: true,
  removedAt: true,
} as const;

type Kept = Prisma.UpdateGetPayload<{ select: typeof keptFields }>;

/** What the audit keeps of a posting: all of it, so that nothing that was published is lost. */
function audited({
  kind,
  date,
  titleJa,
  bodyJa,
  titleEn,
  bodyEn,
  removedAt,
}: Kept): Prisma.InputJsonObject {
  return {
    kind,
    date: date.toISOString().slice(0, 10),
    titleJa,
    bodyJa,
    titleEn,
    bodyEn,
    removed: removedAt !== null,
  };
}

const row = ({ date, ...posted }: Posted) => ({ ...posted, date: new Date(`${date}T00:00:00Z`) });

/** Posts the addressee's reply or an posting on the letter's page. */
export async function post(owner: Owner, posted: Posted): Promise<{ ok: true; id: string }> {
  return db().$transaction(async (tx) => {
    const { id, ...made } = await tx.update.create({
      data: { ...row(posted), letterId: owner.letterId, createdById: owner.coordinatorId },
      select: { id: true, ...keptFields },
    });
    await tx.auditEvent.create({
      data: {
        letterId: owner.letterId,
        actorId: owner.coordinatorId,
        action: 'post',
        before: {},
        after: { update: id, ...audited(made) },
      },
    });
    await markPublicChange(tx, owner.letterId);
    return { ok: true, id };
  });
}

/** Changes a posting that is still as `which` says it was read: the write, its audit row and the mark of a public change. */
async function change(
  tx: Db,
  owner: Owner,
  { id, version }: UpdateVersion,
  expected: Prisma.UpdateWhereInput,
  data: Prisma.UpdateUpdateManyMutationInput,
  action: 'edit_posting' | 'remove_posting' | 'restore_posting',
): Promise<{ ok: true } | UpdateRefusal> {
  const before = await tx.update.findFirst({
    where: { id, letterId: owner.letterId, ...expected },
    select: keptFields,
  });
  if (!before) return { ok: false, reason: 'not-found' };
  const { count } = await tx.update.updateMany({
    where: { id, letterId: owner.letterId, version, ...expected },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) return { ok: false, reason: 'changed' };
  const after = await tx.update.findUniqueOrThrow({ where: { id }, select: keptFields });
  await tx.auditEvent.create({
    data: {
      letterId: owner.letterId,
      actorId: owner.coordinatorId,
      action,
      before: { update: id, ...audited(before) },
      after: { update: id, ...audited(after) },
    },
  });
  await markPublicChange(tx, owner.letterId);
  return { ok: true };
}

/** Writes a posting anew. */
export async function editUpdate(
  owner: Owner,
  which: UpdateVersion,
  posted: Posted,
): Promise<{ ok: true } | UpdateRefusal> {
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: null }, row(posted), 'edit_posting'),
  );
}

/** Takes a posting off the letter's page; it is kept, and {@link restoreUpdate} brings it back. */
export async function removeUpdate(
  owner: Owner,
  which: UpdateVersion,
): Promise<{ ok: true } | UpdateRefusal> {
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: null }, { removedAt: new Date() }, 'remove_posting'),
  );
}

/** Brings a removed posting back. */
export async function restoreUpdate(
  owner: Owner,
  which: UpdateVersion,
): Promise<{ ok: true } | UpdateRefusal> {
  return db().$transaction((tx) =>
    change(tx, owner, which, { removedAt: { not: null } }, { removedAt: null }, 'restore_posting'),
  );
}
