/**
 * The numbers of a letter's overview and of the list of letters. All of them are counted in the
 * database in a fixed number of statements, whose answers are bounded: by the periods of a chart,
 * by the countries there are, and by the languages of forms.
 */
import type { LetterAccess } from '@/lib/coordinator/access';
import type { ManagedLetter } from '@/lib/letter/queries';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { failingByLetter } from '@/lib/platform/mail/log';
import { NO_PROGRESS, periodsBetween, type Periods, type Progress } from './rules';

/** What waits for somebody on a letter, in numbers of entries; and of mails. */
export interface Waiting {
  /** Confirmed and not decided yet. */
  review: number;
  /** Attested, and the address answers that its organization has not signed. */
  denied: number;
  /** Changes that organizations propose. */
  changes: number;
  /** Organizations that asked for the erasure of their data. */
  erasures: number;
  /** Not confirmed yet. */
  unconfirmed: number;
  /** Asked to stand behind the binding revision, without an answer yet. */
  reaffirmations: number;
  /** Mails that did not arrive, or fail. */
  mails: number;
}

/** How far a letter's endorsements have come. Each number is part of the one before it. */
export interface Stages extends Progress {
  /** Counted in public. */
  published: number;
  /** Named in public. */
  named: number;
}

/** A letter's numbers. */
export interface Counts {
  waiting: Waiting;
  stages: Stages;
}

/** {@link Progress} as SQL aggregates. */
const PROGRESS = Prisma.sql`count(*)::int AS signed,
  count(*) FILTER (WHERE endorsement.verified_at IS NOT NULL)::int AS confirmed,
  count(*) FILTER (WHERE state = 'approved')::int AS approved`;

interface CountedRow extends Progress, Omit<Waiting, 'mails' | 'changes'> {
  letterId: string;
}

/** The numbers of letters, by id; in four statements, however many letters and entries there are. */
export async function countsOf(letterIds: string[]): Promise<(letterId: string) => Counts> {
  const [rows, published, changes, mails] = await Promise.all([
    db().$queryRaw<CountedRow[]>`
      SELECT letter_id AS "letterId", ${PROGRESS},
        count(*) FILTER (WHERE state = 'verified')::int AS review,
        count(*) FILTER (WHERE state = 'submitted')::int AS unconfirmed,
        count(*) FILTER (WHERE answer = 'denied' AND dismissed_at IS NULL AND state IN ('approved', 'verified'))::int AS denied,
        count(*) FILTER (WHERE erasure_requested_at IS NOT NULL)::int AS erasures,
        count(*) FILTER (WHERE state IN ('approved', 'verified') AND endorsement.revision < binding_revision)::int AS reaffirmations
      FROM endorsement JOIN letter ON letter.id = letter_id LEFT JOIN attested_question ON endorsement_id = endorsement.id
      WHERE letter_id = ANY(${letterIds}::uuid[]) GROUP BY letter_id`,
    db().$queryRaw<{ letterId: string; published: number; named: number }[]>`
      SELECT letter_id AS "letterId", sum(count)::int AS published,
        COALESCE(sum(count) FILTER (WHERE visibility = 'named'), 0)::int AS named
      FROM signatory_count JOIN letter ON letter.id = letter_id
      WHERE letter_id = ANY(${letterIds}::uuid[]) AND opens_at <= now() GROUP BY letter_id`,
    db().$queryRaw<{ letterId: string; count: number }[]>`
      SELECT letter_id AS "letterId", count(*)::int AS count
      FROM proposed_change JOIN endorsement ON endorsement.id = endorsement_id
      WHERE letter_id = ANY(${letterIds}::uuid[]) GROUP BY letter_id`,
    failingByLetter(letterIds),
  ]);
  const byLetter = <Row extends { letterId: string }>(found: Row[]) =>
    new Map(found.map((row) => [row.letterId, row]));
  const [rowOf, publishedOf, changesOf] = [byLetter(rows), byLetter(published), byLetter(changes)];
  return (letterId) => {
    const row = rowOf.get(letterId);
    const listed = publishedOf.get(letterId);
    return {
      waiting: {
        review: row?.review ?? 0,
        denied: row?.denied ?? 0,
        changes: changesOf.get(letterId)?.count ?? 0,
        erasures: row?.erasures ?? 0,
        unconfirmed: row?.unconfirmed ?? 0,
        reaffirmations: row?.reaffirmations ?? 0,
        mails: mails.get(letterId) ?? 0,
      },
      stages: {
        signed: row?.signed ?? 0,
        confirmed: row?.confirmed ?? 0,
        approved: row?.approved ?? 0,
        published: listed?.published ?? 0,
        named: listed?.named ?? 0,
      },
    };
  };
}

/** The progress of a group of entries, such as those of a country. */
export interface Group extends Progress {
  /** A country or language; null for entries without an address, whose language is not known. */
  of: string | null;
}

export interface Overview extends Counts {
  /** Null if nobody has signed yet. */
  time: (Periods & { progress: Progress[] }) | null;
  /** Most endorsements first. */
  countries: Group[];
  /** By the language of its mails, most endorsements first. */
  languages: Group[];
}

/** The time from the first sign-up until now, or until the letter was closed and nobody signed any more. */
async function periodsOf(
  letterId: string,
  { closesAt, timeZone }: Pick<ManagedLetter, 'closesAt' | 'timeZone'>,
  now: Date,
): Promise<Periods | null> {
  const { _min: min, _max: max } = await db().endorsement.aggregate({
    where: { letterId },
    _min: { submittedAt: true },
    _max: { submittedAt: true },
  });
  if (!min.submittedAt || !max.submittedAt) return null;
  const ended = closesAt && closesAt < now;
  const until = ended ? Math.max(max.submittedAt.getTime(), closesAt.getTime()) : now.getTime();
  return periodsBetween(min.submittedAt, new Date(until), timeZone);
}

/** The progress of those who signed in each of the periods. */
async function progressIn(letterId: string, { starts }: Periods): Promise<Progress[]> {
  const rows = await db().$queryRaw<(Progress & { period: number })[]>`
    SELECT width_bucket(submitted_at, ${starts}::timestamptz[]) AS period, ${PROGRESS}
    FROM endorsement WHERE letter_id = ${letterId}::uuid GROUP BY period`;
  const found = new Map(rows.map(({ period, ...progress }) => [period, progress]));
  return starts.map((_, index) => found.get(index + 1) ?? NO_PROGRESS);
}

/** The numbers of a letter's overview. They contain no personal data and no name. */
export async function overview(
  { letterId }: LetterAccess,
  letter: Pick<ManagedLetter, 'closesAt' | 'timeZone'>,
  now: Date,
): Promise<Overview> {
  const grouped = (of: Prisma.Sql) => db().$queryRaw<Group[]>`
    SELECT ${of} AS of, ${PROGRESS}
    FROM endorsement LEFT JOIN contact ON contact.id = contact_id
    WHERE letter_id = ${letterId}::uuid GROUP BY 1 ORDER BY approved DESC, signed DESC, 1`;
  const [counts, periods, countries, languages] = await Promise.all([
    countsOf([letterId]),
    periodsOf(letterId, letter, now),
    grouped(Prisma.sql`country`),
    grouped(Prisma.sql`contact.language`),
  ]);
  const time = periods && { ...periods, progress: await progressIn(letterId, periods) };
  return { ...counts(letterId), time, countries, languages };
}
