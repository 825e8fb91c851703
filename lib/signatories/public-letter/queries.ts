/**
 * Public data of letters that have opened. Always computed on read, never stored. All results are
 * built from explicit lists of fields, so that a new column stays private until it is named here.
 */
import { contactOf } from '@/lib/letter/contact';
import { listSettings, type ListSettings } from '@/lib/letter/list-settings';
import { isSlug, letterStatus, signing, type LetterStatus, type Signing } from '@/lib/letter/rules';
import { languagesOf, type LetterContent } from '@/lib/letter/text/content';
import { timesFields, toTimes } from '@/lib/letter/times/queries';
import { compareKeys } from '@/lib/organization/order';
import { hex } from '@/lib/platform/canonical-json';
import { db } from '@/lib/platform/db/client';
import type { ByLanguage, Language } from '@/lib/platform/languages';
import { revisionContent, type Reason, type RevisionKind } from '@/lib/revision/content';

export interface PublicText extends LetterContent {
  language: Language;
}

/** A deadline and its label. */
export interface Deadline {
  at: Date;
  label: ByLanguage;
}

export interface PublicLetter {
  id: string;
  slug: string;
  status: Exclude<LetterStatus, 'draft'>;
  signing: Exclude<Signing, 'not-yet'>;
  authoritativeLanguage: Language;
  /** The date of the letter, `2025-04-23`. */
  date: string;
  openedAt: Date;
  timeZone: string;
  /** The mail address to write to about it; null if there is none. */
  contact: string | null;
  /** The deadlines before the final one. */
  rounds: Deadline[];
  final: Deadline | null;
  /** The authoritative text comes first. */
  texts: PublicText[];
  /** The published revision of its texts; `hash` in hexadecimal. */
  revision: {
    number: number;
    kind: RevisionKind;
    hash: string;
    publishedAt: Date;
    reason: Reason | null;
  };
  settings: ListSettings;
  /** Number of the newest delivery; null if there is none. */
  delivery: number | null;
  version: number;
  updatedAt: Date;
}

const statusFields = {
  id: true,
  slug: true,
  authoritativeLanguage: true,
  archivedAt: true,
  pausedAt: true,
  ...timesFields,
} as const;

/** The letter at `slug`, or null if there is none or it has not opened. */
export async function publicLetter(
  slug: string,
  now: Date = new Date(),
): Promise<PublicLetter | null> {
  if (!isSlug(slug)) return null;
  const letter = await db().letter.findUnique({
    where: { slug },
    select: {
      ...statusFields,
      contactEmail: true,
      delivery: true,
      listSettings: true,
      publicVersion: true,
      publicUpdatedAt: true,
      current: {
        select: { number: true, kind: true, canonical: true, hash: true, publishedAt: true },
      },
    },
  });
  if (!letter?.current || !letter.opensAt) return null;
  const status = letterStatus(letter, now);
  const signs = signing(letter, now);
  if (status === 'draft' || signs === 'not-yet') return null;
  const { authoritativeLanguage, date, texts, reason } = revisionContent(letter.current.canonical);
  const times = toTimes(letter);
  return {
    id: letter.id,
    slug: letter.slug,
    status,
    signing: signs,
    authoritativeLanguage,
    date,
    openedAt: letter.opensAt,
    timeZone: letter.timeZone,
    contact: contactOf(letter),
    rounds: times.rounds,
    final: times.closesAt && { at: times.closesAt, label: times.closesLabel },
    texts: languagesOf(texts, authoritativeLanguage).map((language) => ({
      language,
      ...texts[language]!,
    })),
    revision: {
      number: letter.current.number,
      kind: letter.current.kind,
      hash: hex(letter.current.hash),
      publishedAt: letter.current.publishedAt,
      reason,
    },
    settings: listSettings(letter.listSettings),
    delivery: letter.delivery,
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
  /** The authoritative text comes first. */
  texts: PublicText[];
  /** When its present text became public. */
  publishedAt: Date;
  /** Number of organizations that have endorsed it, whichever revision. */
  total: number;
}

/** All letters that have opened and are not archived, newest first. */
export async function publicLetters(now: Date = new Date()): Promise<PublicLetterSummary[]> {
  const letters = await db().letter.findMany({
    where: { opensAt: { lte: now }, archivedAt: null },
    orderBy: { slug: 'asc' },
    select: { ...statusFields, current: { select: { canonical: true, publishedAt: true } } },
  });
  const counts = await db().signatoryCount.groupBy({
    by: ['letterId'],
    where: { letterId: { in: letters.map(({ id }) => id) } },
    _sum: { count: true },
  });
  const shown = letters.flatMap((letter) => {
    const status = letterStatus(letter, now);
    if (!letter.current || status === 'draft') return [];
    const { texts, date } = revisionContent(letter.current.canonical);
    return {
      slug: letter.slug,
      status,
      authoritativeLanguage: letter.authoritativeLanguage,
      date,
      timeZone: letter.timeZone,
      closesAt: letter.closesAt,
      texts: languagesOf(texts, letter.authoritativeLanguage).map((language) => ({
        language,
        ...texts[language]!,
      })),
      publishedAt: new Date(
        Math.max(letter.current.publishedAt.getTime(), letter.opensAt?.getTime() ?? 0),
      ),
      total: counts.find(({ letterId }) => letterId === letter.id)?._sum.count ?? 0,
    };
  });
  return shown.sort((a, b) => compareKeys(b.date, a.date));
}
