/**
 * What the public may see: letters that have opened, and their approved endorsements. Derived at each reading, never
 * stored. Every answer is built from an explicit list of fields, so that a new column stays private until named here.
 */
import { db, literally } from '@/lib/platform/db/client';
import { hex } from '@/lib/platform/canonical-json';
import { env } from '@/lib/platform/env';
import { sealStable, unsealStable } from '@/lib/platform/tokens';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { beside, IN_ORDER, type Place } from './order';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import type { Language, LetterContent } from '@/lib/letter/text/content';
import { isSlug, letterStatus, signing, type LetterStatus, type Signing } from '@/lib/letter/rules';
import { compareKeys, ORDER_VERSION } from '@/lib/organization/order';
import { NAME_MAX, normaliseLine } from '@/lib/organization/rules';
import { revisionContent, type Reason, type RevisionKind } from '@/lib/revision/content';
import { inList, type ListBasis, type ListName } from './lists';

export interface PublicText extends LetterContent {
  language: Language;
}

/** A deadline and what the coordinators call it. */
export interface Deadline {
  at: Date;
  label: Record<Language, string | null>;
}

export interface PublicLetter {
  slug: string;
  status: Exclude<LetterStatus, 'draft'>;
  signing: Exclude<Signing, 'not-yet'>;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
  timeZone: string;
  firstTally: Deadline | null;
  final: Deadline | null;
  /** Authoritative text first. */
  texts: PublicText[];
  /** The published state of its texts; `hash` in hexadecimal. */
  revision: {
    number: number;
    kind: RevisionKind;
    hash: string;
    publishedAt: Date;
    reason: Reason | null;
  };
  settings: ListSettings;
  basis: ListBasis;
  version: number;
  updatedAt: Date;
}

/** How many of some organizations are named and how many are counted only. */
export interface Count {
  named: number;
  withheld: number;
  total: number;
}

/**
 * Distinct organizations that stand behind the present text: `total` = `named` + `withheld` = `listed` + `added`.
 * `coordinating` are among the listed; `earlier` stand apart and are in no other number.
 */
export interface Counts extends Count {
  coordinating: number;
  listed: Count;
  added: Count;
  earlier: Count;
}

export interface PublicSignatory {
  names: { ja: string | null; en: string | null };
  coordinating: boolean;
  /** When it signed the text it stands behind, or affirmed it. Shown with those added later only. */
  signedAt: Date;
}

const letterFields = {
  id: true,
  slug: true,
  authoritativeLanguage: true,
  date: true,
  timeZone: true,
  opensAt: true,
  closesAt: true,
  archivedAt: true,
  pausedAt: true,
  afterClosing: true,
} as const;

const signatoryFields = {
  id: true,
  nameJa: true,
  nameEn: true,
  coordinating: true,
  submittedAt: true,
  affirmations: {
    where: { answer: 'affirmed' },
    orderBy: { answeredAt: 'desc' },
    take: 1,
    select: { answeredAt: true },
  },
} as const;

type SignatoryRow = Prisma.EndorsementGetPayload<{ select: typeof signatoryFields }>;

function toPublicSignatory({
  nameJa,
  nameEn,
  coordinating,
  submittedAt,
  affirmations: [affirmed],
}: SignatoryRow): PublicSignatory {
  return {
    names: { ja: nameJa, en: nameEn },
    coordinating,
    signedAt: affirmed?.answeredAt ?? submittedAt,
  };
}

/** The letter at `slug`, or null when there is none or it has not opened yet. */
export async function publicLetter(
  slug: string,
  now: Date = new Date(),
): Promise<PublicLetter | null> {
  if (!isSlug(slug)) return null;
  const letter = await db().letter.findUnique({
    where: { slug },
    select: {
      ...letterFields,
      firstTallyAt: true,
      firstTallyLabelJa: true,
      firstTallyLabelEn: true,
      closesLabelJa: true,
      closesLabelEn: true,
      bindingRevision: true,
      delivery: true,
      listSettings: true,
      publicVersion: true,
      publicUpdatedAt: true,
      current: {
        select: { number: true, kind: true, canonical: true, hash: true, publishedAt: true },
      },
    },
  });
  if (!letter?.current || letter.bindingRevision === null) return null;
  const status = letterStatus(letter, now);
  const signs = signing(letter, now);
  if (status === 'draft' || signs === 'not-yet') return null;
  const {
    authoritativeLanguage: first,
    date,
    texts,
    reason,
  } = revisionContent(letter.current.canonical);
  return {
    slug: letter.slug,
    status,
    signing: signs,
    authoritativeLanguage: first,
    date,
    timeZone: letter.timeZone,
    firstTally: letter.firstTallyAt && {
      at: letter.firstTallyAt,
      label: { ja: letter.firstTallyLabelJa, en: letter.firstTallyLabelEn },
    },
    final: letter.closesAt && {
      at: letter.closesAt,
      label: { ja: letter.closesLabelJa, en: letter.closesLabelEn },
    },
    texts: (['ja', 'en'] as const)
      .flatMap((language) => (texts[language] ? [{ language, ...texts[language] }] : []))
      .sort((a, b) => Number(b.language === first) - Number(a.language === first)),
    revision: {
      number: letter.current.number,
      kind: letter.current.kind,
      hash: hex(letter.current.hash),
      publishedAt: letter.current.publishedAt,
      reason,
    },
    settings: listSettings(letter.listSettings),
    basis: {
      letterId: letter.id,
      bindingRevision: letter.bindingRevision,
      delivery: letter.delivery,
      closesAt: letter.closesAt,
    },
    version: letter.publicVersion,
    updatedAt: letter.publicUpdatedAt,
  };
}

