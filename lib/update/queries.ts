import type { Owner } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { UpdateKind } from '@/lib/platform/db/generated/enums';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import type { UpdateContent } from './schema';

/** The public fields of an update. */
export interface PublicUpdate {
  id: string;
  kind: UpdateKind;
  /** The date of the update, `2025-04-23`. */
  date: string;
  texts: ByLanguage<UpdateContent>;
}

const updateFields = {
  id: true,
  kind: true,
  date: true,
  texts: { select: { language: true, title: true, body: true } },
} as const satisfies Prisma.UpdateSelect;

function toPublic({
  id,
  kind,
  date,
  texts,
}: Prisma.UpdateGetPayload<{ select: typeof updateFields }>): PublicUpdate {
  return {
    id,
    kind,
    date: date.toISOString().slice(0, 10),
    texts: byLanguage(texts, ({ title, body }) => ({ title, body })),
  };
}

/**
 * The updates on a letter's page, newest date first. The caller has checked that the letter is
 * public.
 */
export async function publicUpdates(letterId: string): Promise<PublicUpdate[]> {
  const rows = await db().update.findMany({
    where: { letterId, removedAt: null },
    orderBy: [{ date: 'desc' }, { createdAt: 'desc' }, { id: 'asc' }],
    select: updateFields,
  });
  return rows.map(toPublic);
}

/** The fields of an update for coordinators. */
export interface ManagedUpdate extends PublicUpdate {
  version: number;
  removedAt: Date | null;
}

/** All updates of a letter, removed ones last. */
export async function managedUpdates(owner: Owner): Promise<ManagedUpdate[]> {
  const rows = await db().update.findMany({
    where: { letterId: owner.letterId },
    orderBy: [
      { removedAt: { sort: 'desc', nulls: 'first' } },
      { date: 'desc' },
      { createdAt: 'desc' },
      { id: 'asc' },
    ],
    select: { ...updateFields, version: true, removedAt: true },
  });
  return rows.map((row) => ({
    ...toPublic(row),
    version: row.version,
    removedAt: row.removedAt,
  }));
}
