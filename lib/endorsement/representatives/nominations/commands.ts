/** Representatives nominate colleagues, who accept or decline (ADR 50). */
import { contactOf } from '@/lib/letter/contact';
import { lockLetter } from '@/lib/letter/lock';
import { titleIn } from '@/lib/letter/rules';
import { namesOf, storedNames } from '@/lib/organization/names';
import { audit } from '@/lib/platform/audit';
import type { Client } from '@/lib/platform/client-address';
import { db, type Db } from '@/lib/platform/db/client';
import type { AuditAction, NominationKind } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import { MOST_REPRESENTATIVES, NOMINATION_DAYS } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/address';
import { enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken } from '@/lib/platform/tokens';
import {
  ownFields,
  REPRESENTATIVE,
  withOwn,
  type LockedEntry,
  type OwnRefusal,
} from '../../entry/commands';
import { addEntryLink } from '../../entry/links/commands';
import { workingLink } from '../../entry/queries';
import { countSignUp, type SignUpRoom } from '../../limits';
import { personSearchText } from '../../rules';
import { endRepresentation, mailRepresentatives, settleFirst } from '../commands';
import { contactsOfEntry, type EntryContact } from '../queries';
import { openNomination } from './queries';
import type { Nominee } from './schema';

type TooMany = { ok: false; reason: 'too-many'; retryAfterSeconds: number };

const expiry = (now: Date) => new Date(now.getTime() + NOMINATION_DAYS * 24 * 3_600_000);

const note = async (tx: Db, { id, letterId }: LockedEntry, action: AuditAction) =>
  audit(tx, { letterId, endorsementId: id, actor: REPRESENTATIVE, action });

/** Counts a mail to a nominee against the rate limits of sign-ups; null: the link does not work. */
async function countNomination(
  token: string,
  email: string,
  client: Client,
): Promise<SignUpRoom | null> {
  const link = await db().entryLink.findUnique({
    where: workingLink(token, new Date()),
    select: { representative: { select: { endorsement: { select: { letterId: true } } } } },
  });
  return link && countSignUp(client, email, link.representative.endorsement.letterId);
}

/**
 * Mails a nominee the link with `token`. Says nothing of a withheld organization's name: the address
 * may be mistyped.
 */
async function mailNominee(
  tx: Db,
  { id, letterId, visibility, names, letter }: LockedEntry,
  nominatedById: string,
  nominee: { email: string; language: Language; kind: NominationKind; expiresAt: Date },
  token: string,
): Promise<void> {
  const { name } = await tx.representative.findUniqueOrThrow({
    where: { id: nominatedById },
    select: { name: true },
  });
  const { email, language, kind, expiresAt } = nominee;
  const withheld = visibility === 'withheld';
  await enqueue(tx, {
    kind: 'nominated',
    to: email,
    language,
    letterId,
    endorsementId: id,
    props: {
      letterSlug: letter.slug,
      letterTitle: titleIn(letter, language),
      contact: contactOf(letter),
      organization: withheld ? {} : namesOf(names).names,
      withheld,
      nominator: name,
      handsOver: kind === 'hand_over',
      expiresAt: expiresAt.toISOString(),
      timeZone: letter.timeZone,
    },
    token,
  });
}

/** Deletes the mails to nominees of an entry: their addresses are not kept any longer. */
async function deleteNomineeMails(
  tx: Db,
  endorsementId: string,
  emailKeys: readonly string[],
  unsentOnly = false,
): Promise<void> {
  await tx.mail.deleteMany({
    where: {
      endorsementId,
      kind: 'nominated',
      toKey: { in: [...emailKeys] },
      ...(unsentOnly && { sentAt: null, attempts: 0 }),
    },
  });
}

/**
 * Why a nomination was refused: the address already represents the organization here or is
 * nominated (`known`); there are enough representatives (`full`); or the reader is handing over to
 * somebody else (`handing-over`). All of it stands on the page of whoever asks.
 */
export type Nominated =
  { ok: true } | OwnRefusal | TooMany | { ok: false; reason: 'known' | 'full' | 'handing-over' };

/**
 * Nominates a colleague to represent the organization of the entry of the link with `token`, too, or
 * in the place of its representative. Nothing changes until the colleague accepts. Counted like a
 * sign-up; beyond the limit of mails to the address it is stored without one.
 */
