import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { TRENDS } from '@/lib/platform/limits';
import { LARGE_PROVIDERS } from '@/lib/platform/mail/recipient';
import { domainHash } from '../../origin';
import { isUnusual, type Place } from './rules';

/** A place, and the mail domain that it is, if that is a large provider's. */
export interface Trend extends Place {
  provider: string | null;
}

/**
 * The places from which unusually many sign-ups of a letter came lately, most first. Counted in an
 * index, among a bounded number of the newest. Observers see none: they know nothing of contacts.
 */
export async function trendsOf(access: LetterAccess, now = new Date()): Promise<Trend[]> {
  if (!may(access.role, 'readContacts')) return [];
  const { letterId } = access;
  const since = new Date(now.getTime() - TRENDS.hours * 3_600_000);
  const ofLetter = Prisma.sql`FROM sign_up_origin WHERE letter_id = ${letterId}::uuid`;
  const rows = await db().$queryRaw<(Place & { allRecent: number; allBefore: number })[]>`
    WITH recent AS MATERIALIZED (
      SELECT network, domain, at ${ofLetter} AND at > ${since} ORDER BY at DESC LIMIT ${TRENDS.newest}
    ), earlier AS (
      SELECT domain, count(*)::int AS count FROM (
        SELECT domain ${ofLetter} AND at <= ${since} ORDER BY at DESC LIMIT ${TRENDS.before}) AS one GROUP BY domain
    ), place AS (
      SELECT 'network' AS kind, network AS hash, count(*)::int AS count, min(at) AS first, max(at) AS last
      FROM recent GROUP BY network HAVING count(*) >= ${TRENDS.least}
      UNION ALL
      SELECT 'domain', domain, count(*)::int, min(at), max(at) FROM recent GROUP BY domain HAVING count(*) >= ${TRENDS.least}
    )
    SELECT kind, encode(hash, 'hex') AS key, place.count, first, last,
      CASE kind WHEN 'domain' THEN coalesce(earlier.count, 0) ELSE 0 END AS before,
      (SELECT count(*)::int FROM recent) AS "allRecent", (SELECT coalesce(sum(count), 0)::int FROM earlier) AS "allBefore"
    FROM place LEFT JOIN earlier ON earlier.domain = hash
    ORDER BY place.count DESC, key`;
  if (rows.length === 0) return [];
  const providers = new Map(
    [...LARGE_PROVIDERS].map((domain) => [
      Buffer.from(domainHash(letterId, domain)).toString('hex'),
      domain,
    ]),
  );
  return rows
    .map(({ allRecent, allBefore, ...place }) => ({
      place: { ...place, provider: providers.get(place.key) ?? null },
      all: { recent: allRecent, before: allBefore },
    }))
    .filter(({ place, all }) => isUnusual(place, all, place.provider !== null, TRENDS))
    .map(({ place }) => place)
    .slice(0, TRENDS.most);
}

/** The ids of a letter's sign-ups from a place, as an SQL query. @param origin as `originKey` writes it */
export function entriesFrom({ letterId }: LetterAccess, origin: string): Prisma.Sql {
  const column = origin.startsWith('n') ? Prisma.sql`network` : Prisma.sql`domain`;
  return Prisma.sql`SELECT endorsement_id FROM sign_up_origin
    WHERE letter_id = ${letterId}::uuid AND ${column} = decode(${origin.slice(1)}, 'hex')`;
}
