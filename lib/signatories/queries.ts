/**
 * Public data of a letter's signatories: named ones, and how many are only counted. The database
 * view `signatory` determines each one's list. All results are built from explicit lists of fields,
 * so that a new column stays private until it is named here.
 */
import { nameShownTo, NOT_PUBLIC, searchWords } from '@/lib/endorsement/rules';
import type { ListSettings } from '@/lib/letter/list-settings';
import { nameFields, namesOf } from '@/lib/organization/names';
import { ORDER_VERSION } from '@/lib/organization/order';
import { NAME_MAX } from '@/lib/organization/rules';
import { db, literally } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { SignatoryList } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import type { ByLanguage } from '@/lib/platform/languages';
import { sealStable, unsealStable } from '@/lib/platform/tokens';
import { after, IN_ORDER, type Place } from './order';

export type { SignatoryList };

/** Number of named organizations, and of those only counted. */
export interface Count {
  named: number;
  withheld: number;
  total: number;
}

/**
 * Number of distinct organizations that stand behind the binding revision: `total` = `named` +
 * `withheld` = `listed` + `added`. `coordinating` ones are included in `listed`; `earlier` ones are
 * not included in the others.
 */
export interface Counts extends Count {
  coordinating: number;
  listed: Count;
  added: Count;
  earlier: Count;
}

export interface PublicSignatory {
  names: ByLanguage;
  coordinating: boolean;
  /** When it signed or reaffirmed its revision. Shown only for organizations added later. */
  agreedAt: Date;
}

const signatoryFields = {
  id: true,
  names: { select: nameFields },
  coordinating: true,
  agreedAt: true,
} as const satisfies Prisma.SignatorySelect;

type SignatoryRow = Prisma.SignatoryGetPayload<{ select: typeof signatoryFields }>;

const toPublic = ({ names, coordinating, agreedAt }: SignatoryRow): PublicSignatory => ({
  names: namesOf(names).names,
  coordinating,
  agreedAt,
});

/** Number of organizations that have endorsed a letter, in total and in each list. */
export async function publicCounts(letterId: string): Promise<Counts> {
  const groups = await db().signatory.groupBy({
    by: ['list', 'visibility', 'coordinating'],
    where: { letterId },
    _count: { _all: true },
  });
  const count = (...lists: SignatoryList[]): Count => {
    const sum = (visibility: string) =>
      groups
        .filter((group) => lists.includes(group.list) && group.visibility === visibility)
        .reduce((total, group) => total + group._count._all, 0);
    const [named, withheld] = [sum('named'), sum('withheld')];
    return { named, withheld, total: named + withheld };
  };
  const coordinating = groups.find(
    (group) => group.list === 'listed' && group.visibility === 'named' && group.coordinating,
  );
  return {
    ...count('listed', 'added'),
    coordinating: coordinating?._count._all ?? 0,
    listed: count('listed'),
    added: count('added'),
    earlier: count('earlier'),
  };
}

/** The coordinating organizations in printed order, shown under their own heading. */
export async function coordinatingOrganizations(letterId: string): Promise<PublicSignatory[]> {
  const rows = await db().signatory.findMany({
    where: { letterId, list: 'listed', ...nameShownTo('public'), coordinating: true },
    orderBy: [...IN_ORDER],
    select: signatoryFields,
  });
  return rows.map(toPublic);
}

/** Named signatories of a list in printed order, `take` of them after skipping `skip`. */
export async function signatories(
  letterId: string,
  list: SignatoryList,
  { skip = 0, take }: { skip?: number; take?: number } = {},
): Promise<PublicSignatory[]> {
  const rows = await db().signatory.findMany({
    where: { letterId, list, ...nameShownTo('public') },
    orderBy: [...IN_ORDER],
    skip,
    take,
    select: signatoryFields,
  });
  return rows.map(toPublic);
}

