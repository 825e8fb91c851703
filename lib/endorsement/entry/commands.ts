/** What an organization does with its own entry, through its private link (ADR 38). */
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { categoryPlace } from '@/lib/letter/categories';
import { listSettings } from '@/lib/letter/list-settings';
import { titledFields } from '@/lib/letter/rules';
import { addNames, forgetNames } from '@/lib/organization/commands';
import { nameFields, namesOf, storedNames, type Names } from '@/lib/organization/names';
import { audit, type Actor, type AuditSide } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import type { Visibility } from '@/lib/platform/db/generated/enums';
import { sameByLanguage } from '@/lib/platform/languages';
import { replaceNames } from '../commands';
import { reviewNotices } from '../review/notices/queries';
import { storedFromNames } from '../keys';
import { sealEntries } from '../sealing/commands';
import { nextState, personSearchText, stateAfter, type State } from '../rules';
import type { Person } from '../schema';
import { workingLink } from './queries';
import type { Change } from './schema';

export const REPRESENTATIVE: Actor = { kind: 'representative' };

/** Mails about what an entry was: not sent any more once its organization has withdrawn. */
const OUTDATED_MAILS = ['approved', 'reopened', 'change_decided', 'reaffirm'] as const;

export const ownFields = {
  id: true,
  letterId: true,
  nameKey: true,
  state: true,
  version: true,
  organizationId: true,
  names: { select: nameFields },
  website: true,
  category: true,
  visibility: true,
  submittedAt: true,
  erasureRequestedAt: true,
  letter: {
    select: {
      slug: true,
      timeZone: true,
      contactEmail: true,
      listSettings: true,
      ...titledFields,
    },
  },
} as const satisfies Prisma.EndorsementSelect;

/** An entry that cannot change until the transaction ends, since its letter is locked. */
export type LockedEntry = Prisma.EndorsementGetPayload<{ select: typeof ownFields }>;

/** Why a command was refused: the link does not work, or not for an entry in its state. */
export type OwnRefusal = { ok: false; reason: 'unknown' | 'not-possible' };

/**
 * Runs `act` on the entry of the link with `token`, with the letter locked.
 * @param act is also given the id of the link's representative
 */
export async function withOwn<Done extends { ok: boolean }>(
  token: string,
  act: (tx: Db, entry: LockedEntry, representativeId: string) => Promise<Done>,
): Promise<Done | OwnRefusal> {
  const where = () => workingLink(token, new Date());
  return db().$transaction(async (tx): Promise<Done | OwnRefusal> => {
    const link = await tx.entryLink.findUnique({
      where: where(),
      select: { representative: { select: { endorsement: { select: { letterId: true } } } } },
    });
    if (!link) return { ok: false, reason: 'unknown' };
    await lockLetter(tx, link.representative.endorsement.letterId);
    // Read again under the lock: the link may have been ended, and the entry decided on.
    const own = await tx.entryLink.findUnique({
      where: where(),
      select: { representative: { select: { id: true, endorsement: { select: ownFields } } } },
    });
    if (!own) return { ok: false, reason: 'unknown' };
    return act(tx, own.representative.endorsement, own.representative.id);
  });
}

/**
 * Withdraws an endorsement for its representative, in a transaction that has locked the letter.
 * Nobody else can bring it back.
 * @param reason for the coordinators, if one was given
 */
export async function retract(
  tx: Db,
  { id, letterId, state }: { id: string; letterId: string; state: State },
  reason: string | null = null,
): Promise<void> {
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
  await tx.proposedChange.deleteMany({ where: { endorsementId: id } });
  await tx.mail.deleteMany({
    where: { endorsementId: id, kind: { in: [...OUTDATED_MAILS] }, sentAt: null, attempts: 0 },
  });
  await audit(tx, {
    letterId,
    endorsementId: id,
    actor: REPRESENTATIVE,
    action: 'withdraw',
    before: { state },
    after: { state: withdrawn, ...(reason !== null && { note: reason }) },
  });
  if (state === 'approved') await markPublicChange(tx, letterId);
}

/** Withdraws the endorsement of the link with `token`. */
export async function withdraw(
  token: string,
  reason: string | null,
): Promise<{ ok: true } | OwnRefusal> {
  return withOwn(token, async (tx, entry): Promise<{ ok: true } | OwnRefusal> => {
    if (!nextState(entry.state, 'retract')) return { ok: false, reason: 'not-possible' };
    await retract(tx, entry, reason);
    return { ok: true };
  });
}

/** Whether its organization can change an entry: it is, or may come to be, on the list. */
const isChangeable = ({ state }: { state: State }) => state === 'verified' || state === 'approved';

const offersWithheld = ({ letter }: LockedEntry) =>
  listSettings(letter.listSettings).offersWithheld;

/**
 * Withholds the name of a locked entry from now on: from the list, from the organization's row,
 * unless another letter names it, and, by sealing them, from what the database holds of it.
 */
