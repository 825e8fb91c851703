import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { linkOrganization, unlinkOrganization, type Link } from '@/lib/organization/commands';
import { nameFields, nameRows, namesOf, type Names } from '@/lib/organization/names';
import { audit, type AuditSide } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { sameByLanguage } from '@/lib/platform/languages';
import { enqueue } from '@/lib/platform/mail/outbox';
import { derivedFromNames, nameKey, nextState, type State } from '../rules';
import { DECISION_MAILS, type Attested, type Correction, type Decision } from './schema';

/**
 * Why a command was refused: the entry is not on this letter; it has changed since it was shown
 * (`by` whom, and its current state); the step is not allowed in its state; or its organization
 * already has an approved endorsement on the letter.
 */
export type Refusal =
  | { ok: false; reason: 'not-found' | 'not-possible' | 'organization-has-signed' }
  | { ok: false; reason: 'changed'; by: string | null; state: State };

export type Done = { ok: true } | Refusal;

const entryFields = {
  id: true,
  state: true,
  version: true,
  names: { select: nameFields },
  website: true,
  country: true,
  visibility: true,
  coordinating: true,
  proof: true,
  organizationId: true,
  contactId: true,
  contact: { select: { email: true, language: true } },
  declineReason: true,
  declineNote: true,
  withdrawnBy: true,
  submittedAt: true,
  letter: {
    select: { slug: true, contactEmail: true, listSettings: true, revision: true, ...titledFields },
  },
} as const satisfies Prisma.EndorsementSelect;

type Entry = Prisma.EndorsementGetPayload<{ select: typeof entryFields }>;

async function changed(tx: Db, id: string): Promise<Refusal> {
  const entry = await tx.endorsement.findUniqueOrThrow({
    where: { id },
    select: { state: true },
  });
  const last = await tx.auditEvent.findFirst({
    where: { endorsementId: id },
    orderBy: { id: 'desc' },
    select: { actor: { select: { email: true } } },
  });
  return { ok: false, reason: 'changed', by: last?.actor?.email ?? null, state: entry.state };
}

/**
 * Returns the entry if it is on the reviewer's letter and has the version that the reviewer saw.
 */
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

/**
 * The sort key and search text of an entry by the letter's current settings. Entries signed before
 * a change of settings keep their old sort key until they are approved.
 */
function derived({ website, submittedAt, letter }: Entry, names: Names) {
  return derivedFromNames(
    { ...names, website, signedAt: submittedAt },
    listSettings(letter.listSettings),
  );
}

/** The audit's record of a decision: the state, and the reason of a decline. */
function decided(entry: {
  state: State;
  declineReason?: string | null;
  declineNote?: string | null;
}): AuditSide {
  return entry.state === 'declined'
    ? {
        state: entry.state,
        reason: entry.declineReason ?? null,
        note: entry.declineNote ?? null,
      }
    : { state: entry.state };
}

/**
 * Enqueues the mail about a decision, and deletes what has not left yet of an earlier one. Mails
 * are delayed, so that a decision that is undone soon sends none. Somebody who has been told of a
 * decision is told when it is taken back. Attested entries never get mail, because nobody has
 * confirmed an address.
 */
async function mailDecision(
  tx: Db,
  { letterId }: Reviewer,
  entry: Entry,
  decision: Decision,
): Promise<void> {
  const { id, contact } = entry;
  if (entry.proof !== 'email' || !contact) return;
  const common = {
    to: contact.email,
    language: contact.language,
    letterId,
    endorsementId: id,
    sendAfter: new Date(Date.now() + env().DECISION_MAIL_DELAY_SECONDS * 1_000),
  };
  const about = {
    letterSlug: entry.letter.slug,
    letterTitle: titleIn(entry.letter, contact.language),
    contact: contactOf(entry.letter),
    organization: namesOf(entry.names).names,
  };
  const withheld = entry.visibility === 'withheld';
  const unsent = { endorsementId: id, sentAt: null, attempts: 0 };
  // Unsent requests to reaffirm are deleted: the endorsement is no longer on the letter.
  if (decision.step === 'decline' || decision.step === 'withdraw')
    await tx.mail.deleteMany({ where: { ...unsent, kind: 'reaffirm' } });
  const kind = { in: [...DECISION_MAILS] };
  await tx.mail.deleteMany({ where: { ...unsent, kind } });
  // An attempt may have reached the recipient, unless the mail was refused for good.
  const told = await tx.mail.findFirst({
    where: {
      endorsementId: id,
      kind,
      OR: [{ sentAt: { not: null } }, { attempts: { gt: 0 }, failedAt: null }],
    },
    orderBy: { createdAt: 'desc' },
    select: { kind: true },
  });
  const isRestored = decision.step === 'take_back' && entry.state === 'withdrawn';
  if ((decision.step === 'approve' || isRestored) && told?.kind !== 'approved')
    await enqueue(tx, { ...common, kind: 'approved', props: { ...about, withheld } });
  if (decision.step === 'decline') {
    await enqueue(tx, {
      ...common,
      kind: 'declined',
      props: { ...about, reason: decision.reason, note: decision.note },
    });
  }
  if (decision.step === 'take_back' && !isRestored && told && told.kind !== 'reopened')
    await enqueue(tx, { ...common, kind: 'reopened', props: about });
}

