/**
 * A letter's signatories as the public may see them: named ones, and how many are counted only. Which list each is in is
 * decided by the database's view `signatory`. Every answer is built from an explicit list of fields, so that a new column
 * stays private until named here.
 */
import { nameShownTo } from '@/lib/endorsement/rules';
import type { ListSettings } from '@/lib/letter/list-settings';
import { nameFields, namesOf } from '@/lib/organization/names';
import { ORDER_VERSION } from '@/lib/organization/order';
import { NAME_MAX, normaliseLine } from '@/lib/organization/rules';
import { db, literally } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { SignatoryList } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import type { ByLanguage } from '@/lib/platform/languages';
import { sealStable, unsealStable } from '@/lib/platform/tokens';
import { after, IN_ORDER, type Place } from './order';

export type { SignatoryList };

/** How many of some organizations are named and how many are counted only. */
export interface Count {
  named: number;
  withheld: number;
  total: number;
}

/**
 * Distinct organizations that stand behind the binding revision: `total` = `named` + `withheld` = `listed` + `added`.
 * `coordinating` are among the listed; `earlier` are apart and in no other number.
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
  /** When it signed or reaffirmed the text it stands behind. Shown with those added later only. */
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

/** How many organizations have endorsed a letter, and how many of them are in each list. */
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

/** The coordinating organizations in printed order, for the heading of their own. */
export async function coordinatingOrganizations(letterId: string): Promise<PublicSignatory[]> {
  const rows = await db().signatory.findMany({
    where: { letterId, list: 'listed', ...nameShownTo('public'), coordinating: true },
    orderBy: [...IN_ORDER],
    select: signatoryFields,
  });
  return rows.map(toPublic);
}

/** Named signatories of a list in printed order: `take` of them after the first `skip`. */
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

/** Named signatories found by a search. */
export interface Found {
  items: (PublicSignatory & { list: SignatoryList })[];
  /** More were found than are given. */
  more: boolean;
}

/**
 * Named signatories of any list whose published name contains `text`, list by list in printed order, at most `limit`. Only
 * what is published is searched: a search that also knew readings or domains would tell them.
 */
export async function searchSignatories(
  letterId: string,
  text: string,
  limit: number,
): Promise<Found> {
  const words = normaliseLine(text.slice(0, NAME_MAX).replaceAll('\0', ''));
  // NFKC makes up to 18 characters of one, and no name is longer.
  if (words === '' || [...words].length > NAME_MAX) return { items: [], more: false };
  const rows = await db().signatory.findMany({
    where: {
      letterId,
      ...nameShownTo('public'),
      names: { some: { name: { contains: literally(words), mode: 'insensitive' } } },
    },
    orderBy: [{ list: 'asc' }, ...IN_ORDER],
    take: limit + 1,
    select: { ...signatoryFields, list: true },
  });
  const items = rows.map(({ list, ...row }) => ({ ...toPublic(row), list }));
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** What cursors need to know of a letter. */
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

/** Cursors are padded to multiples of this many bytes, so that their length tells next to nothing of a reading. */
const CURSOR_BYTES = 256;

/**
 * A place in the list, as the API's cursor. Sealed: its key holds the reading, and whoever could make a cursor from an
 * entry's id would learn the places of withheld and waiting ones.
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
 * Up to `limit` named signatories of a list in printed order after `cursor`, and the cursor of the next ones (null at the
 * end). Null when the cursor is none that this function gave for this list in its present order.
 */
export async function signatoriesAfter(
  letter: Walked,
  list: SignatoryList,
  limit: number,
  cursor: string | null,
): Promise<{ items: PublicSignatory[]; next: string | null } | null> {
  // The entry may have left the list since; its place is in the cursor.
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
