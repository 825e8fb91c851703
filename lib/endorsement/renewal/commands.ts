/** Recomputes the columns that the application derives from names, after an order or a rule changed. */
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { fold } from '@/lib/organization/folding';
import { nameFields, namesOf } from '@/lib/organization/names';
import { ORDER_VERSION, type OrderSettings } from '@/lib/organization/order';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { isHash, keyedHash } from '@/lib/platform/sealing';
import { storedFromNames } from '../keys';
import { nameKey, personSearchText } from '../rules';

const fields = {
  id: true,
  website: true,
  submittedAt: true,
  contactId: true,
  nameKey: true,
  visibility: true,
  sortKey: true,
  searchText: true,
  names: { select: nameFields },
  representatives: { select: { id: true, name: true, searchText: true } },
} as const satisfies Prisma.EndorsementSelect;

type Row = Prisma.EndorsementGetPayload<{ select: typeof fields }>;

/**
 * The name key of a row, before it is hashed. It remains that of the name first signed, if
 * coordinators corrected it, unless it is hashed already, from which no other can be computed.
 */
function renewedKey(row: Row): string {
  const now = nameKey(namesOf(row.names));
  if (isHash(row.nameKey)) return now;
  const stored = fold(row.nameKey);
  return stored.includes(now) || stored === '' ? now : stored;
}

/**
 * The name keys of rows, older ones first, by the present rules. Names that were different by older rules can be the same
 * now; a contact that has confirmed both keeps both, and the later one gets a key of its own.
 */
function nameKeys(rows: readonly Row[]): string[] {
  const taken = new Set<string>();
  return rows.map((row) => {
    const key = renewedKey(row);
    const whose = `${row.contactId} ${key}`;
    if (row.contactId !== null && taken.has(whose)) return keyedHash(`${key} ${row.id}`);
    taken.add(whose);
    return keyedHash(key);
  });
}

type Keys = Pick<Row, 'nameKey' | 'sortKey'>;

/** Writes the search texts of rows anew, and their keys as `keysOf` has them; only what differs. */
async function write(
  tx: Db,
  rows: readonly Row[],
  order: OrderSettings,
  keysOf: (row: Row, sortKey: string, index: number) => Keys,
): Promise<void> {
  const renewed = rows.map((row, index) => {
    const { submittedAt, visibility, website, names } = row;
    const { sortKey, searchText } = storedFromNames(
      { ...namesOf(names), website, signedAt: submittedAt, visibility },
      order,
    );
    return { row, searchText, ...keysOf(row, sortKey, index) };
  });
  const changed = renewed.filter(
    ({ row, nameKey, sortKey, searchText }) =>
      row.nameKey !== nameKey || row.sortKey !== sortKey || row.searchText !== searchText,
  );
  if (changed.length > 0)
    await tx.$executeRaw`
      UPDATE endorsement SET name_key = renewed.name_key, sort_key = renewed.sort_key, search_text = renewed.search_text
      FROM unnest(${changed.map(({ row }) => row.id)}::uuid[], ${changed.map(({ nameKey }) => nameKey)}::text[],
        ${changed.map(({ sortKey }) => sortKey)}::text[], ${changed.map(({ searchText }) => searchText)}::text[])
        AS renewed (id, name_key, sort_key, search_text)
      WHERE endorsement.id = renewed.id`;
  const people = rows.flatMap(({ representatives }) =>
    representatives.flatMap(({ id, name, searchText: before }) => {
      const searchText = personSearchText(name ?? '');
      return searchText === before ? [] : { id, searchText };
    }),
  );
  if (people.length > 0)
    await tx.$executeRaw`
      UPDATE representative SET search_text = renewed.search_text
      FROM unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ searchText }) => searchText)}::text[])
        AS renewed (id, search_text)
      WHERE representative.id = renewed.id`;
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
  const { orderVersion } = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { orderVersion: true },
  });
  // By other settings the keys are the same.
  const keys = orderVersion < ORDER_VERSION ? nameKeys(rows) : rows.map((row) => row.nameKey);
  // A key can pass from one row to another, and is unique at every moment.
  const passing = rows.filter((row, index) => row.nameKey !== keys[index]).map(({ id }) => id);
  if (passing.length > 0)
    await tx.$executeRaw`UPDATE endorsement SET name_key = id::text WHERE id = ANY(${passing}::uuid[])`;
  await write(tx, rows, order, (_, sortKey, index) => ({ sortKey, nameKey: keys[index]! }));
  await tx.letter.update({ where: { id: letterId }, data: { orderVersion: ORDER_VERSION } });
}

/** Timeout of the transaction that switches a letter to new keys; 100,000 of them take minutes. */
const SWITCH_MS = 15 * 60_000;

/** How many rows are renewed in one transaction, where that need not be all of a letter. */
const AT_ONCE = 1_000;

/**
 * Recomputes the search texts of the next confirmed endorsements of a letter, in a transaction of
 * its own, and returns the last one's id; null if there are no more. Their keys stay, so that the
 * list is in one order at every moment. What has been done is done: it is skipped the next time.
 * @param after id of the last one before
 */
export async function renewSearchTexts(
  letterId: string,
  order: OrderSettings,
  after: string | null,
  atOnce = AT_ONCE,
): Promise<string | null> {
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const rows = await tx.endorsement.findMany({
      where: {
        letterId,
        state: { not: 'submitted' },
        ...(after !== null && { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: atOnce,
      select: fields,
    });
    await write(tx, rows, order, ({ nameKey, sortKey }) => ({ nameKey, sortKey }));
    return rows.at(-1)?.id ?? null;
  });
}

/** Recomputes the derived columns of a letter's unconfirmed sign-ups, which no lock keeps. */
async function renewUnconfirmed(letterId: string, order: OrderSettings): Promise<void> {
  for (let last: string | null = null; ;) {
    const rows: Row[] = await db().endorsement.findMany({
      where: { letterId, state: 'submitted', ...(last !== null && { id: { gt: last } }) },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
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
      await write(tx, unconfirmed, order, (row, sortKey) => ({
        sortKey,
        nameKey: keyedHash(renewedKey(row)),
      }));
    });
  }
}

/**
 * Recomputes the derived columns of the letters whose keys were made by an older version of the
 * order. Runs at every server start; of several servers that start concurrently, one does it.
 *
 * Search texts, which are most of the work, are renewed piece by piece, so that a stop loses little
 * and nobody waits long. The keys follow in one transaction, with whatever is left: they must be of
 * one version, or the list would be in no order. Few of them differ, as a rule.
 * @returns the number of letters dealt with
 */
export async function renewOutdated(): Promise<number> {
  const outdated = await db().letter.findMany({
    where: { orderVersion: { lt: ORDER_VERSION } },
    select: { id: true, listSettings: true },
  });
  for (const { id, listSettings: stored } of outdated) {
    // First, since what is confirmed in the meantime is among the rest.
    await renewUnconfirmed(id, listSettings(stored));
    let last: string | null = null;
    do last = await renewSearchTexts(id, listSettings(stored), last);
    while (last !== null);
    const switchKeys = async (tx: Db) => {
      await lockLetter(tx, id);
      const letter = await tx.letter.findUniqueOrThrow({
        where: { id },
        select: { orderVersion: true, listSettings: true },
      });
      if (letter.orderVersion >= ORDER_VERSION) return;
      await renewDerived(tx, id, listSettings(letter.listSettings));
      await markPublicChange(tx, id);
    };
    await db().$transaction(switchKeys, { timeout: SWITCH_MS });
  }
  return outdated.length;
}