async function withholdName(tx: Db, { id, letterId, state, organizationId }: LockedEntry) {
  await tx.endorsement.update({
    where: { id },
    data: { visibility: 'withheld', version: { increment: 1 } },
  });
  await sealEntries(tx, [id]);
  if (organizationId) await forgetNames(tx, { endorsementId: id, organizationId });
  await tx.proposedChange.updateMany({
    where: { endorsementId: id },
    data: { visibility: 'withheld' },
  });
  await tx.$executeRaw`
    UPDATE mail SET props = props || '{"withheld": true}'
    WHERE endorsement_id = ${id}::uuid AND kind IN ('confirmed', 'approved', 'nominated') AND sent_at IS NULL AND attempts = 0`;
  await audit(tx, {
    letterId,
    endorsementId: id,
    actor: REPRESENTATIVE,
    action: 'correct',
    before: { visibility: 'named' },
    after: { visibility: 'withheld' },
  });
  if (state === 'approved') await markPublicChange(tx, letterId);
}

export type Withheld = { ok: true } | OwnRefusal | { ok: false; reason: 'withheld-not-offered' };

/** Withholds the name of the entry of the link with `token`, at once. */
export async function withhold(token: string): Promise<Withheld> {
  return withOwn(token, async (tx, entry): Promise<Withheld> => {
    if (!isChangeable(entry)) return { ok: false, reason: 'not-possible' };
    if (entry.visibility === 'withheld') return { ok: true };
    if (!offersWithheld(entry)) return { ok: false, reason: 'withheld-not-offered' };
    await withholdName(tx, entry);
    return { ok: true };
  });
}

/** What of an entry its organization can change. */
export type Changeable = Names & {
  website: string | null;
  category: string | null;
  visibility: Visibility;
};

/** What of an entry its organization can change, as it is. */
export const changeableOf = ({
  names,
  website,
  category,
  visibility,
}: Pick<LockedEntry, 'names' | 'website' | 'category' | 'visibility'>): Changeable => ({
  ...namesOf(names),
  website,
  category,
  visibility,
});

const isSame = (a: Changeable, b: Changeable) =>
  sameByLanguage(a.names, b.names) &&
  a.reading === b.reading &&
  a.website === b.website &&
  a.category === b.category &&
  a.visibility === b.visibility;

/** The audit's record of the changeable part of an entry. */
export const changeSide = ({
  names,
  reading,
  website,
  category,
  visibility,
}: Changeable): AuditSide => ({
  names,
  reading,
  website,
  category,
  visibility,
});

/** Writes a change into a locked entry, with what is derived from it; a pending change is done with. */
export async function applyChange(
  tx: Db,
  {
    id,
    state,
    organizationId,
    submittedAt,
    letter,
  }: Pick<LockedEntry, 'id' | 'state' | 'organizationId' | 'submittedAt'> & {
    letter: { listSettings: Prisma.JsonValue };
  },
  change: Changeable,
): Promise<void> {
  const { names, reading, website, category, visibility } = change;
  const settings = listSettings(letter.listSettings);
  await tx.endorsement.update({
    where: { id },
    data: {
      website,
      category,
      categoryPlace: categoryPlace(settings, category),
      visibility,
      ...storedFromNames({ names, reading, website, signedAt: submittedAt, visibility }, settings),
      version: { increment: 1 },
    },
  });
  await replaceNames(tx, id, { names, reading, visibility });
  if (state === 'approved' && visibility === 'named' && organizationId)
    await addNames(tx, organizationId, { names, reading });
  await tx.proposedChange.deleteMany({ where: { endorsementId: id } });
}

/** Tells the letter's coordinators that something waits for their review. */
async function notifyReviewers(tx: Db, letterId: string): Promise<void> {
  await tx.$executeRaw`
    WITH asking AS (SELECT ${letterId}::uuid AS letter_id)
    ${reviewNotices(Prisma.sql`asking`)}`;
}

/**
 * Proposes a change of an approved entry, for a coordinator to accept; it replaces one that was
 * proposed before. The present values withdraw it.
 */
async function propose(tx: Db, entry: LockedEntry, change: Changeable): Promise<void> {
  const { id: endorsementId, letterId } = entry;
  const before = changeableOf(entry);
  const { website, category, visibility } = change;
  const isWithheld = [before, change].some((side) => side.visibility === 'withheld');
  const { names, reading } = storedNames(change, isWithheld ? 'withheld' : 'named');
  const proposed = {
    names: { ...names },
    reading,
    website,
    category,
    visibility,
    proposedAt: new Date(),
  };
  if (isSame(before, change)) await tx.proposedChange.deleteMany({ where: { endorsementId } });
  else
    await tx.proposedChange.upsert({
      where: { endorsementId },
      create: { endorsementId, ...proposed },
      update: proposed,
    });
  await tx.endorsement.update({
    where: { id: endorsementId },
    data: { version: { increment: 1 } },
  });
  await audit(tx, {
    letterId,
    endorsementId,
    actor: REPRESENTATIVE,
    action: 'propose_change',
    before: changeSide(before),
    after: changeSide(change),
    withheld: isWithheld,
  });
  if (!isSame(before, change)) await notifyReviewers(tx, letterId);
}

