import { actorOf, type Reviewer } from '@/lib/coordinator/access';
import { categoryOf, categoryPlace } from '@/lib/letter/categories';
import { listSettings } from '@/lib/letter/list-settings';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { contactOf } from '@/lib/letter/contact';
import { titledFields, titleIn } from '@/lib/letter/rules';
import { linkOrganization, unlinkOrganization, type Link } from '@/lib/organization/commands';
import { nameFields, nameRows, namesOf, storedNames, type Names } from '@/lib/organization/names';
import { audit, type AuditSide } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import type { DeclineReason } from '@/lib/platform/db/generated/enums';
import { preferred, sameByLanguage } from '@/lib/platform/languages';
import { enqueue } from '@/lib/platform/mail/outbox';
import { attestedColumns } from '../attested/columns';
import { replaceNames } from '../commands';
import { addEntryLink } from '../entry/links/commands';
import { storedFromNames } from '../keys';
import { contactFields, contactsOf, type EntryContact } from '../representatives/queries';
import { nextState, type State } from '../rules';
import { declineWords, ownReasonOf } from './reasons/queries';
import { isUsual } from './reasons/rules';
import {
  DECISION_MAILS,
  type Attested,
  type CategoryChange,
  type CoordinatingChange,
  type Correction,
  type Decision,
} from './schema';

/**
 * Why a command was refused: the entry is not on this letter; it has changed since it was shown
 * (`by` whom, and its current state); the step is not allowed in its state; its organization
 * already has an approved endorsement on the letter; or the letter has no such reason (any more).
 */
export type Refusal =
  | {
      ok: false;
      reason: 'not-found' | 'not-possible' | 'organization-has-signed' | 'reason-gone' | 'held';
    }
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
  category: true,
  proof: true,
  organizationId: true,
  inviteeId: true,
  ...contactFields,
  declineReason: true,
  ownDeclineReason: { select: { label: true } },
  declineNote: true,
  withdrawnBy: true,
  heldAt: true,
  delivery: true,
  erasureRequestedAt: true,
  submittedAt: true,
  revision: true,
  letter: {
    select: {
      slug: true,
      timeZone: true,
      contactEmail: true,
      listSettings: true,
      revision: true,
      bindingRevision: true,
      ...titledFields,
    },
  },
} as const satisfies Prisma.EndorsementSelect;

type Entry = Prisma.EndorsementGetPayload<{ select: typeof entryFields }>;