export interface PublicLetterSummary {
  slug: string;
  status: PublicLetter['status'];
  authoritativeLanguage: Language;
  date: string;
  timeZone: string;
  closesAt: Date | null;
  titles: { language: Language; title: string; subject: string | null }[];
  /** Organizations that stand behind the present text. */
  total: number;
}

/** All letters that have opened and are not archived, newest first. */
export async function publicLetters(now: Date = new Date()): Promise<PublicLetterSummary[]> {
  const letters = await db().letter.findMany({
    where: { opensAt: { lte: now }, archivedAt: null },
    orderBy: { slug: 'asc' },
    select: { ...letterFields, bindingRevision: true, current: { select: { canonical: true } } },
  });
  const counts = await db().endorsement.groupBy({
    by: ['letterId', 'revision'],
    where: { letterId: { in: letters.map(({ id }) => id) }, state: 'approved' },
    _count: { _all: true },
  });
  const shown = letters.flatMap((letter) => {
    const status = letterStatus(letter, now);
    if (!letter.current || status === 'draft') return [];
    const { texts, date } = revisionContent(letter.current.canonical);
    const standing = counts.filter(
      ({ letterId, revision }) =>
        letterId === letter.id && revision >= (letter.bindingRevision ?? 1),
    );
    return {
      slug: letter.slug,
      status,
      authoritativeLanguage: letter.authoritativeLanguage,
      date,
      timeZone: letter.timeZone,
      closesAt: letter.closesAt,
      titles: (['ja', 'en'] as const).flatMap((language) => {
        const text = texts[language];
        return text ? [{ language, title: text.title, subject: text.subject }] : [];
      }),
      total: standing.reduce((total, { _count }) => total + _count._all, 0),
    };
  });
  return shown.sort((a, b) => compareKeys(b.date, a.date));
}

/** How many organizations have endorsed, counted from the approved endorsements. */
export async function publicCounts({
  letterId,
  bindingRevision,
  delivery,
  closesAt,
}: ListBasis): Promise<Counts> {
  const groups = await db().$queryRaw<
    { list: ListName; visibility: 'named' | 'withheld'; coordinating: boolean; count: number }[]
  >`
    SELECT CASE WHEN revision < ${bindingRevision} THEN 'earlier'
        WHEN CASE WHEN ${delivery}::int IS NULL THEN coalesce(submitted_at >= ${closesAt}::timestamptz, false)
          ELSE delivery IS DISTINCT FROM ${delivery}::int END THEN 'added'
        ELSE 'listed' END AS list,
      visibility, coordinating, count(*)::int AS count
    FROM endorsement WHERE letter_id = ${letterId}::uuid AND state = 'approved'
    GROUP BY 1, 2, 3`;
  const count = (...lists: ListName[]): Count => {
    const sum = (visibility: string) =>
      groups
        .filter((group) => lists.includes(group.list) && group.visibility === visibility)
        .reduce((total, group) => total + group.count, 0);
    const [named, withheld] = [sum('named'), sum('withheld')];
    return { named, withheld, total: named + withheld };
  };
  const coordinating = groups.find(
    (group) => group.list === 'listed' && group.visibility === 'named' && group.coordinating,
  );
  return {
    ...count('listed', 'added'),
    coordinating: coordinating?.count ?? 0,
    listed: count('listed'),
    added: count('added'),
    earlier: count('earlier'),
  };
}