/**
 * Links an entry to an organization on approval: the chosen one, without a choice that of its
 * earlier approval, or a new one.
 */
async function linkTo(tx: Db, reviewer: Reviewer, entry: Entry, decision: Decision): Promise<Link> {
  const chosen = decision.step === 'approve' ? decision.organization : undefined;
  return linkOrganization(tx, {
    letterId: reviewer.letterId,
    endorsementId: entry.id,
    organizationId: chosen === undefined ? entry.organizationId : chosen,
    contactId: entry.proof === 'email' ? entry.contactId : null,
    names: entry.visibility === 'named' ? namesOf(entry.names) : null,
    website: entry.website,
    country: entry.country,
  });
}

/**
 * Changes the state of an entry: a write guarded by the version that the coordinator saw, the audit
 * event, the mail, and the letter's new public version, in one transaction.
 */
export async function decide(reviewer: Reviewer, decision: Decision): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    const { id, version, step } = decision;
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    const state = nextState(entry.state, step);
    // Only the representative can restore an endorsement that they withdrew.
    if (!state || entry.withdrawnBy === 'representative')
      return { ok: false, reason: 'not-possible' };
    const link = state === 'approved' ? await linkTo(tx, reviewer, entry, decision) : null;
    if (link && !link.ok) return link;
    if (entry.state === 'approved' && step === 'take_back' && entry.organizationId) {
      await unlinkOrganization(tx, {
        endorsementId: id,
        organizationId: entry.organizationId,
        contactId: entry.contactId,
        names: namesOf(entry.names),
      });
    }
    const after = {
      state,
      declineReason: decision.step === 'decline' ? decision.reason : null,
      declineNote: decision.step === 'decline' ? decision.note : null,
      withdrawnBy: state === 'withdrawn' ? ('coordinator' as const) : null,
      ...(link && { organizationId: link.organizationId }),
    };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version, state: entry.state },
      data: {
        ...after,
        ...(step === 'approve' && derived(entry, namesOf(entry.names))),
        decidedAt: state === 'verified' ? null : new Date(),
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: step,
      before: decided(entry),
      after: { ...decided(after), ...(link && { organization: link.organizationId }) },
    });
    await mailDecision(tx, reviewer, entry, decision);
    if ((entry.state === 'approved') !== (state === 'approved'))
      await markPublicChange(tx, reviewer.letterId);
    return { ok: true };
  });
}

/**
 * Corrects an entry's names, reading or heading, and with them its position in the list; otherwise
 * like {@link decide}.
 */
export async function correct(reviewer: Reviewer, correction: Correction): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    const { id, version, coordinating, names, reading } = correction;
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    if (entry.state === 'submitted') return { ok: false, reason: 'not-possible' };
    const before = namesOf(entry.names);
    const isSame =
      sameByLanguage(before.names, names) &&
      before.reading === reading &&
      entry.coordinating === coordinating;
    if (isSame) return { ok: true };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version },
      data: {
        coordinating,
        ...derived(entry, { names, reading }),
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    await tx.endorsementName.deleteMany({ where: { endorsementId: id } });
    await tx.endorsementName.createMany({
      data: nameRows({ names, reading }).map((row) => ({ ...row, endorsementId: id })),
    });
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'correct',
      before: { ...before, coordinating: String(entry.coordinating) },
      after: { names, reading, coordinating: String(coordinating) },
    });
    if (entry.state === 'approved' && entry.visibility === 'named')
      await markPublicChange(tx, reviewer.letterId);
    return { ok: true };
  });
}

/**
 * Enters an endorsement received outside the sign-up form, with a note on the evidence. It awaits
 * review like any other; nobody gets mail. Refused if nothing of the letter is published.
 */
export async function attest(
  reviewer: Reviewer,
  { names, reading, website, country, visibility, evidence }: Attested,
): Promise<{ ok: true; id: string } | { ok: false; reason: 'unpublished' }> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { revision: true, listSettings: true },
    });
    if (letter.revision === null) return { ok: false, reason: 'unpublished' };
    const now = new Date();
    const order = listSettings(letter.listSettings);
    const { id } = await tx.endorsement.create({
      data: {
        letterId,
        state: 'verified',
        proof: 'attested',
        evidence,
        nameKey: nameKey({ names }),
        website,
        country,
        visibility,
        revision: letter.revision,
        signedRevision: letter.revision,
        submittedAt: now,
        agreedAt: now,
        verifiedAt: now,
        ...derivedFromNames({ names, reading, website, signedAt: now }, order),
        names: { create: nameRows({ names, reading }) },
      },
      select: { id: true },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'attest',
      after: { state: 'verified', evidence },
    });
    return { ok: true, id };
  });
}
