import type { Owner } from '@/lib/coordinator/access';
import { nameFields, namesOf } from '@/lib/organization/names';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Proof } from '@/lib/platform/db/generated/enums';
import type { ByLanguage } from '@/lib/platform/languages';
import { ASK_AGAIN_HOURS, REAFFIRMATION_DAYS } from '@/lib/platform/limits';
import { contactOf } from '@/lib/letter/contact';
import { hashToken, isToken } from '@/lib/platform/tokens';
import { mayShowName } from '@/lib/endorsement/rules';
import { revisionContent, type RevisionContent } from '../content';
import { changesBetweenRevisions } from '../differences';
import type { Changes } from '../rules';
import { reaffirmationState, type ReaffirmationState } from './rules';

export interface KnownReaffirmation {
  state: ReaffirmationState;
  letterSlug: string;
  /** The mail address to write to about the letter; null if there is none. */
  contact: string | null;
  names: ByLanguage;
  /** Whether it asked to be counted but not named. */
  withheld: boolean;
  timeZone: string;
  /** The text to reaffirm: the letter's newest revision. */
  content: RevisionContent;
  /** What was published since the revision that it stands behind. */
  steps: Step[];
}

export type Reaffirmation = KnownReaffirmation | { state: 'unknown' };

/** A revision, and how it differs from the one before it; null if in nothing that is shown. */
export interface Step {
  content: RevisionContent;
  changes: Changes | null;
}

/**
 * The revisions of a letter after a certain one, newest first: each has a reason of its own. The
 * differences are cached, since comparing long texts takes up to a second.
 */
export async function stepsAfter(tx: Db, letterId: string, number: number): Promise<Step[]> {
  const rows = await tx.revision.findMany({
    where: { letterId, number: { gte: number } },
    orderBy: { number: 'asc' },
    select: { canonical: true },
  });
  const contents = rows.map(({ canonical }) => revisionContent(canonical));
  return contents
    .slice(1)
    .map((content, index) => ({
      content,
      changes: changesBetweenRevisions(contents[index]!, content),
    }))
    .toReversed();
}

/** The state of the reaffirmation link with `token`. Reading it changes nothing. */
export async function reaffirmation(token: string, now: Date = new Date()): Promise<Reaffirmation> {
  if (!isToken(token)) return { state: 'unknown' };
  const link = await db().reaffirmationLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      reaffirmation: {
        select: {
          letterId: true,
          revision: true,
          answer: true,
          expiresAt: true,
          endorsement: {
            select: {
              state: true,
              visibility: true,
              revision: true,
              names: { select: nameFields },
              letter: {
                select: {
                  slug: true,
                  timeZone: true,
                  contactEmail: true,
                  bindingRevision: true,
                  current: { select: { canonical: true } },
                },
              },
            },
          },
        },
      },
    },
  });
  const request = link?.reaffirmation;
  if (!request?.endorsement.letter.current) return { state: 'unknown' };
  const { endorsement } = request;
  const { slug, timeZone, bindingRevision, current } = endorsement.letter;
  return {
    state: reaffirmationState(request, endorsement, bindingRevision ?? 1, now),
    letterSlug: slug,
    contact: contactOf(endorsement.letter),
    names: namesOf(endorsement.names).names,
    withheld: !mayShowName(endorsement.visibility, 'public'),
    timeZone,
    content: revisionContent(current!.canonical),
    steps: await stepsAfter(db(), request.letterId, endorsement.revision),
  };
}

/** Signatories per page. */
export const REAFFIRMATION_PAGE_SIZE = 100;

export const ANSWERS = ['waiting', 'affirmed', 'withdrawn'] as const;
export type Answered = (typeof ANSWERS)[number];

/** A signatory that the letter's binding revision concerns. */
export interface ReaffirmationSignatory {
  id: string;
  names: ByLanguage;
  proof: Proof;
  /** Whether it is counted but not named in public. */
  withheld: boolean;
  /** The revision it stands behind. */
  revision: number;
  /** Time of the last request; null if it was never asked, since it joined the list afterwards. */
  askedAt: Date | null;
  answeredAt: Date | null;
  /** The coordinator who recorded the answer; null if the representative answered. */
  recordedBy: string | null;
  /**
   * Whether a reminder can be sent now: its address was confirmed by mail, and the last mail is
   * long enough ago.
   */
  canAskAgain: boolean;
}

/**
 * Signatories by their answer to the request to reaffirm a letter's binding revision, as a Prisma
 * filter.
 */
function answered(
  letterId: string,
  bindingRevision: number,
  answer: Answered,
): Prisma.EndorsementWhereInput {
  if (answer === 'waiting') {
    return {
      letterId,
      state: { in: ['approved', 'verified'] },
      revision: { lt: bindingRevision },
    };
  }
  return {
    letterId,
    ...(answer === 'withdrawn' && { state: 'withdrawn' }),
    reaffirmations: { some: { revision: bindingRevision, answer } },
  };
}

/** Reminders can be sent to signatories last asked before this time. */
export const lastAskedBefore = (now: Date) => new Date(now.getTime() - ASK_AGAIN_HOURS * 3_600_000);

/** When a link that is sent at a given time expires. */
export const linkExpiry = (sentAt: Date) =>
  new Date(sentAt.getTime() + REAFFIRMATION_DAYS * 24 * 3_600_000);

/** Number of signatories by answer. */
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

/** One page of the signatories with an answer, in list order. */
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
      names: { select: nameFields },
      proof: true,
      visibility: true,
      revision: true,
      reaffirmations: {
        where: { revision: bindingRevision },
        select: { askedAt: true, answeredAt: true, recordedBy: { select: { email: true } } },
      },
    },
  });
  return rows.map(({ names, visibility, reaffirmations: [reaffirmation], ...row }) => ({
    ...row,
    names: namesOf(names).names,
    withheld: !mayShowName(visibility, 'public'),
    askedAt: reaffirmation?.askedAt ?? null,
    answeredAt: reaffirmation?.answeredAt ?? null,
    recordedBy: reaffirmation?.recordedBy?.email ?? null,
    canAskAgain:
      answer === 'waiting' &&
      row.proof === 'email' &&
      (!reaffirmation || reaffirmation.askedAt < lastAskedBefore(now)),
  }));
}

/** A letter that has asked its signatories to reaffirm. */
export interface LetterAskedAbout {
  slug: string;
  timeZone: string;
  contactEmail: string | null;
  revision: number;
  bindingRevision: number;
}

/** The binding revision of a letter with a change of substance; null without one. */
export async function bindingRevisionOf(
  tx: Db,
  letterId: string,
): Promise<LetterAskedAbout | null> {
  const letter = await tx.letter.findUnique({
    where: { id: letterId },
    select: {
      slug: true,
      timeZone: true,
      contactEmail: true,
      revision: true,
      bindingRevision: true,
    },
  });
  if (!letter?.revision || !letter.bindingRevision || letter.bindingRevision === 1) return null;
  const { revision, bindingRevision } = letter;
  return { ...letter, revision, bindingRevision };
}
