/**
 * What the public may see: letters that have opened, and their approved endorsements. Derived at each reading, never
 * stored. Every answer is built from an explicit list of fields, so that a new column stays private until named here.
 */
import { db } from '../platform/db/client.ts';
import type { Language } from '../platform/db/generated/enums.ts';
import { isSlug, letterStatus, type LetterStatus } from '../letter/rules.ts';

/** Signatories on one page of the list; a longer list goes on on pages of its own. */
export const LIST_PAGE_SIZE = 200;

export interface PublicText {
  language: Language;
  title: string;
  subject: string | null;
  dateLine: string;
  salutation: string;
  /** Markdown. */
  body: string;
  callsIntro: string | null;
  calls: string[];
  closing: string | null;
  valediction: string;
}

export interface PublicLetter {
  slug: string;
  status: Exclude<LetterStatus, 'draft'>;
  authoritativeLanguage: Language;
  /** The date the letter bears, `2025-04-23`. */
  date: string;
  timeZone: string;
  closesAt: Date | null;
  /** Authoritative text first. */
  texts: PublicText[];
  version: number;
  updatedAt: Date;
}

/** Distinct organizations: `total` = `named` + `withheld`; `coordinating` are among the named or withheld. */
export interface Counts {
  coordinating: number;
  named: number;
  withheld: number;
  total: number;
}

export interface PublicSignatory {
  names: { ja: string | null; en: string | null };
  coordinating: boolean;
}

const letterFields = {
  id: true,
  slug: true,
  authoritativeLanguage: true,
  date: true,
  timeZone: true,
  opensAt: true,
  closesAt: true,
  publicVersion: true,
  publicUpdatedAt: true,
} as const;

const textFields = {
  language: true,
  title: true,
  subject: true,
  dateLine: true,
  salutation: true,
  body: true,
  callsIntro: true,
  calls: true,
  closing: true,
  valediction: true,
} as const;

const signatoryFields = { id: true, nameJa: true, nameEn: true, coordinating: true, sortKey: true } as const;

/** Where the published list of a letter is read from; the index `endorsement_published` serves it. */
const published = (slug: string) => ({ letter: { slug }, state: 'approved', visibility: 'named' }) as const;

const inOrder = [{ sortKey: 'asc' }, { id: 'asc' }] as const;

function toPublicSignatory(row: { nameJa: string | null; nameEn: string | null; coordinating: boolean }): PublicSignatory {
  return { names: { ja: row.nameJa, en: row.nameEn }, coordinating: row.coordinating };
}

/** The letter at `slug`, or null when there is none or it has not opened yet. */
export async function publicLetter(slug: string, now: Date = new Date()): Promise<PublicLetter | null> {
  if (!isSlug(slug)) return null;
  const letter = await db().letter.findUnique({ where: { slug }, select: { ...letterFields, texts: { select: textFields } } });
  if (!letter) return null;
  const status = letterStatus(letter, now);
  if (status === 'draft') return null;
  const first = letter.authoritativeLanguage;
  return {
    slug: letter.slug,
    status,
    authoritativeLanguage: first,
    date: letter.date.toISOString().slice(0, 10),
    timeZone: letter.timeZone,
    closesAt: letter.closesAt,
    texts: letter.texts.sort((a, b) => Number(b.language === first) - Number(a.language === first)),
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
  total: number;
}

/** All letters that have opened, newest first. */
export async function publicLetters(now: Date = new Date()): Promise<PublicLetterSummary[]> {
  const letters = await db().letter.findMany({
    where: { opensAt: { lte: now } },
    orderBy: [{ date: 'desc' }, { slug: 'asc' }],
    select: {
      ...letterFields,
      texts: { select: { language: true, title: true, subject: true } },
      _count: { select: { endorsements: { where: { state: 'approved' } } } },
    },
  });
  return letters.map((letter) => ({
    slug: letter.slug,
    status: letterStatus(letter, now) === 'closed' ? 'closed' : 'open',
    authoritativeLanguage: letter.authoritativeLanguage,
    date: letter.date.toISOString().slice(0, 10),
    timeZone: letter.timeZone,
    closesAt: letter.closesAt,
    titles: letter.texts,
    total: letter._count.endorsements,
  }));
}

/** How many organizations have endorsed, counted from the approved endorsements. */
export async function publicCounts(slug: string): Promise<Counts> {
  const groups = await db().endorsement.groupBy({
    by: ['visibility', 'coordinating'],
    where: { letter: { slug }, state: 'approved' },
    _count: { _all: true },
  });
  const sum = (which: (group: (typeof groups)[number]) => boolean) =>
    groups.filter(which).reduce((total, group) => total + group._count._all, 0);
  const named = sum((group) => group.visibility === 'named');
  const withheld = sum((group) => group.visibility === 'withheld');
  return {
    coordinating: sum((group) => group.coordinating && group.visibility === 'named'),
    named,
    withheld,
    total: named + withheld,
  };
}

/** The coordinating organizations in printed order, for the heading of their own. */
export async function coordinatingOrganizations(slug: string): Promise<PublicSignatory[]> {
  const rows = await db().endorsement.findMany({
    where: { ...published(slug), coordinating: true },
    orderBy: [...inOrder],
    take: LIST_PAGE_SIZE,
    select: signatoryFields,
  });
  return rows.map(toPublicSignatory);
}

/** Page `page` (from 1) of the named signatories in printed order, `LIST_PAGE_SIZE` to a page. */
export async function signatoriesPage(slug: string, page: number): Promise<PublicSignatory[]> {
  const rows = await db().endorsement.findMany({
    where: published(slug),
    orderBy: [...inOrder],
    skip: (page - 1) * LIST_PAGE_SIZE,
    take: LIST_PAGE_SIZE,
    select: signatoryFields,
  });
  return rows.map(toPublicSignatory);
}

/** A place in the list, as the API's cursor: which entry came last. Not its key, which holds the reading. */
function toCursor(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function fromCursor(cursor: string): string | null {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
}

/**
 * Up to `limit` named signatories in printed order from behind `cursor` on, and the cursor of the next ones (null at
 * the end). Null when the cursor is none that this function gave.
 */
export async function signatoriesAfter(
  slug: string,
  limit: number,
  cursor: string | null,
): Promise<{ items: PublicSignatory[]; next: string | null } | null> {
  const last = cursor === null ? null : fromCursor(cursor);
  // It may have left the list since; its place is still known.
  const after = last && (await db().endorsement.findFirst({ where: { id: last, letter: { slug } }, select: { id: true, sortKey: true } }));
  if (cursor !== null && !after) return null;
  const rows = await db().endorsement.findMany({
    where: {
      ...published(slug),
      ...(after && {
        AND: [
          { sortKey: { gte: after.sortKey } },
          { OR: [{ sortKey: { gt: after.sortKey } }, { sortKey: after.sortKey, id: { gt: after.id } }] },
        ],
      }),
    },
    orderBy: [...inOrder],
    take: limit + 1,
    select: signatoryFields,
  });
  const shown = rows.slice(0, limit);
  return { items: shown.map(toPublicSignatory), next: rows.length > limit ? toCursor(shown[shown.length - 1]!.id) : null };
}