/**
 * What has become of a change: `done`; `proposed` to the coordinators; or `unchanged`, as nothing
 * differs.
 */
export type Changed =
  | { ok: true; outcome: 'done' | 'proposed' | 'unchanged' }
  | OwnRefusal
  | { ok: false; reason: 'changed' | 'withheld-not-offered' };

/**
 * Changes the entry of the link with `token`. Before approval it changes at once, and so does a name
 * that is to be withheld; the rest of an approved entry is proposed to the coordinators, and the
 * entry stands as it is until they accept it.
 */
export async function change(token: string, { version, ...wanted }: Change): Promise<Changed> {
  return withOwn(token, async (tx, entry): Promise<Changed> => {
    if (!isChangeable(entry)) return { ok: false, reason: 'not-possible' };
    if (entry.version !== version) return { ok: false, reason: 'changed' };
    const withholds = wanted.visibility === 'withheld' && entry.visibility === 'named';
    if (withholds && !offersWithheld(entry)) return { ok: false, reason: 'withheld-not-offered' };
    const { website: choice, categories } = listSettings(entry.letter.listSettings);
    // What the letter does not ask for has no field in the form.
    const asked = {
      ...wanted,
      ...(choice === 'not-asked' && { website: entry.website }),
      ...(categories.length === 0 && { category: entry.category }),
    };
    if (withholds) await withholdName(tx, entry);
    const now = withholds ? { ...entry, visibility: 'withheld' as const } : entry;
    const before = changeableOf(now);
    if (now.state === 'approved') {
      const pending = await tx.proposedChange.count({ where: { endorsementId: entry.id } });
      const isNews = !isSame(before, asked);
      if (isNews || pending > 0) await propose(tx, now, asked);
      if (isNews) return { ok: true, outcome: 'proposed' };
      return { ok: true, outcome: withholds || pending > 0 ? 'done' : 'unchanged' };
    }
    if (isSame(before, asked)) return { ok: true, outcome: withholds ? 'done' : 'unchanged' };
    await applyChange(tx, now, asked);
    await audit(tx, {
      letterId: now.letterId,
      endorsementId: now.id,
      actor: REPRESENTATIVE,
      action: 'correct',
      before: changeSide(before),
      after: changeSide(asked),
      withheld: [before, asked].some(({ visibility }) => visibility === 'withheld'),
    });
    return { ok: true, outcome: 'done' };
  });
}

/**
 * Corrects the name and role of whoever holds the link with `token`. Only reviewers and the
 * organization see them, so it needs no review. The audit says that it happened, without the person.
 */
export async function correctRepresentative(
  token: string,
  { representativeName: name, representativeRole: role }: Person,
): Promise<{ ok: true; changed: boolean } | OwnRefusal> {
  return withOwn(
    token,
    async (
      tx,
      { id, letterId },
      representativeId,
    ): Promise<{ ok: true; changed: boolean } | OwnRefusal> => {
      const before = await tx.representative.findUniqueOrThrow({
        where: { id: representativeId },
        select: { name: true, role: true },
      });
      if (before.name === name && before.role === role) return { ok: true, changed: false };
      await tx.representative.update({
        where: { id: representativeId },
        data: { name, role, searchText: personSearchText(name) },
      });
      await tx.endorsement.update({ where: { id }, data: { version: { increment: 1 } } });
      await audit(tx, {
        letterId,
        endorsementId: id,
        actor: REPRESENTATIVE,
        action: 'correct_representative',
      });
      return { ok: true, changed: true };
    },
  );
}

/** Asks the letter's owners to erase what is held about the entry of the link with `token`. */
export async function requestErasure(token: string): Promise<{ ok: true } | OwnRefusal> {
  return withOwn(token, async (tx, { id, letterId, erasureRequestedAt }) => {
    if (erasureRequestedAt) return { ok: true };
    await tx.endorsement.update({
      where: { id },
      data: { erasureRequestedAt: new Date(), version: { increment: 1 } },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: REPRESENTATIVE,
      action: 'request_erasure',
    });
    await notifyReviewers(tx, letterId);
    return { ok: true };
  });
}

/** Takes back the request to erase the entry of the link with `token`, while nobody has carried it out. */
export async function cancelErasure(token: string): Promise<{ ok: true } | OwnRefusal> {
  return withOwn(token, async (tx, { id, letterId, erasureRequestedAt }) => {
    if (!erasureRequestedAt) return { ok: true };
    await tx.endorsement.update({
      where: { id },
      data: { erasureRequestedAt: null, version: { increment: 1 } },
    });
    await audit(tx, {
      letterId,
      endorsementId: id,
      actor: REPRESENTATIVE,
      action: 'cancel_erasure',
    });
    return { ok: true };
  });
}
