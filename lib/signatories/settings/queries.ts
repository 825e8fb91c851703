import { db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { nameShownTo } from '@/lib/endorsement/rules';
import { nameFields, namesOf } from '@/lib/organization/names';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { IN_ORDER } from '@/lib/signatories/order';
import type { Listable } from './rules';

/** Maximum number of entries in a preview; of longer lists, only the first ones are shown. */
export const PREVIEW_ENTRIES = 5_000;

export interface PreviewEntry extends Listable {
  coordinating: boolean;
}

/**
 * The data to sort a list anew: its named entries, and how many are only counted. `pinned`: all
 * named pinned entries of the letter, including those in other lists, in list order.
 */
export interface Preview {
  entries: PreviewEntry[];
  pinned: PreviewEntry[];
  named: number;
  withheld: number;
}

const entryFields = {
  id: true,
  names: { select: nameFields },
  submittedAt: true,
  pin: true,
  coordinating: true,
} as const satisfies Prisma.SignatorySelect;

function toEntry({
  submittedAt,
  names,
  ...row
}: Prisma.SignatoryGetPayload<{ select: typeof entryFields }>): PreviewEntry {
  return { ...row, ...namesOf(names), signedAt: submittedAt };
}

/** The named signatories of an owner's letter in its list, in published order. */
export async function listPreview({ letterId }: Owner): Promise<Preview> {
  const named = nameShownTo('public');
  const inOrder = { orderBy: [...IN_ORDER], select: entryFields };
  const [rows, pinned, groups] = await Promise.all([
    db().signatory.findMany({
      where: { letterId, list: 'listed', ...named },
      take: PREVIEW_ENTRIES,
      ...inOrder,
    }),
    db().signatory.findMany({ where: { letterId, ...named, pin: { not: 0 } }, ...inOrder }),
    db().signatory.groupBy({
      by: ['visibility'],
      where: { letterId, list: 'listed' },
      _count: { _all: true },
    }),
  ]);
  const count = (visibility: Visibility) =>
    groups.find((group) => group.visibility === visibility)?._count._all ?? 0;
  return {
    entries: rows.map(toEntry),
    pinned: pinned.map(toEntry),
    named: count('named'),
    withheld: count('withheld'),
  };
}

/**
 * The last change of the list's settings or pins; `by` null: an operator. Null if nobody has
 * changed them yet.
 */
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
