import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { IN_ORDER } from '@/lib/signatories/order';
import type { Listable } from './rules';

/** Most entries that a preview orders; a list beyond that is previewed by its first ones. */
export const PREVIEW_ENTRIES = 5_000;

export interface PreviewEntry extends Listable {
  coordinating: boolean;
}

/**
 * A list as it can be ordered anew: its named entries, and how many are counted only. `pinned`: all named entries of the
 * letter that are pinned, those of its other lists among them, in the order of the list.
 */
export interface Preview {
  entries: PreviewEntry[];
  pinned: PreviewEntry[];
  named: number;
  withheld: number;
}

/** The entries of an owner's letter that stand in its list, in the order published now. @param inList which do */
export async function previewEntries(
  owner: Owner,
  inList: Prisma.EndorsementWhereInput,
): Promise<Preview> {
  const listed = { AND: [inList, { letterId: owner.letterId, state: 'approved' as const }] };
  const asPreviewed = {
    orderBy: [...IN_ORDER],
    select: {
      id: true,
      nameJa: true,
      reading: true,
      nameEn: true,
      submittedAt: true,
      pin: true,
      coordinating: true,
    },
  };
  const [rows, pinned, named, withheld] = await Promise.all([
    db().endorsement.findMany({
      where: { ...listed, visibility: 'named' },
      take: PREVIEW_ENTRIES,
      ...asPreviewed,
    }),
    db().endorsement.findMany({
      where: { letterId: owner.letterId, state: 'approved', visibility: 'named', pin: { not: 0 } },
      ...asPreviewed,
    }),
    db().endorsement.count({ where: { ...listed, visibility: 'named' } }),
    db().endorsement.count({ where: { ...listed, visibility: 'withheld' } }),
  ]);
  const toEntry = ({ submittedAt, ...row }: (typeof rows)[number]): PreviewEntry => ({
    ...row,
    signedAt: submittedAt,
  });
  return { entries: rows.map(toEntry), pinned: pinned.map(toEntry), named, withheld };
}

/** The last change of the list's settings or pins by somebody; `by` null: the operator. Null: nobody yet. */
export async function lastListChange(
  owner: Owner,
): Promise<{ by: string | null; at: Date } | null> {
  const last = await db().auditEvent.findFirst({
    where: { letterId: owner.letterId, action: { in: ['set_list', 'pin'] } },
    orderBy: { id: 'desc' },
    select: { at: true, actor: { select: { email: true } } },
  });
  return last && { by: last.actor?.email ?? null, at: last.at };
}