/** The refusal of a command that was made on an older version of an entry. */
export async function changed(tx: Db, id: string): Promise<Refusal> {
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
export async function asSeen(
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
function derived({ website, submittedAt, visibility, letter }: Entry, names: Names) {
  return storedFromNames(
    { ...names, website, signedAt: submittedAt, visibility },
    listSettings(letter.listSettings),
  );
}

interface ChosenReason {
  declineReason: DeclineReason;
  ownDeclineReasonId: string | null;
  ownDeclineReason: { label: string } | null;
}

/** What a decline is for, one of the letter's own reasons being `other`; null if it has none such. */
export async function chosenReason(
  tx: Db,
  letterId: string,
  reason: string,
): Promise<ChosenReason | null> {
  if (isUsual(reason))
    return { declineReason: reason, ownDeclineReasonId: null, ownDeclineReason: null };
  const own = await ownReasonOf(letterId, reason, tx);
  return own && { declineReason: 'other', ownDeclineReasonId: own.id, ownDeclineReason: own };
}

/** The audit's record of a decision: the state, and the reason of a decline. */
function decided(entry: {
  state: State;
  declineReason?: string | null;
  ownDeclineReason?: { label: string } | null;
  declineNote?: string | null;
}): AuditSide {
  return entry.state === 'declined'
    ? {
        state: entry.state,
        reason: entry.declineReason ?? null,
        ...(entry.ownDeclineReason && { label: entry.ownDeclineReason.label }),
        note: entry.declineNote ?? null,
      }
    : { state: entry.state };
}

/**
 * Enqueues the mails about a decision, one to each representative, and deletes what has not left yet
 * of an earlier one. Mails are delayed, so that a decision that is undone soon sends none. Somebody who has been told of a
 * decision is told when it is taken back. Attested entries never get mail, because nobody has
 * confirmed an address.
 */
async function mailDecision(
  tx: Db,
  { letterId }: Reviewer,
  entry: Entry,
  decision: Decision,
  reason: ChosenReason | null,
): Promise<void> {
  const { id } = entry;
  const contacts = entry.proof === 'email' ? contactsOf(entry) : [];
  if (contacts.length === 0) return;
  const unsent = { endorsementId: id, sentAt: null, attempts: 0 };
  // Unsent requests to reaffirm are deleted: the endorsement is no longer on the letter.
  if (decision.step === 'decline' || decision.step === 'withdraw')
    await tx.mail.deleteMany({ where: { ...unsent, kind: 'reaffirm' } });
  await tx.mail.deleteMany({ where: { ...unsent, kind: { in: [...DECISION_MAILS] } } });
  for (const contact of contacts)
    await mailDecisionTo(tx, letterId, entry, decision, reason, contact);
}

/** {@link mailDecision} to one of the entry's representatives, by what they have been told. */
async function mailDecisionTo(
  tx: Db,
  letterId: string,
  entry: Entry,
  decision: Decision,
  reason: ChosenReason | null,
  contact: EntryContact,
): Promise<void> {
  const { id } = entry;
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
    organization: storedNames(namesOf(entry.names), entry.visibility).names,
  };
  const withheld = entry.visibility === 'withheld';
  // An attempt may have reached the recipient, unless the mail was refused for good.
  const told = await tx.mail.findFirst({
    where: {
      endorsementId: id,
      toKey: contact.emailKey,
      kind: { in: [...DECISION_MAILS] },
      OR: [{ sentAt: { not: null } }, { attempts: { gt: 0 }, failedAt: null }],
    },
    orderBy: { createdAt: 'desc' },
    select: { kind: true },
  });
  const isRestored = decision.step === 'take_back' && entry.state === 'withdrawn';
  if ((decision.step === 'approve' || isRestored) && told?.kind !== 'approved')
    await enqueue(tx, {
      ...common,
      kind: 'approved',
      props: { ...about, withheld },
      token: await addEntryLink(tx, contact.representativeId),
    });
  if (decision.step === 'decline' && reason) {
    const words = await declineWords(
      letterId,
      { reason: reason.declineReason, own: reason.ownDeclineReasonId },
      tx,
    );
    // An own reason has no usual words, in whatever language.
    const said = reason.ownDeclineReasonId ? preferred(words, contact.language)?.said : undefined;
    const reasonText = said ?? words[contact.language] ?? null;
    await enqueue(tx, {
      ...common,
      kind: 'declined',
      props: { ...about, reason: reason.declineReason, reasonText, note: decision.note },
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
    contactIds: entry.proof === 'email' ? contactsOf(entry).map(({ contactId }) => contactId) : [],
    names: entry.visibility === 'named' ? namesOf(entry.names) : null,
    website: entry.website,
    country: entry.country,
  });
}

/** A decision that was made, and whether the public can see it. */
export type Decided = { ok: true; isPublic: boolean } | Refusal;

/**
 * Changes the state of an entry: a write guarded by the version that the coordinator saw, the audit
 * event, and the mail. Must run in a transaction that has locked the letter, and that marks a public
 * change. A refused decision has written nothing.
 */
export async function decideIn(tx: Db, reviewer: Reviewer, decision: Decision): Promise<Decided> {
  const { id, version, step } = decision;
  const seen = await asSeen(tx, reviewer, id, version);
  if (!seen.ok) return seen;
  const { entry } = seen;
  const state = nextState(entry.state, step);
  // Only the representative can restore an endorsement that they withdrew.
  if (!state || entry.withdrawnBy === 'representative')
    return { ok: false, reason: 'not-possible' };
  if (step === 'approve' && entry.heldAt) return { ok: false, reason: 'held' };
  const reason =
    decision.step === 'decline' ? await chosenReason(tx, reviewer.letterId, decision.reason) : null;
  if (decision.step === 'decline' && !reason) return { ok: false, reason: 'reason-gone' };
  const link = state === 'approved' ? await linkTo(tx, reviewer, entry, decision) : null;
  if (link && !link.ok) return link;
  if (entry.state === 'approved' && step === 'take_back' && entry.organizationId) {
    await unlinkOrganization(tx, {
      endorsementId: id,
      organizationId: entry.organizationId,
      contactIds: contactsOf(entry).map(({ contactId }) => contactId),
      names: namesOf(entry.names),
    });
  }
  const after = {
    state,
    declineReason: reason?.declineReason ?? null,
    ownDeclineReasonId: reason?.ownDeclineReasonId ?? null,
    declineNote: decision.step === 'decline' ? decision.note : null,
    withdrawnBy: state === 'withdrawn' ? ('coordinator' as const) : null,
    ...(link && { organizationId: link.organizationId }),
  };
  const { count } = await tx.endorsement.updateMany({
    where: { id, version, state: entry.state },
    data: {
      ...after,
      // Settings may have changed since it was signed.
      ...(step === 'approve' && {
        ...derived(entry, namesOf(entry.names)),
        categoryPlace: categoryPlace(listSettings(entry.letter.listSettings), entry.category),
      }),
      decidedAt: state === 'verified' ? null : new Date(),
      version: { increment: 1 },
    },
  });
  if (count === 0) return changed(tx, id);
  if (state === 'declined' || state === 'withdrawn')
    await tx.proposedChange.deleteMany({ where: { endorsementId: id } });
  await audit(tx, {
    letterId: reviewer.letterId,
    endorsementId: id,
    actor: actorOf(reviewer),
    action: step,
    before: decided(entry),
    after: {
      ...decided({ ...after, ownDeclineReason: reason?.ownDeclineReason ?? null }),
      ...(link && { organization: link.organizationId }),
    },
  });
  await mailDecision(tx, reviewer, entry, decision, reason);
  return { ok: true, isPublic: (entry.state === 'approved') !== (state === 'approved') };
}

/** {@link decideIn} in a transaction of its own. */
export async function decide(reviewer: Reviewer, decision: Decision): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    await lockLetter(tx, reviewer.letterId);
    const decided = await decideIn(tx, reviewer, decision);
    if (!decided.ok) return decided;
    if (decided.isPublic) await markPublicChange(tx, reviewer.letterId);
    return { ok: true };
  });
}

