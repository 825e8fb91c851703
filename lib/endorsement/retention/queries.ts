/** When what is kept of people ends, as SQL over `letter` and `endorsement` (ADR 53). */
import type { Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { PEOPLE } from '@/lib/platform/limits';
import type { Deletion } from './rules';

/** Some months after a time, by the calendar; in UTC, whatever the connection's time zone. */
const monthsAfter = (at: Prisma.Sql, months: number) =>
  Prisma.sql`(((${at}) AT TIME ZONE 'UTC' + make_interval(months => ${months}::int)) AT TIME ZONE 'UTC')`;

const days = (count: number) => Prisma.sql`make_interval(days => ${count}::int)`;

/**
 * When the term of what is kept of people on an entry is over: it begins when the letter closes or is
 * archived, or with a later confirmation or decision. Null while the letter has no end, which
 * `greatest` alone would skip.
 * @param written when the row in question was written, if that may be later still
 */
export const termOver = (written: Prisma.Sql = Prisma.sql`NULL::timestamptz`) =>
  termOverSince(Prisma.sql`endorsement.verified_at, endorsement.decided_at, ${written}`);

/** {@link termOver} of what belongs to a letter and to no entry. @param times after which it cannot begin */
export const termOverSince = (times: Prisma.Sql) => {
  const settled = Prisma.sql`greatest(least(letter.closes_at, letter.archived_at), ${times})`;
  return Prisma.sql`CASE WHEN letter.closes_at IS NOT NULL OR letter.archived_at IS NOT NULL
    THEN ${monthsAfter(settled, PEOPLE.months)} END`;
};

/** When the term of an entry's contact data is over, with what its organization keeps. */
const contactTermOver = Prisma.sql`CASE WHEN ${termOver()} IS NOT NULL THEN greatest(${termOver()}, endorsement.page_kept_until) END`;

/** From when on its organization is told. One that was told before of another date is told anew. */
const tellFrom = Prisma.sql`(${contactTermOver} - ${days(PEOPLE.noticeDays)})`;

/** Whether there is somebody to tell, who has a page. */
const HAS_PAGE = Prisma.sql`(endorsement.proof = 'email' AND endorsement.contact_id IS NOT NULL)`;

/** When an entry's contact data is deleted: never sooner than some time after its organization was told. */
const deletedAt = (now: Date) => {
  const notice = days(PEOPLE.leastNoticeDays);
  return Prisma.sql`CASE
    WHEN NOT ${HAS_PAGE} THEN ${contactTermOver}
    WHEN endorsement.deletion_noticed_at >= ${tellFrom} THEN greatest(${contactTermOver}, endorsement.deletion_noticed_at + ${notice})
    WHEN ${contactTermOver} IS NOT NULL THEN greatest(${contactTermOver}, ${now}::timestamptz + ${notice}) END`;
};

/** Confirmed entries with their letters. Unconfirmed ones have a term of their own. */
const ENTRIES = Prisma.sql`FROM endorsement JOIN letter ON letter.id = endorsement.letter_id
  WHERE endorsement.state <> 'submitted'`;

/** Entries whose organizations have to be told now. */
export const toTell = (now: Date) => Prisma.sql`${ENTRIES} AND ${HAS_PAGE} AND ${tellFrom} <= ${now}
  AND (endorsement.deletion_noticed_at IS NULL OR endorsement.deletion_noticed_at < ${tellFrom})`;

/** Entries whose contact data has to be deleted now. */
export const withContactDataDue = (
  now: Date,
) => Prisma.sql`${ENTRIES} AND ${deletedAt(now)} <= ${now}
  AND (endorsement.contact_id IS NOT NULL OR EXISTS (SELECT FROM representative WHERE endorsement_id = endorsement.id))`;

/** Entries of which it has to be forgotten now why they were attested, declined or held. */
export const withRemarksDue = (
  now: Date,
) => Prisma.sql`${ENTRIES} AND ${termOver(Prisma.sql`endorsement.held_at`)} <= ${now}
  AND (endorsement.evidence IS NOT NULL OR endorsement.decline_note IS NOT NULL OR endorsement.held_reason IS NOT NULL)`;

/** What becomes of the contact data of entries; those whose letter has no end, or that have none, are missing. */
export async function deletionsOf(
  on: Db,
  endorsementIds: string[],
  now: Date,
): Promise<Map<string, Deletion>> {
  const found = await on.$queryRaw<(Deletion & { id: string })[]>`
    SELECT endorsement.id, ${deletedAt(now)} AS at,
      CASE WHEN endorsement.page_kept_until >= ${termOver()} THEN endorsement.page_kept_until END AS "keptUntil"
    ${ENTRIES} AND endorsement.id = ANY(${endorsementIds}::uuid[]) AND ${HAS_PAGE} AND ${termOver()} IS NOT NULL`;
  return new Map(found.map(({ id, ...deletion }) => [id, deletion]));
}

/** {@link deletionsOf} of one entry; null if nothing is going to be deleted. */
export async function deletionOf(
  on: Db,
  endorsementId: string,
  now: Date,
): Promise<Deletion | null> {
  return (await deletionsOf(on, [endorsementId], now)).get(endorsementId) ?? null;
}