export async function nominate(
  token: string,
  {
    kind,
    representativeName: name,
    representativeRole: role,
    representativeEmail,
    language,
  }: Nominee,
  client: Client,
): Promise<Nominated> {
  const room = await countNomination(token, representativeEmail, client);
  if (!room) return { ok: false, reason: 'unknown' };
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  return withOwn(token, async (tx, entry, nominatedById): Promise<Nominated> => {
    const endorsementId = entry.id;
    const emailKey = addressKey(representativeEmail);
    const now = new Date();
    await deleteExpiredNominations(tx, now, endorsementId);
    const contacts = await contactsOfEntry(endorsementId, tx);
    const pending = await tx.nomination.findMany({
      where: { endorsementId },
      select: { emailKey: true, kind: true, nominatedById: true },
    });
    if ([...contacts, ...pending].some((known) => known.emailKey === emailKey))
      return { ok: false, reason: 'known' };
    const joining = pending.filter((nomination) => nomination.kind === 'add').length;
    if (kind === 'add' && contacts.length + joining >= MOST_REPRESENTATIVES)
      return { ok: false, reason: 'full' };
    if (
      kind === 'hand_over' &&
      pending.some((other) => other.kind === kind && other.nominatedById === nominatedById)
    )
      return { ok: false, reason: 'handing-over' };
    const link = newToken();
    const nominee = { kind, email: representativeEmail, language, expiresAt: expiry(now) };
    await tx.nomination.create({
      data: {
        ...nominee,
        endorsementId,
        nominatedById,
        name,
        role,
        emailKey,
        tokenHash: hashToken(link),
      },
    });
    if (room.mails) await mailNominee(tx, entry, nominatedById, nominee, link);
    await note(tx, entry, 'nominate');
    return { ok: true };
  });
}

/**
 * Mails a nominee of the entry of the link with `token` another link, valid for the full term; the
 * one before stops working. Counted like a sign-up.
 */
export async function nominateAgain(
  token: string,
  id: string,
  client: Client,
): Promise<{ ok: true } | OwnRefusal | TooMany> {
  const links = { some: workingLink(token, new Date()) };
  const found = await db().nomination.findFirst({
    where: { id, endorsement: { representatives: { some: { links } } } },
    select: { email: true },
  });
  if (!found) return { ok: false, reason: 'not-possible' };
  const room = await countNomination(token, found.email, client);
  if (!room) return { ok: false, reason: 'unknown' };
  if (!room.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: room.retryAfterSeconds };
  return withOwn(token, async (tx, entry): Promise<{ ok: true } | OwnRefusal> => {
    const pending = await tx.nomination.findFirst({ where: { id, endorsementId: entry.id } });
    if (!pending) return { ok: false, reason: 'not-possible' };
    // Without another mail, the link that has arrived stays good.
    if (!room.mails) return { ok: true };
    const link = newToken();
    const expiresAt = expiry(new Date());
    await tx.nomination.update({ where: { id }, data: { tokenHash: hashToken(link), expiresAt } });
    await deleteNomineeMails(tx, entry.id, [pending.emailKey], true);
    await mailNominee(tx, entry, pending.nominatedById, { ...pending, expiresAt }, link);
    return { ok: true };
  });
}

/** Cancels a nomination of the entry of the link with `token`, whichever representative made it. */
export async function cancelNomination(
  token: string,
  id: string,
): Promise<{ ok: true } | OwnRefusal> {
  return withOwn(token, async (tx, entry): Promise<{ ok: true } | OwnRefusal> => {
    const pending = await tx.nomination.findFirst({
      where: { id, endorsementId: entry.id },
      select: { emailKey: true },
    });
    if (!pending) return { ok: false, reason: 'not-possible' };
    await tx.nomination.delete({ where: { id } });
    await deleteNomineeMails(tx, entry.id, [pending.emailKey]);
    await note(tx, entry, 'cancel_nomination');
    return { ok: true };
  });
}

/** Runs `act` on the open nomination of the link with `token`, with the letter locked. */
async function withNomination<Done>(
  token: string,
  act: (tx: Db, nomination: LockedNomination) => Promise<Done>,
): Promise<Done | { ok: false; reason: 'unknown' }> {
  const where = () => openNomination(token, new Date());
  return db().$transaction(async (tx): Promise<Done | { ok: false; reason: 'unknown' }> => {
    const found = await tx.nomination.findUnique({
      where: where(),
      select: { endorsement: { select: { letterId: true } } },
    });
    if (!found) return { ok: false, reason: 'unknown' };
    await lockLetter(tx, found.endorsement.letterId);
    // Read again under the lock: it may have been answered or cancelled.
    const nomination = await lockedNomination(tx, where());
    return nomination ? act(tx, nomination) : { ok: false, reason: 'unknown' };
  });
}

const lockedNomination = async (tx: Db, where: ReturnType<typeof openNomination>) =>
  tx.nomination.findUnique({ where, include: { endorsement: { select: ownFields } } });

type LockedNomination = NonNullable<Awaited<ReturnType<typeof lockedNomination>>>;

