/** Recomputes the columns that the application derives from names, after an order or a rule changed. */
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { fold } from '@/lib/organization/folding';
import { nameFields, namesOf } from '@/lib/organization/names';
import { ORDER_VERSION, type OrderSettings } from '@/lib/organization/order';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { derivedFromNames, nameKey } from '../rules';

const fields = {
  id: true,
  website: true,
  submittedAt: true,
  contactId: true,
  nameKey: true,
  names: { select: nameFields },
  representative: { select: { name: true } },
} as const satisfies Prisma.EndorsementSelect;

type Row = Prisma.EndorsementGetPayload<{ select: typeof fields }>;

/** The name key of a row. It remains that of the name first signed, if coordinators corrected it. */
function renewedKey(row: Row): string {
  const [stored, now] = [fold(row.nameKey), nameKey(namesOf(row.names))];
  return stored.includes(now) || stored === '' ? now : stored;
}

/**
 * The name keys of rows, older ones first. Names that were different by older rules can be the same
 * now; a contact that has confirmed both keeps both, and the later one gets a key of its own.
 */
function nameKeys(rows: readonly Row[]): string[] {
  const taken = new Set<string>();
  return rows.map((row) => {
    const key = renewedKey(row);
    const whose = `${row.contactId} ${key}`;
    if (row.contactId !== null && taken.has(whose)) return `${key} ${row.id}`;
    taken.add(whose);
    return key;
  });
}

/** Writes the derived columns of rows anew, given in the order of {@link nameKeys}. */
async function write(
  tx: Db,
  rows: readonly Row[],
  order: OrderSettings,
  keys: readonly string[],
): Promise<void> {
  const derived = rows.map(({ submittedAt, website, names }) =>
    derivedFromNames({ ...namesOf(names), website, signedAt: submittedAt }, order),
  );
  const ids = rows.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE endorsement SET name_key = renewed.name_key, sort_key = renewed.sort_key, search_text = renewed.search_text
    FROM unnest(${ids}::uuid[], ${keys}::text[], ${derived.map(({ sortKey }) => sortKey)}::text[], ${derived.map(({ searchText }) => searchText)}::text[])
      AS renewed (id, name_key, sort_key, search_text)
    WHERE endorsement.id = renewed.id`;
  await tx.$executeRaw`
    UPDATE representative SET search_text = renewed.search_text
    FROM unnest(${ids}::uuid[], ${rows.map(({ representative }) => fold(representative?.name ?? ''))}::text[])
      AS renewed (id, search_text)
    WHERE endorsement_id = renewed.id AND representative.search_text <> renewed.search_text`;
}

/**
 * Recomputes the derived columns of a letter's endorsements after its order has changed. Must run in
 * the transaction that changes it and has locked the letter. Skips unconfirmed sign-ups, because a
 * stranger can create any number of them; approval recomputes theirs.
 */
export async function renewDerived(tx: Db, letterId: string, order: OrderSettings): Promise<void> {
  const rows = await tx.endorsement.findMany({
    where: { letterId, state: { not: 'submitted' } },
    orderBy: [{ verifiedAt: 'asc' }, { id: 'asc' }],
    select: fields,
  });
  const keys = nameKeys(rows);
  // A key can pass from one row to another, and is unique at every moment.
  const passing = rows.filter((row, index) => row.nameKey !== keys[index]).map(({ id }) => id);
  if (passing.length > 0)
    await tx.$executeRaw`UPDATE endorsement SET name_key = id::text WHERE id = ANY(${passing}::uuid[])`;
  await write(tx, rows, order, keys);
  await tx.letter.update({ where: { id: letterId }, data: { orderVersion: ORDER_VERSION } });
}

/** Unconfirmed sign-ups are renewed in pieces of this size. */
const UNCONFIRMED_AT_ONCE = 1_000;

/** Recomputes the derived columns of a letter's unconfirmed sign-ups, which no lock keeps. */
async function renewUnconfirmed(letterId: string, order: OrderSettings): Promise<void> {
  for (let last: string | null = null; ;) {
    const rows: Row[] = await db().endorsement.findMany({
      where: { letterId, state: 'submitted', ...(last !== null && { id: { gt: last } }) },
      orderBy: { id: 'asc' },
      take: UNCONFIRMED_AT_ONCE,
      select: fields,
    });
    if (rows.length === 0) return;
    last = rows.at(-1)!.id;
    await db().$transaction(async (tx) => {
      // Those that are being confirmed or deleted are left to it.
      const locked = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM endorsement WHERE id = ANY(${rows.map(({ id }) => id)}::uuid[]) AND state = 'submitted'
        FOR UPDATE SKIP LOCKED`;
      const still = new Set(locked.map(({ id }) => id));
      const unconfirmed = rows.filter(({ id }) => still.has(id));
      await write(tx, unconfirmed, order, unconfirmed.map(renewedKey));
    });
  }
}

/**
 * Recomputes the derived columns of the letters whose keys were made by an older version of the
 * order. Runs at every server start; of several servers that start concurrently, one does it.
 */
export async function renewOutdated(): Promise<void> {
  const outdated = await db().letter.findMany({
    where: { orderVersion: { lt: ORDER_VERSION } },
    select: { id: true, listSettings: true },
  });
  for (const { id, listSettings: stored } of outdated) {
    // First, since what is confirmed in the meantime is among the rest.
    await renewUnconfirmed(id, listSettings(stored));
    await db().$transaction(async (tx) => {
      await lockLetter(tx, id);
      const letter = await tx.letter.findUniqueOrThrow({
        where: { id },
        select: { orderVersion: true, listSettings: true },
      });
      if (letter.orderVersion >= ORDER_VERSION) return;
      await renewDerived(tx, id, listSettings(letter.listSettings));
      await markPublicChange(tx, id);
    });
  }
}
