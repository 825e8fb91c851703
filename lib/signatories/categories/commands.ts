import { randomUUID } from 'node:crypto';
import { actorOf, type Owner } from '@/lib/coordinator/access';
import type { Category } from '@/lib/letter/categories';
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { keepingUnoffered, sameByLanguage } from '@/lib/platform/languages';
import { NOWHERE, type TypedCategories } from './schema';

const same = (a: readonly Category[], b: readonly Category[]) =>
  a.length === b.length &&
  a.every(({ id, names }, index) => id === b[index]!.id && sameByLanguage(names, b[index]!.names));

/** Moves whatever is in a category to another, or out of all. */
async function move(tx: Db, letterId: string, from: string, category: string | null) {
  await tx.endorsement.updateMany({ where: { letterId, category: from }, data: { category } });
  await tx.proposedChange.updateMany({
    where: { category: from, endorsement: { letterId } },
    data: { category },
  });
}

async function isUsed(tx: Db, letterId: string, category: string): Promise<boolean> {
  const [signed, proposed] = [
    await tx.endorsement.findFirst({ where: { letterId, category }, select: { id: true } }),
    await tx.proposedChange.findFirst({
      where: { category, endorsement: { letterId } },
      select: { endorsementId: true },
    }),
  ];
  return signed !== null || proposed !== null;
}

/**
 * Writes the places of the letter's entries anew, as `categoryPlace` has them. Skips unconfirmed
 * sign-ups, which get theirs on approval.
 */
async function placeAll(tx: Db, letterId: string, categories: readonly Category[]): Promise<void> {
  const ids = categories.map(({ id }) => id);
  await tx.$executeRaw`
    WITH placed AS (
      SELECT id, CASE WHEN ${ids.length}::int = 0 THEN 0
        ELSE coalesce(array_position(${ids}::text[], category), ${ids.length}::int + 1) END AS place
      FROM endorsement WHERE letter_id = ${letterId}::uuid AND state <> 'submitted'
    )
    UPDATE endorsement SET category_place = place FROM placed
    WHERE endorsement.id = placed.id AND category_place <> place`;
}

/**
 * Saves the categories of a letter's signatories. One that is left out must be unused, or what is in
 * it is moved to another or out of all. Guarded by the categories that the owner saw.
 */
export async function saveCategories(
  owner: Owner,
  { categories, moves, seen }: TypedCategories & { seen: Category[] },
): Promise<
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'changed' }
  | { ok: false; reason: 'in-use'; rows: number[] }
> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const { listSettings: stored } = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { listSettings: true },
    });
    const before = listSettings(stored);
    if (!same(before.categories, seen)) return { ok: false, reason: 'changed' };
    const known = new Map(before.categories.map((category) => [category.id, category]));
    const after = categories.map(({ id, names }): Category => {
      const old = id === null ? undefined : known.get(id);
      return old
        ? { id: old.id, names: keepingUnoffered(old.names, names) }
        : { id: randomUUID(), names };
    });
    if (same(before.categories, after)) return { ok: true, changed: false };
    const isKept = (id: string) => after.some((category) => category.id === id);
    const left = moves.filter(({ id }) => known.has(id));
    const rows: number[] = [];
    for (const { row, id, to } of left) {
      const isTarget = to !== null && (to === NOWHERE || isKept(to));
      if (!isTarget && (await isUsed(tx, letterId, id))) rows.push(row);
    }
    if (rows.length > 0) return { ok: false, reason: 'in-use', rows };
    for (const { id, to } of left) await move(tx, letterId, id, to === NOWHERE ? null : to);
    const settings = { ...before, categories: after.map((category) => ({ ...category })) };
    await tx.letter.update({ where: { id: letterId }, data: { listSettings: settings } });
    await placeAll(tx, letterId, after);
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_list',
      before: { categories: before.categories.map((category) => ({ ...category })) },
      after: { categories: after.map((category) => ({ ...category })) },
    });
    await markPublicChange(tx, letterId);
    return { ok: true, changed: true };
  });
}