/** The coordinating organizations in printed order, for the heading of their own. */
export async function coordinatingOrganizations(basis: ListBasis): Promise<PublicSignatory[]> {
  const rows = await db().endorsement.findMany({
    where: { ...inList(basis, 'listed'), visibility: 'named', coordinating: true },
    orderBy: [...IN_ORDER],
    select: signatoryFields,
  });
  return rows.map(toPublicSignatory);
}

/** Named signatories of a list in printed order, `take` of them from behind the first `skip` on. */
export async function signatories(
  basis: ListBasis,
  list: ListName,
  { skip = 0, take }: { skip?: number; take?: number } = {},
): Promise<PublicSignatory[]> {
  const rows = await db().endorsement.findMany({
    where: { ...inList(basis, list), visibility: 'named' },
    orderBy: [...IN_ORDER],
    skip,
    take,
    select: signatoryFields,
  });
  return rows.map(toPublicSignatory);
}

/** Named signatories found by a search. */
export interface Found {
  items: (PublicSignatory & { list: ListName })[];
  /** More were found than are given. */
  more: boolean;
}

/**
 * Named signatories of any list whose published name holds `text`, in printed order, at most `limit`. Only what is
 * published is looked in: a search that also knew readings or domains would tell them.
 */
export async function searchSignatories(
  basis: ListBasis,
  text: string,
  limit: number,
): Promise<Found> {
  const words = normaliseLine(text.slice(0, NAME_MAX).replaceAll('\0', ''));
  // NFKC makes up to 18 characters of one, and no name is longer.
  if (words === '' || [...words].length > NAME_MAX) return { items: [], more: false };
  const where = {
    visibility: 'named' as const,
    OR: (['nameJa', 'nameEn'] as const).map((name) => ({
      [name]: { contains: literally(words), mode: 'insensitive' as const },
    })),
  };
  const found = await Promise.all(
    (['listed', 'added', 'earlier'] as const).map(async (list) => {
      const rows = await db().endorsement.findMany({
        where: { AND: [inList(basis, list), where] },
        orderBy: [...IN_ORDER],
        take: limit + 1,
        select: signatoryFields,
      });
      return rows.map((row) => ({ ...toPublicSignatory(row), list }));
    }),
  );
  const items = found.flat();
  return { items: items.slice(0, limit), more: items.length > limit };
}

/** A letter and its list, as far as cursors need them. */
type Walked = Pick<PublicLetter, 'basis' | 'settings'>;

/** Cursors of another letter, list or order lead nowhere. */
function cursorSeal({ basis, settings: { by, legalFormCounts, latin } }: Walked, list: ListName) {
  return {
    secret: env().APP_SECRET,
    purpose: 'list cursor',
    context: JSON.stringify([basis.letterId, list, ORDER_VERSION, by, legalFormCounts, latin]),
  };
}

/** Cursors have lengths of this many bytes and its multiples, so that their length tells next to nothing of a reading. */
const CURSOR_BYTES = 256;

/**
 * A place in the list, as the API's cursor. Sealed: its key holds the reading, and whoever could make a cursor from an
 * entry's id would learn where withheld and waiting ones stand.
 */
function toCursor(letter: Walked, list: ListName, { pin, sortKey, id }: Place): string {
  const place = JSON.stringify([pin, sortKey, id]);
  const padding = ' '.repeat(CURSOR_BYTES - 1 - ((Buffer.byteLength(place) - 1) % CURSOR_BYTES));
  return sealStable(place + padding, cursorSeal(letter, list));
}

function fromCursor(letter: Walked, list: ListName, cursor: string): Place | null {
  const place = unsealStable(cursor, cursorSeal(letter, list));
  if (place === null) return null;
  const [pin, sortKey, id] = JSON.parse(place) as [number, string, string];
  return { pin, sortKey, id };
}

/**
 * Up to `limit` named signatories of a list in printed order from behind `cursor` on, and the cursor of the next ones
 * (null at the end). Null when the cursor is none that this function gave for this list in its present order.
 */
export async function signatoriesAfter(
  letter: Walked,
  list: ListName,
  limit: number,
  cursor: string | null,
): Promise<{ items: PublicSignatory[]; next: string | null } | null> {
  // The entry may have left the list since; its place is in the cursor.
  const after = cursor === null ? null : fromCursor(letter, list, cursor);
  if (cursor !== null && !after) return null;
  const rows = await db().endorsement.findMany({
    where: {
      AND: [
        { ...inList(letter.basis, list), visibility: 'named' },
        after ? beside(after, 'gt') : {},
      ],
    },
    orderBy: [...IN_ORDER],
    take: limit + 1,
    select: { ...signatoryFields, pin: true, sortKey: true },
  });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toPublicSignatory),
    next: rows.length > limit ? toCursor(letter, list, shown[shown.length - 1]!) : null,
  };
}