/** Search results of named signatories. */
export interface Found {
  items: (PublicSignatory & { list: SignatoryList })[];
  /** Whether there are more matches. */
  more: boolean;
}

/**
 * Named signatories of any list whose published name contains `text`, by list and in printed order,
 * at most `limit`. Searches published data only: a search over readings or domains would reveal
 * them.
 */
export async function searchSignatories(
  letterId: string,
  text: string,
  limit: number,
): Promise<Found> {
  const { name } = searchWords(text.slice(0, NAME_MAX).replaceAll('\0', ''));
  if (name === null) return { items: [], more: false };
  const pattern = `%${literally(name)}%`;
  // The index answers the first condition, and the second is about the published names. By its
  // place from the end: rows that wait for renewal have no such part.
  const found = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM signatory
    WHERE id IN (
      SELECT id FROM endorsement
      WHERE letter_id = ${letterId}::uuid AND state = 'approved' AND visibility = 'named'
        AND search_text LIKE ${pattern} AND split_part(search_text, ${NOT_PUBLIC}, -2) LIKE ${pattern}
    )
    ORDER BY list, pin, sort_key, id
    LIMIT ${limit + 1}`;
  const rows = await db().signatory.findMany({
    where: { id: { in: found.map(({ id }) => id) }, ...nameShownTo('public') },
    orderBy: [{ list: 'asc' }, ...IN_ORDER],
    select: { ...signatoryFields, list: true },
  });
  const items = rows.map(({ list, ...row }) => ({ ...toPublic(row), list }));
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** The fields of a letter that cursors depend on. */
interface Walked {
  id: string;
  settings: ListSettings;
}

/** Binds cursors to one letter, list and order. */
function cursorSeal({ id, settings: { by, legalFormCounts, latin } }: Walked, list: SignatoryList) {
  return {
    secret: env().APP_SECRET,
    purpose: 'list cursor',
    context: JSON.stringify([id, list, ORDER_VERSION, by, legalFormCounts, latin]),
  };
}

/**
 * Cursors are padded to multiples of this number of bytes, so that their length reveals almost
 * nothing about a reading.
 */
const CURSOR_BYTES = 256;

/**
 * The API's cursor for a position in the list. Encrypted, because the sort key contains the
 * reading, and because forged cursors would reveal the positions of withheld and unapproved
 * entries.
 */
function toCursor(letter: Walked, list: SignatoryList, { pin, sortKey, id }: Place): string {
  const place = JSON.stringify([pin, sortKey, id]);
  const padding = ' '.repeat(CURSOR_BYTES - 1 - ((Buffer.byteLength(place) - 1) % CURSOR_BYTES));
  return sealStable(place + padding, cursorSeal(letter, list));
}

function fromCursor(letter: Walked, list: SignatoryList, cursor: string): Place | null {
  const place = unsealStable(cursor, cursorSeal(letter, list));
  if (place === null) return null;
  const [pin, sortKey, id] = JSON.parse(place) as [number, string, string];
  return { pin, sortKey, id };
}

/**
 * Up to `limit` named signatories of a list in printed order after `cursor`, and the next cursor
 * (null at the end). Null if the cursor is invalid for this list in its current order.
 */
export async function signatoriesAfter(
  letter: Walked,
  list: SignatoryList,
  limit: number,
  cursor: string | null,
): Promise<{ items: PublicSignatory[]; next: string | null } | null> {
  // The entry may have left the list since, so the cursor holds its position instead of its id.
  const from = cursor === null ? null : fromCursor(letter, list, cursor);
  if (cursor !== null && !from) return null;
  const rows = await db().signatory.findMany({
    where: {
      letterId: letter.id,
      list,
      ...nameShownTo('public'),
      ...(from && after(from)),
    },
    orderBy: [...IN_ORDER],
    take: limit + 1,
    select: { ...signatoryFields, pin: true, sortKey: true },
  });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toPublic),
    next: rows.length > limit ? toCursor(letter, list, shown[shown.length - 1]!) : null,
  };
}
