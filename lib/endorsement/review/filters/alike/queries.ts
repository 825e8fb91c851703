import type { LetterAccess } from '@/lib/coordinator/access';
import { searchForms } from '@/lib/organization/folding';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { nameHashes } from '../../../keys';
import { mayShowName } from '../../../rules';
import { newestWithheld } from '../../withheld/queries';

/** Entries whose names are read by one query. */
const AT_ONCE = 5_000;

/** Withheld entries have hashes in place of their names, which those of named entries never equal. */
async function namesOfWithheld({ letterId }: LetterAccess) {
  const opened = await newestWithheld(letterId);
  return opened.flatMap(({ id, isConfirmed, names }) =>
    Object.values(names)
      .flatMap((name) => searchForms(name))
      .filter(Boolean)
      .map((word) => ({ id, isConfirmed, word })),
  );
}

/**
 * The words by which the entries of a letter are known, as an SQL query. `own`: names, with their
 * legal forms as words of their own, and domains, unlike readings.
 */
function wordsOf(access: LetterAccess, withheld: Awaited<ReturnType<typeof namesOfWithheld>>) {
  const shown = mayShowName('withheld', access.role)
    ? Prisma.sql`true`
    : Prisma.sql`visibility = 'named'`;
  return Prisma.sql`
    SELECT endorsement.id, state <> 'submitted' AS confirmed, word, own
    FROM endorsement CROSS JOIN LATERAL (
      SELECT string_to_table(split_part(search_text, E'\\n', 1), ' ') AS word, true AS own
      UNION ALL SELECT word, word LIKE '%.%' FROM string_to_table(split_part(search_text, E'\\n', 2), ' ') AS word
    ) AS said WHERE letter_id = ${access.letterId}::uuid AND ${shown} AND word <> ''
    UNION ALL
    SELECT id, confirmed, word, true FROM unnest(${withheld.map(({ id }) => id)}::uuid[],
      ${withheld.map(({ isConfirmed }) => isConfirmed)}::boolean[], ${withheld.map(({ word }) => word)}::text[]) AS opened (id, confirmed, word)`;
}

/** The names of entries as words, by id: without legal forms. */
async function namesAsWords(ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const words = new Map<string, Set<string>>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await db().endorsement.findMany({
      where: { id: { in: ids.slice(from, from + AT_ONCE) } },
      select: { id: true, names: { select: nameFields } },
    });
    for (const row of rows) {
      const names = Object.values(namesOf(row.names).names);
      words.set(
        row.id,
        new Set([...names.flatMap((name) => searchForms(name)), ...nameHashes(names)]),
      );
    }
  }
  return words;
}

/**
 * The ids of entries that may be duplicates, as an SQL query: another confirmed entry of the letter
 * has one of their names, or their website. As in `signsOf`, but for all of a letter: words that
 * several entries have are looked for in one pass, and for each of them one entry is asked whether
 * it is a name, or a legal form, which thousands have. Withheld names are compared with named ones
 * as far as they are opened (`newestWithheld`).
 */
export async function alikeEntries(access: LetterAccess): Promise<Prisma.Sql> {
  const withheld = mayShowName('withheld', access.role) ? await namesOfWithheld(access) : [];
  const words = wordsOf(access, withheld);
  const shared = await db().$queryRaw<{ word: string; sample: string; several: boolean }[]>`
    SELECT word, sample, first <> last AS several FROM (
      SELECT word, min(id::text) FILTER (WHERE own) AS sample, min(key) FILTER (WHERE confirmed) AS first, max(key) FILTER (WHERE confirmed) AS last
      -- Whether ids differ, their hashes tell in a third of the time.
      FROM (SELECT word, own, confirmed, id, uuid_hash_extended(id, 0) AS key FROM (${words}) AS word) AS keyed
      GROUP BY word HAVING min(key) <> max(key)
    ) AS found WHERE first IS NOT NULL AND sample IS NOT NULL`;
  const names = await namesAsWords([...new Set(shared.map(({ sample }) => sample))]);
  const known = shared.filter(
    ({ word, sample }) => word.includes('.') || names.get(sample)?.has(word),
  );
  const several = known.filter((one) => one.several);
  return Prisma.sql`SELECT id FROM (${words}) AS word WHERE own AND CASE WHEN confirmed
    THEN word = ANY(${several.map(({ word }) => word)}::text[]) ELSE word = ANY(${known.map(({ word }) => word)}::text[]) END`;
}
