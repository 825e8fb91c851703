import { db, type Db } from '@/lib/platform/db/client';
import type { Owner } from '@/lib/coordinator/access';
import { AFFIRMATION_DAYS } from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { BY_REPRESENTATIVE, nextState, type State } from '@/lib/endorsement/rules';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import { revisionContent } from '@/lib/revision/content';
import { question } from './mail';
import { lastAskedBefore, bindingRevisionOf } from './queries';
import { reaffirmationState, type Answer, type ReaffirmationState } from './rules';

/** An endorsement that does not change until the transaction ends, since its letter is locked. */
interface Locked {
  id: string;
  letterId: string;
  state: State;
  revision: number;
}

const lockedFields = { id: true, letterId: true, state: true, revision: true } as const;

/** Makes a locked endorsement stand behind a later revision, with its audit row. */
async function standBehind(
  tx: Db,
  endorsement: Locked,
  revision: number,
  actorId: string | null,
): Promise<void> {
  const { id, letterId, state } = endorsement;
  await tx.endorsement.update({ where: { id }, data: { revision, version: { increment: 1 } } });
  await tx.auditEvent.create({
    data: {
      letterId,
      endorsementId: id,
      actorId,
      action: 'affirm',
      before: { revision: String(endorsement.revision) },
      after: { revision: String(revision) },
      note: actorId ? null : BY_REPRESENTATIVE,
    },
  });
  if (state === 'approved') await markPublicChange(tx, letterId);
}

/** Withdraws a locked endorsement for its representative, with its audit row. */
async function retract(tx: Db, { id, letterId, state }: Locked, withdrawn: State): Promise<void> {
  await tx.endorsement.update({
    where: { id },
    data: { state: withdrawn, decidedAt: new Date(), version: { increment: 1 } },
  });
  await tx.auditEvent.create({
    data: {
      letterId,
      endorsementId: id,
      actorId: null,
      action: 'withdraw',
      before: { state },
      after: { state: withdrawn },
      note: BY_REPRESENTATIVE,
    },
  });
  if (state === 'approved') await markPublicChange(tx, letterId);
}

/** `publicChange`: the public list differs now. Why an answer was not taken: the link's state, or `changed` when the text has changed in substance since the page was made. */
export type AnswerResult =
  | { ok: true; letterSlug: string; answer: Answer; publicChange: boolean }
  | { ok: false; reason: 'unknown' | 'changed' | Exclude<ReaffirmationState, 'open'> };

/**
 * Takes the answer of the representative whom the link with `token` asks: exactly once, however many ask at the same time.
 * @param seen the revision that the page with the buttons showed; affirming, the organization stands behind that one
 */
export async function answer(token: string, said: Answer, seen: number): Promise<AnswerResult> {
  const asked = await db().affirmation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { id: true, letterId: true },
  });
  if (!asked) return { ok: false, reason: 'unknown' };
  return db().$transaction(async (tx): Promise<AnswerResult> => {
    await lockLetter(tx, asked.letterId);
    // Read once more behind the lock: asked anew meanwhile, the row has another token.
    const open = await tx.affirmation.findUnique({
      where: { tokenHash: hashToken(token) },
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
    });
    if (!open) return { ok: false, reason: 'unknown' };
    const { letter, ...endorsement } = open.endorsement;
    const { slug, revision, bindingRevision } = letter;
    const state = reaffirmationState(open, endorsement, bindingRevision ?? 1, new Date());
    const withdrawn = nextState(endorsement.state, 'retract');
    if (state !== 'open' || !withdrawn)
      return { ok: false, reason: state === 'open' ? 'closed' : state };
    if (said === 'affirmed' && seen < open.revision) return { ok: false, reason: 'changed' };
    const { count } = await tx.affirmation.updateMany({
      where: { id: asked.id, answer: null },
      data: { answer: said, answeredAt: new Date() },
    });
    if (count === 0) return { ok: false, reason: 'changed' };
    if (said === 'affirmed')
      await standBehind(tx, endorsement, Math.min(seen, revision ?? seen), null);
    else await retract(tx, endorsement, withdrawn);
    return {
      ok: true,
      letterSlug: slug,
      answer: said,
      publicChange: endorsement.state === 'approved',
    };
  });
}

