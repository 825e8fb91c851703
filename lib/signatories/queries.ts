/**
 * Public data of a letter's signatories: named ones, and how many are only counted. The database
 * view `signatory` determines each one's list. All results are built from explicit lists of fields,
 * so that a new column stays private until it is named here.
 */
import { mayShowName, NOT_PUBLIC, searchWords } from '@/lib/endorsement/rules';
import { categoryOf } from '@/lib/letter/categories';
import type { ListSettings } from '@/lib/letter/list-settings';
import { ORDER_VERSION } from '@/lib/organization/order';
import { NAME_MAX } from '@/lib/organization/rules';
import { containing, db } from '@/lib/platform/db/client';
import { Prisma, type SignatoryCount } from '@/lib/platform/db/generated/client';
import type { SignatoryList } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import type { ByLanguage } from '@/lib/platform/languages';
import { sealStable, unsealStable } from '@/lib/platform/tokens';
import type { Place } from './order';

export type { SignatoryList };

/** Number of named organizations, and of those only counted. */
export interface Count {
  named: number;
  withheld: number;
  total: number;
}

/**
 * Number of distinct organizations that stand behind the binding revision: `total` = `named` +
 * `withheld` = `listed` + `added`. `earlier` ones have endorsed the letter, but not this revision,
 * and are not included in the others. Both say how many of the named ones are `coordinating`.
 */
export interface Counts extends Count {
  coordinating: number;
  listed: Count;
  added: Count;
  earlier: Count & { coordinating: number };
}

export interface PublicSignatory {
  names: ByLanguage;
  coordinating: boolean;
  /** Id of its category as stored; one that the letter has no more counts as none. */
  category: string | null;
  /** When it signed or reaffirmed its revision. Shown only for organizations added later. */
  agreedAt: Date;
}

/** A coordinating organization, which is named first whichever revision it stands behind. */
export interface CoordinatingOrganization extends PublicSignatory {
  /** Whether it stands behind the binding revision. */
  isBehind: boolean;
}

/** The kept numbers of a letter (ADR 60). */
type Kept = Pick<SignatoryCount, 'list' | 'visibility' | 'coordinating' | 'category' | 'count'>[];

const kept = (letterId: string): Promise<Kept> =>
  db().signatoryCount.findMany({
    where: { letterId },
    select: { list: true, visibility: true, coordinating: true, category: true, count: true },
  });

const sum = (rows: Kept): number => rows.reduce((total, { count }) => total + count, 0);

function countsIn(rows: Kept): Counts {
  const count = (...lists: SignatoryList[]): Count => {
    const on = rows.filter(({ list }) => lists.includes(list));
    const named = sum(on.filter(({ visibility }) => visibility === 'named'));
    return { named, withheld: sum(on) - named, total: sum(on) };
  };
  const coordinating = (on: SignatoryList) =>
    sum(
      rows.filter(
        ({ list, visibility, coordinating }) =>
          list === on && visibility === 'named' && coordinating,
      ),
    );
  return {
    ...count('listed', 'added'),
    coordinating: coordinating('listed'),
    listed: count('listed'),
    added: count('added'),
    earlier: { ...count('earlier'), coordinating: coordinating('earlier') },
  };
}

/** Number of organizations that have endorsed a letter, in total and in each list. */
export const publicCounts = async (letterId: string): Promise<Counts> =>
  countsIn(await kept(letterId));

/** Number of named signatories of each list by id of their category; '' for those in none. */
export type CategoryCounts = Record<SignatoryList, Record<string, number>>;

/**
 * {@link publicCounts}, and the number of named signatories by list and category; that is null for
 * a letter without categories. Withheld ones are counted once for a whole list, since a category
 * can be small (ADR 48).
 */
export async function countsWithCategories({
  id,
  settings,
}: Walked): Promise<{ counts: Counts; byCategory: CategoryCounts | null }> {
  const rows = await kept(id);
  const counts = countsIn(rows);
  if (settings.categories.length === 0) return { counts, byCategory: null };
  const byCategory: CategoryCounts = { listed: {}, added: {}, earlier: {} };
  for (const { list, visibility, category, count } of rows) {
    if (!mayShowName(visibility, 'public')) continue;
    const known = categoryOf(settings, category)?.id ?? '';
    byCategory[list][known] = (byCategory[list][known] ?? 0) + count;
  }
  return { counts, byCategory };
}

/** Named signatories as public, with their places in the list. */
type ListedRow = PublicSignatory & Place & { list: SignatoryList };

/** The named signatories whose ids `selected` finds, in printed order, in one statement. */
const namedSignatories = (selected: Prisma.Sql): Promise<ListedRow[]> =>
  db().$queryRaw<ListedRow[]>`
    SELECT id, list, coordinating, category, agreed_at AS "agreedAt", category_place AS "categoryPlace", pin, sort_key AS "sortKey",
      (SELECT jsonb_object_agg(language, name) FROM endorsement_name WHERE endorsement_id = id) AS names
    FROM signatory WHERE id IN (${selected}) AND visibility = 'named'
    ORDER BY category_place, pin, sort_key, id`;

