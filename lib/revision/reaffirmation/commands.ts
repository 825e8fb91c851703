import { actorOf, type Owner } from '@/lib/coordinator/access';
import { nextState, stateAfter, statesBefore, type State } from '@/lib/endorsement/rules';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { nameFields, namesOf } from '@/lib/organization/names';
import { audit, type Actor } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { REAFFIRMATION_DAYS } from '@/lib/platform/limits';
import type { MailProps } from '@/lib/platform/mail/kinds';
import { addressKey, enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken, seal } from '@/lib/platform/tokens';
import { revisionContent, type RevisionContent } from '../content';
import { changesBetween, type Changes, type Publishable } from '../rules';
import { reaffirmationMail } from './mail';
import { bindingRevisionOf, changesBetweenNumbers, lastAskedBefore } from './queries';
import { reaffirmationState, type Answer, type ReaffirmationState } from './rules';

/** An endorsement that cannot change until the transaction ends, since its letter is locked. */
interface Locked {
  id: string;
  letterId: string;
  state: State;
  revision: number;
}

const lockedFields = { id: true, letterId: true, state: true, revision: true } as const;

/** The states of signatories that are asked to reaffirm: on the list, or awaiting review. */
const ASKED_STATES = statesBefore('retract');

const REPRESENTATIVE: Actor = { kind: 'representative' };

const expiry = (now: Date) => new Date(now.getTime() + REAFFIRMATION_DAYS * 24 * 3_600_000);

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

