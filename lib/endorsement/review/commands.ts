import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { enqueue } from '@/lib/platform/mail/outbox';
import type { Reviewer } from '@/lib/coordinator/access';
import {
  BY_REPRESENTATIVE,
  derivedFromNames,
  nextState,
  type State,
} from '@/lib/endorsement/rules';
import { lockLetter, markPublicChange } from '@/lib/letter/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { titledFields, titleIn } from '@/lib/letter/rules';
import type { Correction, Decision } from './schema';

/**
 * Why nothing was done: the entry is not on this letter; somebody changed it since it was shown (`by` whom, and the
 * state it is in now); or this step does not lead anywhere from its state.
 */
export type Refusal =
  | { ok: false; reason: 'not-found' | 'not-possible' }
  | { ok: false; reason: 'changed'; by: string | null; state: State };

export type Done = { ok: true; publicChange: boolean } | Refusal;

const entryFields = {
  state: true,
  version: true,
  nameJa: true,
  reading: true,
  nameEn: true,
  website: true,
  visibility: true,
  coordinating: true,
  proof: true,
  email: true,
  language: true,
  declineReason: true,
  declineNote: true,
  submittedAt: true,
  letter: { select: { slug: true, listSettings: true, ...titledFields } },
} as const;

type Entry = Prisma.EndorsementGetPayload<{ select: typeof entryFields }>;

async function changed(tx: Db, id: string): Promise<Refusal> {
  const entry = await tx.endorsement.findUniqueOrThrow({ where: { id }, select: { state: true } });
  const last = await tx.auditEvent.findFirst({
    where: { endorsementId: id },
    orderBy: { id: 'desc' },
    select: { actor: { select: { email: true } } },
  });
  return { ok: false, reason: 'changed', by: last?.actor?.email ?? null, state: entry.state };
}

/** The entry, if it is on the reviewer's letter and still as the reviewer saw it. */
async function asSeen(
  tx: Db,
  reviewer: Reviewer,
  id: string,
  version: number,
): Promise<{ ok: true; entry: Entry } | Refusal> {
  const entry = await tx.endorsement.findFirst({
    where: { id, letterId: reviewer.letterId },
    select: entryFields,
  });
  if (!entry) return { ok: false, reason: 'not-found' };
  return entry.version === version ? { ok: true, entry } : changed(tx, id);
}

/** Whether the representative has withdrawn the endorsement: then only they can endorse again. */
async function isRetracted(tx: Db, id: string, state: State): Promise<boolean> {
  if (state !== 'withdrawn') return false;
  const last = await tx.auditEvent.findFirst({
    where: { endorsementId: id, action: { in: ['withdraw', 'take_back'] } },
    orderBy: { id: 'desc' },
    select: { note: true },
  });
  return last?.note === BY_REPRESENTATIVE;
}

/**
 * What follows from an entry's names by the list's settings of now: somebody who signed while they were being changed has
 * a place by the old ones, until it is approved.
 */
function derived(
  { website, submittedAt, letter }: Entry,
  names: Pick<Entry, 'nameJa' | 'reading' | 'nameEn'>,
) {
  const { nameJa, reading, nameEn } = names;
  return derivedFromNames(
    { nameJa, reading, nameEn, website, signedAt: submittedAt },
    listSettings(letter.listSettings),
  );
}

/** What the audit keeps of a decision: the state, and for a decline why. */
function decided(entry: {
  state: State;
  declineReason?: string | null;
  declineNote?: string | null;
}): Prisma.InputJsonObject {
  return entry.state === 'declined'
    ? { state: entry.state, reason: entry.declineReason ?? null, note: entry.declineNote ?? null }
    : { state: entry.state };
}

/**
 * The mail a decision causes. It waits a little, so that a decision taken back at once mails nobody. Attested entries are
 * never mailed: nobody there has confirmed the address.
 */
