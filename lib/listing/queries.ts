import { db } from '../platform/db/client.ts';
import type { Owner } from '../platform/auth/authority.ts';
import type { Prisma } from '../platform/db/generated/client.ts';
import type { Listable } from './rules.ts';

/** Most entries that a preview orders; a list beyond that is previewed by its first ones. */
export const PREVIEW_ENTRIES = 5_000;

export interface PreviewEntry extends Listable {
  coordinating: boolean;
}

/** A list as it can be ordered anew: its named entries, and how many are counted only. */
export interface Preview {
  entries: PreviewEntry[];
  named: number;
  withheld: number;
}

/** The entries of an owner's letter that stand in its list, in the order published now. @param inList which do */
export async function previewEntries(owner: Owner, inList: Prisma.EndorsementWhereInput): Promise<Preview> {
  const listed = { AND: [inList, { letterId: owner.letterId, state: 'approved' as const }] };
  const [rows, named, withheld] = await Promise.all([
    db().endorsement.findMany({
      where: { ...listed, visibility: 'named' },
      orderBy: [{ pin: 'asc' }, { sortKey: 'asc' }, { id: 'asc' }],
      take: PREVIEW_ENTRIES,
      select: { id: true, nameJa: true, reading: true, nameEn: true, submittedAt: true, pin: true, coordinating: true },
    }),
    db().endorsement.count({ where: { ...listed, visibility: 'named' } }),
    db().endorsement.count({ where: { ...listed, visibility: 'withheld' } }),
  ]);
  return { entries: rows.map(({ submittedAt, ...row }) => ({ ...row, signedAt: submittedAt })), named, withheld };
}

/** The last change of the list's settings or pins by somebody; `by` null: the operator. Null: nobody yet. */
export async function lastListChange(owner: Owner): Promise<{ by: string | null; at: Date } | null> {
  const last = await db().auditEvent.findFirst({
    where: { letterId: owner.letterId, action: { in: ['set_list', 'pin'] } },
    orderBy: { id: 'desc' },
    select: { at: true, actor: { select: { email: true } } },
  });
  return last && { by: last.actor?.email ?? null, at: last.at };
}
