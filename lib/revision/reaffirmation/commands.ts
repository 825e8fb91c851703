import { actorOf, type Owner } from '@/lib/coordinator/access';
import { retract, withOwn, type OwnRefusal } from '@/lib/endorsement/entry/commands';
import { contactFields, contactsOf } from '@/lib/endorsement/representatives/queries';
import { nextState, type State } from '@/lib/endorsement/rules';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { nameFields, namesOf, storedNames } from '@/lib/organization/names';
import { audit, type Actor } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { reaffirmationMail } from './mail';
import { bindingRevisionOf, lastAskedBefore, linkExpiry, stepsAfter } from './queries';
import { ASKED_STATES, reaffirmationState, type Answer, type ReaffirmationState } from './rules';

/** An endorsement that cannot change until the transaction ends, since its letter is locked. */
interface Locked {
  id: string;
  letterId: string;
  state: State;
  revision: number;
}

const lockedFields = { id: true, letterId: true, state: true, revision: true } as const;

const REPRESENTATIVE: Actor = { kind: 'representative' };

/** Updates the revision that a locked endorsement stands behind. */
async function standBehind(
  tx: Db,
  { id, letterId, state, revision: before }: Locked,
  revision: number,
  actor: Actor,
): Promise<void> {
  await tx.endorsement.update({
    where: { id },
    data: { revision, agreedAt: new Date(), version: { increment: 1 } },
  });
  await audit(tx, {
    letterId,
    endorsementId: id,
    actor,
    action: 'reaffirm',
    before: { revision: String(before) },
    after: { revision: String(revision) },
  });
  if (state === 'approved') await markPublicChange(tx, letterId);
}

/**
 * Why an answer was refused: the link's state, or `changed` if the binding revision is newer than
 * the one shown.
 */
export type AnswerResult =
  | { ok: true; letterSlug: string; answer: Answer }
  | { ok: false; reason: 'unknown' | 'changed' | Exclude<ReaffirmationState, 'open'> };

/**
 * Records the answer of the representative whose link has `token`: exactly once under concurrent
 * requests.
 * @param seen the revision that the page showed, which an organization that affirms then stands
 *   behind
 */
export async function answerRequest(
  token: string,
  answer: Answer,
  seen: number,
): Promise<AnswerResult> {
  const link = await db().reaffirmationLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { reaffirmation: { select: { id: true, letterId: true } } },
  });
  const request = link?.reaffirmation;
  if (!request) return { ok: false, reason: 'unknown' };
  return db().$transaction(async (tx): Promise<AnswerResult> => {
    await lockLetter(tx, request.letterId);
    // Read again under the lock: a concurrent reminder replaces the link.
    const own = await tx.reaffirmationLink.findUnique({
      where: { tokenHash: hashToken(token) },
      select: {
        reaffirmation: {
          select: {
            revision: true,
            answer: true,
            expiresAt: true,
            endorsement: {
              select: {
                ...lockedFields,
                letter: { select: { slug: true, revision: true, bindingRevision: true } },
              },
            },
          },
        },
      },
    });
    const open = own?.reaffirmation;
    if (!open) return { ok: false, reason: 'unknown' };
    const { letter, ...endorsement } = open.endorsement;
    const { slug, revision, bindingRevision } = letter;
    const state = reaffirmationState(open, endorsement, bindingRevision ?? 1, new Date());
    if (state !== 'open' || !nextState(endorsement.state, 'retract'))
      return { ok: false, reason: state === 'open' ? 'closed' : state };
    if (answer === 'affirmed' && seen < open.revision) return { ok: false, reason: 'changed' };
    const { count } = await tx.reaffirmation.updateMany({
      where: { id: request.id, answer: null },
      data: { answer, answeredAt: new Date() },
    });
    if (count === 0) return { ok: false, reason: 'changed' };
    if (answer === 'affirmed')
      await standBehind(tx, endorsement, Math.min(seen, revision ?? seen), REPRESENTATIVE);
    else await retract(tx, endorsement);
    return { ok: true, letterSlug: slug, answer };
  });
}

/**
 * Makes the representative whose private link has `entryToken` a link to answer the question that is
 * open for their entry, as whoever has joined since it was mailed needs; earlier links stay valid.
 */
export async function linkToAnswer(
  entryToken: string,
): Promise<{ ok: true; token: string } | OwnRefusal> {
  return withOwn(
    entryToken,
    async (
      tx,
      { id: endorsementId, letterId },
      representativeId,
    ): Promise<{ ok: true; token: string } | OwnRefusal> => {
      const letter = await bindingRevisionOf(tx, letterId);
      const request = await tx.reaffirmation.findFirst({
        where: {
          endorsementId,
          revision: letter?.bindingRevision ?? 0,
          answer: null,
          expiresAt: { gt: new Date() },
        },
        select: { id: true },
      });
      if (!request) return { ok: false, reason: 'not-possible' };
      const token = newToken();
      await tx.reaffirmationLink.create({
        data: { reaffirmationId: request.id, representativeId, tokenHash: hashToken(token) },
      });
      return { ok: true, token };
    },
  );
}

