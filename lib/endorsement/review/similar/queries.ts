import type { LetterAccess } from '@/lib/coordinator/access';
import { nameFields, namesOf, type NameRow } from '@/lib/organization/names';
import { foldName } from '@/lib/organization/folding';
import { registrableDomain } from '@/lib/organization/rules';
import { db, literally } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { ByLanguage } from '@/lib/platform/languages';
import { nameHashes } from '../../keys';
import { mayShowName, type State } from '../../rules';
import { SEARCH_WORDS } from '../../queries';
import { seenNames, type SeenNames } from '../seen-names';

const SIMILAR_MAX = 5;
/**
 * How many are compared at most that have a name, the website, or a similar name. Which of more is left
 * to chance; without a bound, names that all begin alike would be compared by tens of thousands.
 */
const CANDIDATES_MAX = 1_000;

/** Another entry of the letter that may be of the same organization. */
export interface SimilarEntry extends SeenNames {
  id: string;
  state: State;
  sameWebsite: boolean;
}

/** An existing organization that may be the entry's. */
export interface SuggestedOrganization {
  id: string;
  names: ByLanguage;
  /** Whether one of its names folds to the same key as the entry's. */
  sameName: boolean;
  sameWebsite: boolean;
  /**
   * It already has an approved endorsement on this letter, so this entry cannot be linked to it.
   */
  hasSigned: boolean;
}

/**
 * The similarity of other rows' names and websites, as SQL over their `search_text`. Withheld ones
 * are found by a name that is the same.
 */
function likeness(rows: readonly NameRow[], website: string | null) {
  const names = Object.values(namesOf(rows).names);
  const folded = names.map(foldName).filter(Boolean);
  const hashes = nameHashes(names);
  const isSame = Prisma.sql`${SEARCH_WORDS} && ${[...folded, ...hashes]}::text[]`;
  const domain = website && registrableDomain(website);
  const domains = domain ? [domain] : [];
  const scores = folded.map((name) => Prisma.sql`word_similarity(${name}, search_text)`);
  const alike = folded.map((name) => Prisma.sql`${name} <% search_text`);
  const sameWebsite = domain
    ? Prisma.sql`search_text LIKE ${`% ${literally(domain)}`}`
    : Prisma.sql`false`;
  return {
    folded,
    hashes,
    score:
      scores.length > 0
        ? Prisma.sql`greatest(${Prisma.join(scores)}, CASE WHEN ${isSame} THEN 1 END)`
        : Prisma.sql`0`,
    /** The ids of the rows among which a condition holds that may be alike. */
    candidates: (among: Prisma.Sql) => Prisma.sql`
      (SELECT id FROM endorsement WHERE ${among} AND state <> 'submitted' AND ${isSame} LIMIT ${CANDIDATES_MAX})
      UNION (SELECT id FROM endorsement WHERE ${among} AND state <> 'submitted' AND ${SEARCH_WORDS} && ${domains}::text[]
        LIMIT ${CANDIDATES_MAX})
      UNION (SELECT id FROM endorsement WHERE ${among} AND state <> 'submitted' AND (${alike.length > 0 ? Prisma.join(alike, ' OR ') : Prisma.sql`false`})
        LIMIT ${CANDIDATES_MAX})`,
    sameWebsite,
  };
}

interface Compared {
  id: string;
  names: NameRow[];
  website: string | null;
}

/** The entries of the letter that may be of the same organization, best match first. */
export async function similarEntries(
  access: LetterAccess,
  entry: Compared,
): Promise<SimilarEntry[]> {
  const { score, candidates, sameWebsite } = likeness(entry.names, entry.website);
  // Observers see no similar withheld entries, since the match would reveal the name.
  const shown = mayShowName('withheld', access.role)
    ? Prisma.sql`true`
    : Prisma.sql`visibility = 'named'`;
  const found = await db().$queryRaw<{ id: string; sameWebsite: boolean }[]>`
    SELECT id, ${sameWebsite} AS "sameWebsite" FROM endorsement
    WHERE id = ANY(ARRAY(${candidates(Prisma.sql`letter_id = ${access.letterId}::uuid AND id <> ${entry.id}::uuid AND ${shown}`)}))
    ORDER BY ${score} DESC, verified_at, id
    LIMIT ${SIMILAR_MAX}`;
  if (found.length === 0) return [];
  const rows = await db().endorsement.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: { id: true, state: true, visibility: true, names: { select: nameFields } },
  });
  return found.flatMap(({ id, sameWebsite }) => {
    const row = rows.find((other) => other.id === id);
    return row ? [{ id, state: row.state, sameWebsite, ...seenNames(access, row) }] : [];
  });
}

/**
 * Existing organizations that may be an entry's: those with a similar endorsement on this letter,
 * or a similar public one on another. Names withheld on other letters are excluded.
 */
export async function suggestedOrganizations(
  { letterId }: LetterAccess,
  entry: Compared,
): Promise<SuggestedOrganization[]> {
  const { folded, hashes, score, candidates, sameWebsite } = likeness(entry.names, entry.website);
  const linked = Prisma.sql`organization_id IS NOT NULL AND id <> ${entry.id}::uuid
    AND (letter_id = ${letterId}::uuid OR (state = 'approved' AND visibility = 'named'
      AND EXISTS (SELECT FROM letter WHERE letter.id = letter_id AND opens_at <= now())))`;
  const found = await db().$queryRaw<Omit<SuggestedOrganization, 'names'>[]>`
    SELECT organization_id AS id, bool_or(${sameWebsite}) AS "sameWebsite", bool_or(name_key = ANY(${[...hashes, ...folded]}::text[])) AS "sameName",
      bool_or(letter_id = ${letterId}::uuid AND state = 'approved') AS "hasSigned"
    FROM endorsement JOIN letter ON letter.id = letter_id
    WHERE endorsement.id = ANY(ARRAY(${candidates(linked)}))
    GROUP BY organization_id
    ORDER BY max(${score}) DESC, organization_id
    LIMIT ${SIMILAR_MAX}`;
  if (found.length === 0) return [];
  const named = await db().organization.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    select: {
      id: true,
      names: { select: nameFields },
      // An organization that has only signed as withheld has no names of its own; the ones it
      // signed this letter with are shown instead.
      endorsements: { where: { letterId }, take: 1, select: { names: { select: nameFields } } },
    },
  });
  return found.flatMap((row) => {
    const organization = named.find(({ id }) => id === row.id);
    const own = organization?.names ?? [];
    const { names } = namesOf(own.length > 0 ? own : (organization?.endorsements[0]?.names ?? []));
    if (Object.keys(names).length === 0) return [];
    // `name_key` is one name of each endorsement; an entry may be in the other language only.
    const sameName =
      row.sameName || Object.values(names).some((name) => folded.includes(foldName(name)));
    return [{ ...row, names, sameName }];
  });
}