/** A public change of an entry shows on the letter's page. */
async function markIfShown(tx: Db, reviewer: Reviewer, { state, visibility }: Entry) {
  if (state === 'approved' && visibility === 'named') await markPublicChange(tx, reviewer.letterId);
}

/** Sets whether an organization coordinates the letter; otherwise like {@link decide}. */
export async function setCoordinating(
  reviewer: Reviewer,
  { id, version, coordinating }: CoordinatingChange,
): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    if (entry.state === 'submitted') return { ok: false, reason: 'not-possible' };
    if (entry.coordinating === coordinating) return { ok: true };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version },
      data: { coordinating, version: { increment: 1 } },
    });
    if (count === 0) return changed(tx, id);
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'correct',
      before: { coordinating: String(entry.coordinating) },
      after: { coordinating: String(coordinating) },
    });
    await markIfShown(tx, reviewer, entry);
    return { ok: true };
  });
}

/** Puts an entry into one of the letter's categories; otherwise like {@link decide}. */
export async function setCategory(
  reviewer: Reviewer,
  { id, version, category }: CategoryChange,
): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    const settings = listSettings(entry.letter.listSettings);
    if (entry.state === 'submitted' || !categoryOf(settings, category))
      return { ok: false, reason: 'not-possible' };
    if (entry.category === category) return { ok: true };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version },
      data: {
        category,
        categoryPlace: categoryPlace(settings, category),
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'correct',
      before: { category: entry.category },
      after: { category },
    });
    await markIfShown(tx, reviewer, entry);
    return { ok: true };
  });
}

/**
 * Corrects an entry's names or reading, and with them its position in the list; otherwise like
 * {@link decide}.
 */
export async function correct(reviewer: Reviewer, correction: Correction): Promise<Done> {
  return db().$transaction(async (tx): Promise<Done> => {
    const { id, version, names, reading } = correction;
    await lockLetter(tx, reviewer.letterId);
    const seen = await asSeen(tx, reviewer, id, version);
    if (!seen.ok) return seen;
    const { entry } = seen;
    if (entry.state === 'submitted') return { ok: false, reason: 'not-possible' };
    const before = namesOf(entry.names);
    if (sameByLanguage(before.names, names) && before.reading === reading) return { ok: true };
    const { count } = await tx.endorsement.updateMany({
      where: { id, version },
      data: {
        ...derived(entry, { names, reading }),
        version: { increment: 1 },
      },
    });
    if (count === 0) return changed(tx, id);
    await replaceNames(tx, id, { names, reading, visibility: entry.visibility });
    await audit(tx, {
      letterId: reviewer.letterId,
      endorsementId: id,
      actor: actorOf(reviewer),
      action: 'correct',
      before: { ...before },
      after: { names, reading },
      withheld: entry.visibility === 'withheld',
    });
    await markIfShown(tx, reviewer, entry);
    return { ok: true };
  });
}

/**
 * Enters an endorsement received outside the sign-up form, with a note on the evidence. It awaits
 * review like any other; nobody gets mail. Refused if nothing of the letter is published, or it has
 * categories and this is none of them.
 */
export async function attest(
  reviewer: Reviewer,
  { names, reading, website, country, visibility, category, evidence }: Attested,
): Promise<{ ok: true; id: string } | { ok: false; reason: 'unpublished' | 'category' }> {
  const { letterId } = reviewer;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { revision: true, listSettings: true },
    });
    if (letter.revision === null) return { ok: false, reason: 'unpublished' };
    const order = listSettings(letter.listSettings);
    const known = categoryOf(order, category)?.id ?? null;
    if (order.categories.length > 0 && known === null) return { ok: false, reason: 'category' };
    const organization = { names, reading, website, country, visibility, category: known };
    const { id } = await tx.endorsement.create({
      data: {
        letterId,
        state: 'verified',
        evidence,
        ...attestedColumns(organization, { order, revision: letter.revision, now: new Date() }),
        names: { create: nameRows(storedNames({ names, reading }, visibility)) },
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
