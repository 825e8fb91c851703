import type { LetterAccess, Reviewer } from '@/lib/coordinator/access';
import { foldName } from '@/lib/organization/folding';
import { nameFields, namesOf, type NameRow } from '@/lib/organization/names';
import { registrableDomain } from '@/lib/organization/rules';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { BatchOutcome, BatchStep, Visibility } from '@/lib/platform/db/generated/enums';
import type { State } from '../../rules';
import { hasWord } from '../../queries';
import { entriesFound } from '../filters/queries';
import { looksFor } from '../filters/rules';
import { seenNames, type SeenNames } from '../seen-names';
import { signsOf } from '../signs/queries';
import { BATCH_MAX, type Selection } from './schema';

interface Compared {
  id: string;
  names: NameRow[];
  website: string | null;
  visibility: Visibility;
}

/** What an organization is compared by: its folded names, and the domain of its website. */
export function comparedBy({
  names,
  website,
}: {
  names: readonly string[];
  website: string | null;
}): { names: string[]; domain: string | null } {
  return {
    names: [...new Set(names.map(foldName).filter(Boolean))],
    domain: (website && registrableDomain(website)) || null,
  };
}

/** Which of the words (`comparedBy`) are of an organization that the public sees on another letter. */
export async function wordsElsewhere(
  letterId: string,
  words: readonly string[],
  on: Db = db(),
): Promise<Set<string>> {
  const rows = await on.$queryRaw<{ word: string }[]>`
    SELECT word FROM unnest(${words}::text[]) AS asked (word) WHERE EXISTS (
      SELECT FROM endorsement JOIN letter ON letter.id = letter_id
      WHERE letter_id <> ${letterId}::uuid AND organization_id IS NOT NULL AND state <> 'submitted' AND state = 'approved'
        AND visibility = 'named' AND opens_at <= now() AND ${hasWord(Prisma.sql`asked.word`)})`;
  return new Set(rows.map(({ word }) => word));
}

/**
 * Which of the entries may be of an organization that is known already: another entry of the letter,
 * or one that the public sees on another letter, has one of their names, or their website. In two
 * statements, however many entries there are.
 */
export async function alikeAmong(
  access: LetterAccess,
  rows: Compared[],
  on: Db = db(),
): Promise<Set<string>> {
  const words = rows.flatMap(({ id, names, website }) => {
    const compared = comparedBy({ names: Object.values(namesOf(names).names), website });
    return [...compared.names, compared.domain ?? ''].filter(Boolean).map((word) => ({ id, word }));
  });
  const [signs, elsewhere] = [
    await signsOf(access, rows, on),
    await wordsElsewhere(
      access.letterId,
      words.map(({ word }) => word),
      on,
    ),
  ];
  const here = rows.filter(({ id }) => signs.get(id)?.sameName || signs.get(id)?.sameWebsite);
  const there = words.filter(({ word }) => elsewhere.has(word));
  return new Set([...here, ...there].map(({ id }) => id));
}

/** An entry that is selected to be decided on with others. */
export interface SelectedEntry extends SeenNames {
  id: string;
  version: number;
  country: string;
  visibility: Visibility;
  /** Since when a coordinator holds it; it is not approved then. */
  heldAt: Date | null;
  /** Its organization may be known already, so it is not approved with others. */
  alike: boolean;
}

/**
 * The entries that a reviewer selected and that wait for a decision, oldest first, at most
 * {@link BATCH_MAX}; and how many there are in all.
 */
export async function selected(
  reviewer: Reviewer,
  { id, all, ...sought }: Selection,
): Promise<{ entries: SelectedEntry[]; total: number }> {
  const { letterId } = reviewer;
  const waiting = { letterId, state: 'verified' } satisfies Prisma.EndorsementWhereInput;
  const found =
    all && looksFor(sought)
      ? await db().$queryRaw<{ id: string; total: number }[]>`
          SELECT id, count(*) OVER ()::int AS total FROM (${await entriesFound(reviewer, sought)}) AS found WHERE state = 'verified'
          ORDER BY verified_at, submitted_at, id LIMIT ${BATCH_MAX}`
      : null;
  const where = !all
    ? { ...waiting, id: { in: id } }
    : found
      ? { ...waiting, id: { in: found.map((row) => row.id) } }
      : waiting;
  const rows = await db().endorsement.findMany({
    where,
    orderBy: [{ verifiedAt: 'asc' }, { submittedAt: 'asc' }, { id: 'asc' }],
    take: BATCH_MAX,
    select: {
      id: true,
      version: true,
      country: true,
      visibility: true,
      heldAt: true,
      website: true,
      names: { select: nameFields },
    },
  });
  const alike = await alikeAmong(reviewer, rows);
  return {
    entries: rows.map(({ website: _, ...row }) => ({
      ...row,
      ...seenNames(reviewer, row),
      alike: alike.has(row.id),
    })),
    total: found
      ? (found[0]?.total ?? 0)
      : all
        ? await db().endorsement.count({ where: waiting })
        : rows.length,
  };
}

/** An entry of a batch, and what became of it. */
export interface BatchEntryShown extends SeenNames {
  id: string;
  outcome: BatchOutcome;
  state: State;
  visibility: Visibility;
  /** It is as the batch left it, so that the batch can be undone for it. */
  undoable: boolean;
}

export interface BatchShown {
  id: string;
  step: BatchStep;
  /** The coordinator who decided. */
  by: string;
  decidedAt: Date;
  entries: BatchEntryShown[];
}

/** A batch of the letter, or null if there is none (any more). */
export async function batch(access: LetterAccess, id: string): Promise<BatchShown | null> {
  const found = await db().batch.findFirst({
    where: { id, letterId: access.letterId },
    select: {
      id: true,
      step: true,
      decidedAt: true,
      coordinator: { select: { email: true } },
      entries: {
        orderBy: [{ endorsement: { verifiedAt: 'asc' } }, { endorsementId: 'asc' }],
        select: {
          outcome: true,
          version: true,
          endorsement: {
            select: {
              id: true,
              state: true,
              version: true,
              visibility: true,
              names: { select: nameFields },
            },
          },
        },
      },
    },
  });
  return (
    found && {
      id: found.id,
      step: found.step,
      by: found.coordinator.email,
      decidedAt: found.decidedAt,
      entries: found.entries.map(({ outcome, version, endorsement }) => ({
        id: endorsement.id,
        outcome,
        state: endorsement.state,
        visibility: endorsement.visibility,
        undoable: outcome === 'decided' && version === endorsement.version,
        ...seenNames(access, endorsement),
      })),
    }
  );
}