/** An endorsement of the owner's letter that has not affirmed its newest change of substance, locked; null when it is none. */
async function lockWaiting(tx: Db, { letterId }: Owner, endorsementId: string) {
  await lockLetter(tx, letterId);
  const endorsement = await tx.endorsement.findFirst({
    where: { id: endorsementId, letterId },
    select: lockedFields,
  });
  const newest = await bindingRevisionOf(tx, letterId);
  if (!newest || !endorsement || endorsement.revision >= newest.bindingRevision) return null;
  return endorsement.state === 'approved' || endorsement.state === 'verified'
    ? { endorsement, newest }
    : null;
}

/** `not-asked`: the signatory is not among those who are asked by mail and have not answered; `too-soon`: it was asked in the last hours. */
export type AskResult = { ok: true } | { ok: false; reason: 'not-asked' | 'too-soon' };

/** Mails a signatory that has not answered a new link in place of its old one. */
export async function requestAgain(
  owner: Owner,
  endorsementId: string,
  now: Date = new Date(),
): Promise<AskResult> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<AskResult> => {
    const waiting = await lockWaiting(tx, owner, endorsementId);
    const signatory = await tx.endorsement.findUnique({
      where: { id: endorsementId },
      select: { email: true, language: true, proof: true, nameJa: true, nameEn: true },
    });
    if (!waiting || signatory?.proof !== 'email') return { ok: false, reason: 'not-asked' };
    const { endorsement, newest } = waiting;

    const token = newToken();
    const expiresAt = new Date(now.getTime() + AFFIRMATION_DAYS * 24 * 3_600_000);
    const where = { endorsementId, revision: newest.bindingRevision };
    const anew = {
      tokenHash: hashToken(token),
      askedAt: now,
      expiresAt,
      answer: null,
      answeredAt: null,
      recordedById: null,
    };
    const asked = await tx.affirmation.findUnique({
      where: { endorsementId_revision: where },
      select: { askedAt: true },
    });
    if (asked) {
      const { count } = await tx.affirmation.updateMany({
        where: { ...where, askedAt: { lt: lastAskedBefore(now) } },
        data: anew,
      });
      if (count === 0) return { ok: false, reason: 'too-soon' };
    } else {
      await tx.affirmation.create({ data: { ...where, letterId, ...anew } });
    }
    // The mail that still waits holds a link that no longer works.
    await tx.mail.deleteMany({
      where: { endorsementId, kind: 'affirm', sentAt: null, attempts: 0 },
    });
    const contentOf = async (number: number) =>
      revisionContent(
        (
          await tx.revision.findUniqueOrThrow({
            where: { letterId_number: { letterId, number } },
            select: { canonical: true },
          })
        ).canonical,
      );
    const about = question(
      newest,
      await contentOf(endorsement.revision),
      await contentOf(newest.bindingRevision),
      signatory.language,
      expiresAt,
    );
    await enqueue(tx, {
      kind: 'affirm',
      to: signatory.email,
      language: signatory.language,
      props: { ...about, organization: { ja: signatory.nameJa, en: signatory.nameEn } },
      token,
      letterId,
      endorsementId,
    });
    await tx.auditEvent.create({
      data: {
        letterId,
        endorsementId,
        actorId: coordinatorId,
        action: 'ask_again',
        before: {},
        after: {},
      },
    });
    return { ok: true };
  });
}

/** `publicChange`: the public list differs now. `changed`: the text has changed in substance since it was seen. */
export type RecordResult =
  { ok: true; publicChange: boolean } | { ok: false; reason: 'not-asked' | 'changed' };

/**
 * Records that a signatory affirms the letter's text, as it told the coordinators otherwise than by its link.
 * @param seen the revision that the page with the button named
 */
export async function recordAffirmation(
  owner: Owner,
  endorsementId: string,
  seen: number,
): Promise<RecordResult> {
  const { letterId, coordinatorId } = owner;
  return db().$transaction(async (tx): Promise<RecordResult> => {
    const waiting = await lockWaiting(tx, owner, endorsementId);
    if (!waiting) return { ok: false, reason: 'not-asked' };
    const { endorsement, newest } = waiting;
    if (seen < newest.bindingRevision) return { ok: false, reason: 'changed' };
    const answered = {
      answer: 'affirmed' as const,
      answeredAt: new Date(),
      recordedById: coordinatorId,
    };
    const where = { endorsementId, revision: newest.bindingRevision };
    await tx.affirmation.upsert({
      where: { endorsementId_revision: where },
      create: { ...where, letterId, ...answered },
      update: answered,
    });
    await standBehind(tx, endorsement, Math.min(seen, newest.revision), coordinatorId);
    return { ok: true, publicChange: endorsement.state === 'approved' };
  });
}