/** The id of the verified contact with an address, which the nominee has just verified. */
async function verifiedContact(
  tx: Db,
  { email, emailKey, language }: Pick<LockedNomination, 'email' | 'emailKey' | 'language'>,
): Promise<string> {
  const [contact] = await tx.$queryRaw<[{ id: string }]>`
    INSERT INTO contact (email, email_key, language, verified_at) VALUES (${email}, ${emailKey}, ${language}, now())
    ON CONFLICT (email_key) WHERE verified_at IS NOT NULL DO UPDATE SET verified_at = now()
    RETURNING id`;
  return contact.id;
}

/**
 * Accepts the nomination of the link with `token`, exactly once: the nominee becomes a
 * representative, with a private link of their own, and whoever hands over is none any more. Refused
 * as `signed` if they have signed the letter for an organization of this name themselves: one person
 * does so once.
 */
export async function acceptNomination(
  token: string,
): Promise<{ ok: true } | { ok: false; reason: 'unknown' | 'signed' }> {
  return withNomination(
    token,
    async (tx, nomination): Promise<{ ok: true } | { ok: false; reason: 'signed' }> => {
      const {
        id,
        kind,
        nominatedById,
        name,
        role,
        email,
        emailKey,
        endorsement: entry,
      } = nomination;
      const { id: endorsementId, organizationId, state } = entry;
      const contactId = await verifiedContact(tx, nomination);
      const signed = await tx.representative.count({
        where: {
          contactId,
          endorsement: {
            letterId: entry.letterId,
            nameKey: entry.nameKey,
            state: { not: 'submitted' },
          },
        },
      });
      if (signed > 0) return { ok: false, reason: 'signed' };
      const before = await contactsOfEntry(endorsementId, tx);
      const joined = await tx.representative.create({
        data: { endorsementId, contactId, name, role, searchText: personSearchText(name) },
        select: { id: true },
      });
      if (organizationId && (state === 'approved' || state === 'withdrawn'))
        await tx.organizationContact.createMany({
          data: { organizationId, contactId },
          skipDuplicates: true,
        });
      await tx.nomination.delete({ where: { id } });
      await deleteNomineeMails(tx, endorsementId, [emailKey], true);
      await note(tx, entry, kind === 'add' ? 'add_representative' : 'hand_over');
      const nominator = before.find(({ representativeId }) => representativeId === nominatedById);
      if (kind === 'hand_over' && nominator)
        await endRepresentation(tx, entry, nominator, 'handed_over');
      else await tellOfColleague(tx, entry, before);
      await mailJoined(tx, entry, { email, language: nomination.language }, joined.id);
      return { ok: true };
    },
  );
}

/** Tells the other representatives of a locked entry that a colleague has joined them. */
async function tellOfColleague(tx: Db, entry: LockedEntry, others: readonly EntryContact[]) {
  for (const other of others) await mailRepresentatives(tx, entry, other, 'added');
  await settleFirst(tx, entry.id);
}

/** Mails a new representative of a locked entry their private link. */
async function mailJoined(
  tx: Db,
  { id, letterId, visibility, names, letter }: LockedEntry,
  { email, language }: Pick<EntryContact, 'email' | 'language'>,
  representativeId: string,
): Promise<void> {
  await enqueue(tx, {
    kind: 'joined',
    to: email,
    language,
    letterId,
    endorsementId: id,
    props: {
      letterSlug: letter.slug,
      letterTitle: titleIn(letter, language),
      contact: contactOf(letter),
      organization: storedNames(namesOf(names), visibility).names,
    },
    token: await addEntryLink(tx, representativeId),
  });
}

/**
 * Declines the nomination of the link with `token`. It is deleted with the address, and whoever
 * nominated sees in the entry's history that it was declined.
 */
export async function declineNomination(
  token: string,
): Promise<{ ok: true } | { ok: false; reason: 'unknown' }> {
  return withNomination(token, async (tx, { id, emailKey, endorsement }): Promise<{ ok: true }> => {
    await tx.nomination.delete({ where: { id } });
    await deleteNomineeMails(tx, endorsement.id, [emailKey]);
    await note(tx, endorsement, 'decline_nomination');
    return { ok: true };
  });
}

/** Deletes expired nominations of an entry, and the mails to their addresses. */
async function deleteExpiredNominations(tx: Db, now: Date, endorsementId: string): Promise<void> {
  await tx.$executeRaw`
    WITH expired AS (
      DELETE FROM nomination WHERE expires_at <= ${now} AND endorsement_id = ${endorsementId}::uuid
      RETURNING endorsement_id, email_key
    )
    DELETE FROM mail USING expired
    WHERE mail.endorsement_id = expired.endorsement_id AND kind = 'nominated' AND to_key = email_key`;
}
