import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Owner } from '@/lib/coordinator/access';
import { ASK_AGAIN_HOURS } from '@/lib/platform/limits';
import { hex } from '@/lib/platform/canonical-json';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { revisionContent, type Reason, type RevisionContent } from '@/lib/revision/content';
import { changesBetweenRevisions } from '@/lib/revision/differences';
import type { Changes } from '@/lib/revision/rules';
import { reaffirmationState, type ReaffirmationState } from './rules';

export interface KnownReaffirmation {
  state: ReaffirmationState;
  letterSlug: string;
  names: { ja: string | null; en: string | null };
  /** It asked to be counted, and not named. */
  withheld: boolean;
  /** The text it is asked to stand behind: the letter's newest. */
  content: RevisionContent;
  /** Why the text changed in substance. */
  reason: Reason | null;
  /** What differs between the text it stands behind and the newest; null when nothing does. */
  changes: Changes | null;
}

export type Affirmation = KnownReaffirmation | { state: 'unknown' };

/** What the link with `token` asks, for its page to show. Reading it changes nothing, however often. */
export async function affirmation(token: string, now: Date = new Date()): Promise<Affirmation> {
  if (!isToken(token)) return { state: 'unknown' };
  const question = await db().affirmation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      letterId: true,
      revision: true,
      answer: true,
      expiresAt: true,
      asked: { select: { canonical: true } },
      endorsement: {
        select: {
          state: true,
          visibility: true,
          revision: true,
          nameJa: true,
          nameEn: true,
          letter: {
            select: {
              slug: true,
              bindingRevision: true,
              current: { select: { canonical: true, hash: true } },
            },
          },
        },
      },
    },
  });
  if (!question?.endorsement.letter.current) return { state: 'unknown' };
  const { endorsement } = question;
  const { slug, bindingRevision, current } = endorsement.letter;
  const behind = await db().revision.findUniqueOrThrow({
    where: { letterId_number: { letterId: question.letterId, number: endorsement.revision } },
    select: { canonical: true, hash: true },
  });
  const hashed = (revision: { canonical: string; hash: Uint8Array }) => ({
    hash: hex(revision.hash),
    content: revisionContent(revision.canonical),
  });
  const present = hashed(current!);
  return {
    state: reaffirmationState(question, endorsement, bindingRevision ?? 1, now),
    letterSlug: slug,
    names: { ja: endorsement.nameJa, en: endorsement.nameEn },
    withheld: endorsement.visibility === 'withheld',
    content: present.content,
    reason: revisionContent(question.asked.canonical).reason,
    changes: changesBetweenRevisions(hashed(behind), present),
  };
}

/** Signatories on one page of those who were asked. */
export const REAFFIRMATION_PAGE_SIZE = 100;

export const ANSWERS = ['waiting', 'affirmed', 'withdrawn'] as const;
export type Answered = (typeof ANSWERS)[number];

/** A signatory that a letter's newest change of substance asks. */
export interface ReaffirmationSignatory {
  id: string;
  names: { ja: string | null; en: string | null };
  proof: 'email' | 'attested';
  /** Counted, and not named to the public. */
  withheld: boolean;
  /** The revision it stands behind. */
  revision: number;
  /** When it was asked last; null when it has not been asked, since it came to the list afterwards. */
  askedAt: Date | null;
  answeredAt: Date | null;
  /** The coordinator who recorded the answer; null: the representative answered. */
  recordedBy: string | null;
  /** It can be mailed now: it confirmed by mail, and was not asked in the last hours. */
  canAskAgain: boolean;
}

/** The signatories by how they answered a letter's newest change of substance. */
function answered(
  letterId: string,
  bindingRevision: number,
  answer: Answered,
): Prisma.EndorsementWhereInput {
  if (answer === 'waiting')
    return { letterId, state: { in: ['approved', 'verified'] }, revision: { lt: bindingRevision } };
  return {
    letterId,
    ...(answer === 'withdrawn' && { state: 'withdrawn' }),
    affirmations: { some: { revision: bindingRevision, answer } },
  };
}

/** The moment before which a signatory must have been asked last, to be asked again. */
export const lastAskedBefore = (now: Date) => new Date(now.getTime() - ASK_AGAIN_HOURS * 3_600_000);

/** How many signatories have answered a letter's newest change of substance, and how. */
export async function reaffirmationCounts(
  { letterId }: Owner,
  bindingRevision: number,
): Promise<Record<Answered, number>> {
  const [waiting, affirmed, withdrawn] = await Promise.all(
    ANSWERS.map((answer) =>
      db().endorsement.count({ where: answered(letterId, bindingRevision, answer) }),
    ),
  );
  return { waiting: waiting ?? 0, affirmed: affirmed ?? 0, withdrawn: withdrawn ?? 0 };
}

/** One page of the signatories that answered in one way, in the order of the list. */
export async function reaffirmationSignatories(
  { letterId }: Owner,
  bindingRevision: number,
  answer: Answered,
  page: number,
  now: Date = new Date(),
): Promise<ReaffirmationSignatory[]> {
  const rows = await db().endorsement.findMany({
    where: answered(letterId, bindingRevision, answer),
    orderBy: [{ sortKey: 'asc' }, { id: 'asc' }],
    skip: (page - 1) * REAFFIRMATION_PAGE_SIZE,
    take: REAFFIRMATION_PAGE_SIZE,
    select: {
      id: true,
      nameJa: true,
      nameEn: true,
      proof: true,
      visibility: true,
      revision: true,
      affirmations: {
        where: { revision: bindingRevision },
        select: { askedAt: true, answeredAt: true, recordedBy: { select: { email: true } } },
      },
    },
  });
  return rows.map(({ id, nameJa, nameEn, proof, visibility, revision, affirmations: [asked] }) => ({
    id,
    names: { ja: nameJa, en: nameEn },
    proof,
    withheld: visibility === 'withheld',
    revision,
    askedAt: asked?.askedAt ?? null,
    answeredAt: asked?.answeredAt ?? null,
    recordedBy: asked?.recordedBy?.email ?? null,
    canAskAgain:
      answer === 'waiting' && proof === 'email' && (!asked || asked.askedAt < lastAskedBefore(now)),
  }));
}

/** What a letter's newest change of substance asks about; null where there has been none, or no such letter. */
export async function bindingRevisionOf(
  tx: Db,
  letterId: string,
): Promise<{ slug: string; timeZone: string; revision: number; bindingRevision: number } | null> {
  const letter = await tx.letter.findUnique({
    where: { id: letterId },
    select: { slug: true, timeZone: true, revision: true, bindingRevision: true },
  });
  if (!letter?.revision || !letter.bindingRevision || letter.bindingRevision === 1) return null;
  return { ...letter, revision: letter.revision, bindingRevision: letter.bindingRevision };
}