async function mailDecision(
  tx: Db,
  reviewer: Reviewer,
  id: string,
  entry: Entry,
  decision: Decision,
): Promise<void> {
  if (entry.proof !== 'email') return;
  const common = {
    to: entry.email,
    language: entry.language,
    letterId: reviewer.letterId,
    endorsementId: id,
    sendAfter: new Date(Date.now() + env().DECISION_MAIL_DELAY_SECONDS * 1_000),
  };
  const about = {
    letterSlug: entry.letter.slug,
    letterTitle: titleIn(entry.letter, entry.language),
    organization: { ja: entry.nameJa, en: entry.nameEn },
  };
  const withheld = entry.visibility === 'withheld';
  // Whoever is no longer on the letter is not asked about its text.
  if (decision.step === 'decline' || decision.step === 'withdraw')
    await tx.mail.deleteMany({
      where: { endorsementId: id, kind: 'affirm', sentAt: null, attempts: 0 },
    });
  if (decision.step === 'approve')
    await enqueue(tx, { ...common, kind: 'approved', props: { ...about, withheld } });
  if (decision.step === 'decline') {
    await enqueue(tx, {
      ...common,
      kind: 'declined',
      props: { ...about, reason: decision.reason, note: decision.note },
    });
  }
  if (decision.step === 'take_back') {
    await tx.mail.deleteMany({
      where: {
        endorsementId: id,
        kind: { in: ['approved', 'declined'] },
        sentAt: null,
        attempts: 0,
      },
    });
  }
}

/**
 * Takes a step with an entry: a write guarded by the version the coordinator saw, its audit row, its mail, and the mark
 * that the published list has changed, all in one transaction.
 */
export async function decide(reviewer: Reviewer, decision: Decision): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    const { id, version, step } = decision;
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    const state = nextState(entry.state, step);
    if (!state || (await isRetracted(tx, id, entry.state)))
      return { ok: false, reason: 'not-possible' };
    const after = {
      state,
      declineReason: decision.step === 'decline' ? decision.reason : null,
      declineNote: decision.step === 'decline' ? decision.note : null,
    };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version, state: entry.state },
      data: {
        ...after,
        ...(step === 'approve' && derived(entry, entry)),
        decidedAt: state === 'verified' ? null : new Date(),
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    await tx.auditEvent.create({
      data: {
        letterId: reviewer.letterId,
        endorsementId: id,
        actorId: reviewer.coordinatorId,
        action: step,
        before: decided(entry),
        after: decided(after),
      },
    });
    await mailDecision(tx, reviewer, id, entry, decision);
    const publicChange = (entry.state === 'approved') !== (state === 'approved');
    if (publicChange) await markPublicChange(tx, reviewer.letterId);
    return { ok: true, publicChange };
  });
}

/** Corrects the names, the reading or the heading of an entry, and with them its place in the list; otherwise as {@link decide}. */
export async function correct(reviewer: Reviewer, correction: Correction): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    const { id, version, coordinating, nameJa, reading, nameEn } = correction;
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    if (entry.state === 'submitted') return { ok: false, reason: 'not-possible' };
    const names = { nameJa, reading, nameEn };
    const same =
      nameJa === entry.nameJa &&
      reading === entry.reading &&
      nameEn === entry.nameEn &&
      coordinating === entry.coordinating;
    if (same) return { ok: true, publicChange: false };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version },
      data: { ...names, coordinating, ...derived(entry, names), version: { increment: 1 } },
    });
    if (count === 0) return changed(tx, id);
    await tx.auditEvent.create({
      data: {
        letterId: reviewer.letterId,
        endorsementId: id,
        actorId: reviewer.coordinatorId,
        action: 'correct',
        before: {
          nameJa: entry.nameJa,
          reading: entry.reading,
          nameEn: entry.nameEn,
          coordinating: String(entry.coordinating),
        },
        after: { ...names, coordinating: String(coordinating) },
      },
    });
    const publicChange = entry.state === 'approved' && entry.visibility === 'named';
    if (publicChange) await markPublicChange(tx, reviewer.letterId);
    return { ok: true, publicChange };
  });
}