/** Withdraws a locked endorsement for its representative. */
async function retract(tx: Db, { id, letterId, state }: Locked): Promise<void> {
  const withdrawn = stateAfter('retract');
  await tx.endorsement.update({
    where: { id },
    data: {
      state: withdrawn,
      withdrawnBy: 'representative',
      decidedAt: new Date(),
      version: { increment: 1 },
    },
  });
  await audit(tx, {
    letterId,
    endorsementId: id,
    actor: REPRESENTATIVE,
    action: 'withdraw',
    before: { state },
    after: { state: withdrawn },
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
  const request = await db().reaffirmation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { id: true, letterId: true },
  });
  if (!request) return { ok: false, reason: 'unknown' };
  return db().$transaction(async (tx): Promise<AnswerResult> => {
    await lockLetter(tx, request.letterId);
    // Read again under the lock: a concurrent reminder changes the row's token.
    const open = await tx.reaffirmation.findUnique({
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
 * Sends a reminder with a new link to a signatory that has not answered; the old link becomes
 * invalid.
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
  await changesBetweenNumbers(db(), letterId, endorsement.revision, binding.bindingRevision);
  return db().$transaction(async (tx): Promise<RequestResult> => {
    const waiting = await lockWaiting(tx, owner, endorsementId);
    const signatory = await tx.endorsement.findUnique({
      where: { id: endorsementId },
      select: {
        proof: true,
        names: { select: nameFields },
        contact: { select: { email: true, language: true } },
      },
    });
    if (!waiting || signatory?.proof !== 'email' || !signatory.contact)
      return { ok: false, reason: 'not-asked' };
    const { endorsement, letter } = waiting;
    const { contact, names } = signatory;

    const token = newToken();
    const expiresAt = expiry(now);
    const where = { endorsementId, revision: letter.bindingRevision };
    const anew = {
      tokenHash: hashToken(token),
      askedAt: now,
      expiresAt,
      answer: null,
      answeredAt: null,
      recordedById: null,
    };
    const before = await tx.reaffirmation.findUnique({
      where: { endorsementId_revision: where },
      select: { askedAt: true },
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
    // The link of a pending mail is no longer valid.
    await tx.mail.deleteMany({
      where: { endorsementId, kind: 'reaffirm', sentAt: null, attempts: 0 },
    });
    const { changes, content } = await changesBetweenNumbers(
      tx,
      letterId,
      endorsement.revision,
      letter.bindingRevision,
    );
    await enqueue(tx, {
      kind: 'reaffirm',
      to: contact.email,
      language: contact.language,
      props: {
        ...reaffirmationMail(letter, changes, content, contact.language, expiresAt),
        organization: namesOf(names).names,
      },
      token,
      letterId,
      endorsementId,
    });
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

/**
 * Number of signatories that a change of substance asks: by mail, and those whose answers
 * coordinators record.
 */
export interface Audience {
  mailed: number;
  attested: number;
}

/**
 * The differences between a text about to be published and each revision that signatories stand
 * behind, by its number. Each comparison takes up to a second, so it is done before the letter is
 * locked.
 */
export async function prepareChanges(
  letterId: string,
  content: Publishable,
): Promise<Map<number, Changes | null>> {
  const revisions = await db().revision.findMany({
    where: { letterId },
    select: { number: true, canonical: true },
  });
  const behind = await db().endorsement.groupBy({
    by: ['revision'],
    where: { letterId, state: { in: ASKED_STATES } },
  });
  const needed = new Set(behind.map(({ revision }) => revision));
  return new Map(
    revisions
      .filter(({ number }) => needed.has(number))
      .map(({ number, canonical }) => [
        number,
        changesBetween(revisionContent(canonical), content),
      ]),
  );
}

/**
 * Asks every signatory on the list or awaiting review to reaffirm, in the publishing transaction:
 * by mail if the address was confirmed by mail, otherwise with a row that a coordinator completes.
 * Includes those who have not answered an earlier request: its link is superseded, and its mail, if
 * unsent, is deleted.
 * @param changes from {@link prepareChanges}
 */
export async function requestReaffirmations(
  tx: Db,
  letterId: string,
  content: RevisionContent,
  changes: Map<number, Changes | null>,
): Promise<Audience> {
  const letter = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { slug: true, timeZone: true },
  });
  const signatories = await tx.endorsement.findMany({
    where: { letterId, state: { in: ASKED_STATES } },
    select: {
      id: true,
      proof: true,
      revision: true,
      names: { select: nameFields },
      contact: { select: { email: true, language: true } },
    },
  });
  const expiresAt = expiry(new Date());
  const mailed = signatories.flatMap(({ contact, proof, ...signatory }) =>
    proof === 'email' && contact ? [{ ...signatory, contact, token: newToken() }] : [],
  );
  const isMailed = new Set(mailed.map(({ id }) => id));
  const attested = signatories.filter(({ id }) => !isMailed.has(id));
  await tx.mail.deleteMany({ where: { letterId, kind: 'reaffirm', sentAt: null, attempts: 0 } });
  await tx.reaffirmation.createMany({
    data: [
      ...mailed.map(({ id, token }) => ({
        endorsementId: id,
        letterId,
        revision: content.number,
        tokenHash: hashToken(token),
        expiresAt,
      })),
      ...attested.map(({ id }) => ({ endorsementId: id, letterId, revision: content.number })),
    ],
  });
  const groups = new Map<string, typeof mailed>();
  for (const signatory of mailed) {
    const key = `${signatory.revision} ${signatory.contact.language}`;
    const group = groups.get(key);
    if (group) group.push(signatory);
    else groups.set(key, [signatory]);
  }
  for (const group of groups.values()) {
    const { revision, contact } = group[0]!;
    // A signatory that confirmed after the changes were prepared can stand behind a revision that
    // was not compared.
    const since = changes.has(revision)
      ? (changes.get(revision) ?? null)
      : (await changesBetweenNumbers(tx, letterId, revision, content.number)).changes;
    const props = reaffirmationMail(letter, since, content, contact.language, expiresAt);
    await mailRequests(
      tx,
      letterId,
      contact.language,
      props,
      group.map(({ id, token, names, contact: { email } }) => ({
        id,
        token,
        email,
        names: namesOf(names).names,
      })),
    );
  }
  return { mailed: mailed.length, attested: attested.length };
}

/** Enqueues one mail per signatory in a single statement, since there can be thousands. */
async function mailRequests(
  tx: Db,
  letterId: string,
  language: string,
  props: Omit<MailProps['reaffirm'], 'organization'>,
  to: { id: string; email: string; token: string; names: object }[],
): Promise<void> {
  const secret = env().APP_SECRET;
  await tx.$executeRaw`
    INSERT INTO mail (kind, language, "to", to_key, props, sealed_token, letter_id, endorsement_id)
    SELECT 'reaffirm', ${language}, "to", to_key, ${JSON.stringify(props)}::jsonb || jsonb_build_object('organization', names::jsonb),
      sealed_token, ${letterId}::uuid, endorsement_id
    FROM unnest(${to.map(({ email }) => email)}::text[], ${to.map(({ email }) => addressKey(email))}::text[],
      ${to.map(({ names }) => JSON.stringify(names))}::text[],
      ${to.map(({ token }) => seal(token, secret))}::bytea[], ${to.map(({ id }) => id)}::uuid[])
      AS asked ("to", to_key, names, sealed_token, endorsement_id)`;
}