/** A locked endorsement of the owner's letter that has not reaffirmed; null if there is none. */
async function lockWaiting(tx: Db, { letterId }: Owner, endorsementId: string) {
  await lockLetter(tx, letterId);
  const endorsement = await tx.endorsement.findFirst({
    where: { id: endorsementId, letterId, state: { in: ASKED_STATES } },
    select: lockedFields,
  });
  const letter = await bindingRevisionOf(tx, letterId);
  if (!letter || !endorsement || endorsement.revision >= letter.bindingRevision) return null;
  return { endorsement, letter };
}

/**
 * `not-asked`: the signatory is not among those who were asked by mail and have not answered;
 * `too-soon`: the last mail was sent too recently.
 */
export type RequestResult = { ok: true } | { ok: false; reason: 'not-asked' | 'too-soon' };

/**
 * Sends each representative of a signatory that has not answered a reminder with a new link; the old
 * links become invalid.
 */
export async function requestAgain(
  owner: Owner,
  endorsementId: string,
  now: Date = new Date(),
): Promise<RequestResult> {
  const { letterId } = owner;
  // Compared before the letter is locked; under the lock, the result is cached.
  const [endorsement, binding] = await Promise.all([
    db().endorsement.findFirst({
      where: { id: endorsementId, letterId },
      select: { revision: true },
    }),
    bindingRevisionOf(db(), letterId),
  ]);
  if (!endorsement || !binding) return { ok: false, reason: 'not-asked' };
  await stepsAfter(db(), letterId, endorsement.revision);
  return db().$transaction(async (tx): Promise<RequestResult> => {
    const waiting = await lockWaiting(tx, owner, endorsementId);
    const signatory = await tx.endorsement.findUnique({
      where: { id: endorsementId },
      select: {
        proof: true,
        visibility: true,
        names: { select: nameFields },
        ...contactFields,
      },
    });
    const contacts = signatory?.proof === 'email' ? contactsOf(signatory) : [];
    if (!waiting || !signatory || contacts.length === 0) return { ok: false, reason: 'not-asked' };
    const { endorsement, letter } = waiting;
    const { visibility, names } = signatory;

    const expiresAt = linkExpiry(now);
    const where = { endorsementId, revision: letter.bindingRevision };
    const anew = {
      askedAt: now,
      expiresAt,
      answer: null,
      answeredAt: null,
      recordedById: null,
    };
    const before = await tx.reaffirmation.findUnique({
      where: { endorsementId_revision: where },
      select: { id: true },
    });
    if (before) {
      const { count } = await tx.reaffirmation.updateMany({
        where: { ...where, askedAt: { lt: lastAskedBefore(now) } },
        data: anew,
      });
      if (count === 0) return { ok: false, reason: 'too-soon' };
    } else {
      await tx.reaffirmation.create({ data: { ...where, letterId, ...anew } });
    }
    const { id: reaffirmationId } = await tx.reaffirmation.findUniqueOrThrow({
      where: { endorsementId_revision: where },
      select: { id: true },
    });
    await tx.reaffirmationLink.deleteMany({ where: { reaffirmationId } });
    // The links of pending mails are no longer valid.
    await tx.mail.deleteMany({
      where: { endorsementId, kind: 'reaffirm', sentAt: null, attempts: 0 },
    });
    const steps = await stepsAfter(tx, letterId, endorsement.revision);
    const content = steps.find((step) => step.content.number === letter.bindingRevision)!.content;
    for (const { representativeId, email, language } of contacts) {
      const token = newToken();
      await tx.reaffirmationLink.create({
        data: { reaffirmationId, representativeId, tokenHash: hashToken(token) },
      });
      await enqueue(tx, {
        kind: 'reaffirm',
        to: email,
        language,
        props: {
          ...reaffirmationMail(letter, steps, content, language, expiresAt),
          organization: storedNames(namesOf(names), visibility).names,
        },
        token,
        letterId,
        endorsementId,
      });
    }
    await audit(tx, {
      letterId,
      endorsementId,
      actor: actorOf(owner),
      action: 'request_reaffirmation',
    });
    return { ok: true };
  });
}

/** `changed`: the binding revision is newer than the one shown. */
export type RecordResult = { ok: true } | { ok: false; reason: 'not-asked' | 'changed' };

/**
 * Records that a signatory reaffirms, as communicated to the coordinators without its link.
 * @param seen the revision that the page showed
 */
export async function recordReaffirmation(
  owner: Owner,
  endorsementId: string,
  seen: number,
): Promise<RecordResult> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<RecordResult> => {
    const waiting = await lockWaiting(tx, owner, endorsementId);
    if (!waiting) return { ok: false, reason: 'not-asked' };
    const { endorsement, letter } = waiting;
    if (seen < letter.bindingRevision) return { ok: false, reason: 'changed' };
    const answered = {
      answer: 'affirmed' as const,
      answeredAt: new Date(),
      recordedById: coordinatorId,
    };
    const where = { endorsementId, revision: letter.bindingRevision };
    await tx.reaffirmation.upsert({
      where: { endorsementId_revision: where },
      create: { ...where, letterId, ...answered },
      update: answered,
    });
    await standBehind(tx, endorsement, Math.min(seen, letter.revision), actorOf(owner));
    return { ok: true };
  });
}
