import { db, type Db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { hex } from '@/lib/platform/canonical-json';
import { contentOf } from '@/lib/letter/text/content';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import { revisionContent, type RevisionContent, type RevisionKind } from './content';
import type { Publishable } from './rules';

/** A revision, as in its row; `hash` in hexadecimal. */
export interface Revision {
  number: number;
  kind: RevisionKind;
  hash: string;
  publishedAt: Date;
  content: RevisionContent;
}

const revisionFields = {
  number: true,
  kind: true,
  hash: true,
  publishedAt: true,
  canonical: true,
} as const;

function toRevision(row: {
  number: number;
  kind: RevisionKind;
  hash: Uint8Array;
  publishedAt: Date;
  canonical: string;
}): Revision {
  const { hash, canonical, ...revision } = row;
  return { ...revision, hash: hex(hash), content: revisionContent(canonical) };
}

/** A letter's working texts and its published state. */
export interface WorkingLetter {
  slug: string;
  timeZone: string;
  /** The newest revision, or null if nothing is published. */
  published: (Revision & { by: string | null }) | null;
  working: Publishable;
  /** The version of each text, by language. */
  versions: ByLanguage<number>;
  /** Whether the letter has not opened, so that its first revision can still be replaced. */
  isUnopened: boolean;
}

/**
 * The state that a letter's next publication is based on. Within a transaction that has locked the
 * letter, it does not change until the end. Whether the letter has opened is evaluated at the
 * database's current time; the trigger on revisions uses the time at which its transaction began.
 */
export async function workingLetter(tx: Db, letterId: string): Promise<WorkingLetter> {
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: {
      slug: true,
      timeZone: true,
      authoritativeLanguage: true,
      date: true,
      texts: true,
      current: { select: { ...revisionFields, publishedBy: { select: { email: true } } } },
    },
  });
  const [clock] = await tx.$queryRaw<{ opened: boolean }[]>`
    SELECT coalesce(opens_at <= clock_timestamp(), false) AS opened FROM letter WHERE id = ${letterId}::uuid`;
  const { current, texts } = letter;
  return {
    slug: letter.slug,
    timeZone: letter.timeZone,
    published: current && { ...toRevision(current), by: current.publishedBy?.email ?? null },
    working: {
      texts: byLanguage(texts, contentOf),
      authoritativeLanguage: letter.authoritativeLanguage,
      date: letter.date.toISOString().slice(0, 10),
    },
    versions: byLanguage(texts, ({ version }) => version),
    isUnopened: !clock?.opened && (current?.number ?? 1) === 1,
  };
}

/** The data of the publishing page. */
export const workingLetterOf = (owner: Owner): Promise<WorkingLetter> =>
  workingLetter(db(), owner.letterId);

/**
 * Number of signatories that a change of substance would ask now: by mail, and those whose answers
 * coordinators record.
 */
export async function reaffirmationAudience(
  owner: Owner,
): Promise<{ mailed: number; attested: number }> {
  const groups = await db().endorsement.groupBy({
    by: ['proof'],
    where: { letterId: owner.letterId, state: { in: ['approved', 'verified'] } },
    _count: { _all: true },
  });
  const count = (proof: 'email' | 'attested') =>
    groups.find((group) => group.proof === proof)?._count._all ?? 0;
  return { mailed: count('email'), attested: count('attested') };
}

/** All revisions of a public letter, newest first. */
export async function revisionsOf(letterId: string): Promise<Revision[]> {
  const rows = await db().revision.findMany({
    where: { letterId },
    orderBy: { number: 'desc' },
    select: revisionFields,
  });
  return rows.map(toRevision);
}

/** One revision of a public letter; null if there is none with this number. */
export async function revisionOf(letterId: string, number: number): Promise<Revision | null> {
  const row = await db().revision.findUnique({
    where: { letterId_number: { letterId, number } },
    select: revisionFields,
  });
  return row && toRevision(row);
}

/**
 * The canonical JSON of a public letter's revision and its hash; null if there is none with this
 * number.
 */
export async function revisionCanonical(
  letterId: string,
  number: number,
): Promise<{ canonical: string; hash: Uint8Array } | null> {
  return db().revision.findUnique({
    where: { letterId_number: { letterId, number } },
    select: { canonical: true, hash: true },
  });
}