const toPublic = ({ names, coordinating, category, agreedAt }: ListedRow): PublicSignatory => ({
  names,
  coordinating,
  category,
  agreedAt,
});

/**
 * The coordinating organizations in printed order, shown under their own heading, also those that
 * have not reaffirmed yet (ADR 36).
 */
export async function coordinatingOrganizations(
  letterId: string,
): Promise<CoordinatingOrganization[]> {
  const rows = await namedSignatories(Prisma.sql`
    SELECT id FROM signatory
    WHERE letter_id = ${letterId}::uuid AND visibility = 'named' AND coordinating AND list IN ('listed', 'earlier')`);
  return rows.map((row) => ({ ...toPublic(row), isBehind: row.list !== 'earlier' }));
}

/**
 * `take` named signatories of a list in printed order, after a position or after skipping `skip`.
 * The index alone finds which they are, so that far pages take hardly longer than the first.
 */
function page(
  letterId: string,
  list: SignatoryList,
  { from = null, skip = 0, take }: { from?: Place | null; skip?: number; take: number | null },
): Promise<ListedRow[]> {
  const after = from
    ? Prisma.sql`AND (category_place, pin, sort_key, id) > (${from.categoryPlace}, ${from.pin}, ${from.sortKey}, ${from.id}::uuid)`
    : Prisma.empty;
  return namedSignatories(Prisma.sql`
    SELECT id FROM signatory
    WHERE letter_id = ${letterId}::uuid AND list = ${list}::signatory_list AND visibility = 'named' ${after}
    ORDER BY category_place, pin, sort_key, id OFFSET ${skip} LIMIT ${take}`);
}

/** Named signatories of a list in printed order, `take` of them after skipping `skip`. */
export async function signatories(
  letterId: string,
  list: SignatoryList,
  { skip = 0, take = null }: { skip?: number; take?: number | null } = {},
): Promise<PublicSignatory[]> {
  return (await page(letterId, list, { skip, take })).map(toPublic);
}

/** A letter's lists, in the order in which pages show them. */
export const SIGNATORY_LISTS = ['listed', 'added', 'earlier'] as const satisfies SignatoryList[];

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
  const { names } = searchWords(text.slice(0, NAME_MAX).replaceAll('\0', ''));
  if (names.length === 0) return { items: [], more: false };
  const published = Prisma.sql`split_part(search_text, ${NOT_PUBLIC}, -2)`;
  // The index answers the first condition, and the second is about the published names. By its
  // place from the end: rows that wait for renewal have no such part.
  const found = await namedSignatories(Prisma.sql`
    SELECT id FROM signatory
    WHERE id IN (
      SELECT id FROM endorsement
      WHERE letter_id = ${letterId}::uuid AND state = 'approved' AND visibility = 'named'
        AND ${containing(Prisma.sql`search_text`, names)} AND ${containing(published, names)}
    )
    ORDER BY list, category_place, pin, sort_key, id
    LIMIT ${limit + 1}`);
  const items = SIGNATORY_LISTS.flatMap((list) =>
    found.filter((row) => row.list === list).map((row) => ({ ...toPublic(row), list })),
  );
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** The fields of a letter that cursors depend on. */
interface Walked {
  id: string;
  settings: ListSettings;
}

/** Binds cursors to one letter, list and order. */
function cursorSeal({ id, settings }: Walked, list: SignatoryList) {
  const { by, legalFormCounts, latin, categories } = settings;
  return {
    secret: env().APP_SECRET,
    purpose: 'list cursor',
    context: JSON.stringify([
      ...[id, list, ORDER_VERSION, by, legalFormCounts, latin],
      ...categories.map((category) => category.id),
    ]),
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
function toCursor(
  letter: Walked,
  list: SignatoryList,
  { pin, sortKey, id, categoryPlace }: Place,
): string {
  const place = JSON.stringify([pin, sortKey, id, categoryPlace]);
  const padding = ' '.repeat(CURSOR_BYTES - 1 - ((Buffer.byteLength(place) - 1) % CURSOR_BYTES));
  return sealStable(place + padding, cursorSeal(letter, list));
}

function fromCursor(letter: Walked, list: SignatoryList, cursor: string): Place | null {
  const place = unsealStable(cursor, cursorSeal(letter, list));
  if (place === null) return null;
  // Cursors from before there were categories have no place of one.
  const [pin, sortKey, id, categoryPlace = 0] = JSON.parse(place) as [
    number,
    string,
    string,
    number?,
  ];
  return { pin, sortKey, id, categoryPlace };
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
  const rows = await page(letter.id, list, { from, take: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toPublic),
    next: rows.length > limit ? toCursor(letter, list, shown.at(-1)!) : null,
  };
}
