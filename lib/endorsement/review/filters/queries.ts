import type { LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { LookedFor } from '../schema';
import { entriesWith } from '../search/queries';
import { entriesFrom } from '../trends/queries';
import { alikeEntries } from './alike/queries';
import { entriesWithFailingMail } from './mail/queries';
import { filteredFor, NO_CATEGORY } from './rules';
import type { Filters } from './schema';

/** The countries of a letter's entries, by a loose scan of an index: a step for each country. */
export async function countriesOf({ letterId }: LetterAccess): Promise<string[]> {
  const after = (found: Prisma.Sql) =>
    Prisma.sql`SELECT country FROM endorsement WHERE letter_id = ${letterId}::uuid AND ${found} ORDER BY country LIMIT 1`;
  const rows = await db().$queryRaw<{ country: string }[]>`
    WITH RECURSIVE one AS (
      (${after(Prisma.sql`true`)})
      UNION ALL
      SELECT (${after(Prisma.sql`country > one.country`)}) FROM one WHERE one.country IS NOT NULL
    )
    SELECT country::text FROM one WHERE country IS NOT NULL`;
  return rows.map(({ country }) => country);
}

/** Whether an entry is in a category, or in none that its letter has (any more). */
function inCategory({ letterId }: LetterAccess, category: string): Prisma.Sql {
  if (category !== NO_CATEGORY) return Prisma.sql`category = ${category}`;
  return Prisma.sql`(category IS NULL OR category NOT IN (
    SELECT one->>'id' FROM letter CROSS JOIN jsonb_array_elements(list_settings->'categories') AS one WHERE letter.id = ${letterId}::uuid))`;
}

/** What an entry fulfils that passes the filters, as SQL conditions. */
async function conditions(access: LetterAccess, filters: Filters): Promise<Prisma.Sql[]> {
  const { country, category, language, visibility, proof, mailFails, alike, asks, held } = filters;
  return [
    ...(country ? [Prisma.sql`country = ${country}::bpchar`] : []),
    ...(category ? [inCategory(access, category)] : []),
    ...(language
      ? [
          Prisma.sql`EXISTS (SELECT FROM contact WHERE contact.id = endorsement.contact_id AND contact.language = ${language})`,
        ]
      : []),
    ...(visibility ? [Prisma.sql`visibility = ${visibility}::visibility`] : []),
    // Where nobody has confirmed yet, there is no proof.
    ...(proof ? [Prisma.sql`proof = ${proof}::proof AND endorsement.state <> 'submitted'`] : []),
    ...(mailFails ? [Prisma.sql`endorsement.id IN (${await entriesWithFailingMail(access)})`] : []),
    ...(alike ? [Prisma.sql`endorsement.id IN (${await alikeEntries(access)})`] : []),
    ...(asks
      ? [
          Prisma.sql`(erasure_requested_at IS NOT NULL OR endorsement.id IN (
            SELECT endorsement_id FROM proposed_change))`,
        ]
      : []),
    ...(held ? [Prisma.sql`held_at IS NOT NULL`] : []),
  ];
}

/**
 * A letter's entries that contain `q` and pass all filters that the coordinator may use, as an SQL
 * query: their id, state and times.
 */
export async function entriesFound(access: LetterAccess, sought: LookedFor): Promise<Prisma.Sql> {
  const { q, origin, ...filters } = filteredFor(access.role, sought);
  const contains = q.trim() !== '';
  const all = [
    Prisma.sql`endorsement.letter_id = ${access.letterId}::uuid`,
    ...(contains
      ? [Prisma.sql`endorsement.id IN (SELECT id FROM (${await entriesWith(access, q)}) AS named)`]
      : []),
    ...(origin ? [Prisma.sql`endorsement.id IN (${entriesFrom(access, origin)})`] : []),
    ...(await conditions(access, filters)),
  ];
  return Prisma.sql`SELECT endorsement.id, endorsement.state, endorsement.verified_at, endorsement.submitted_at
    FROM endorsement WHERE ${Prisma.join(all, ' AND ')}`;
}
