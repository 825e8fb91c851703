import { actorOf, type Owner } from '@/lib/coordinator/access';
import { lockLetter } from '@/lib/letter/lock';
import { signing } from '@/lib/letter/rules';
import { audit } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { sameByLanguage, type ByLanguage } from '@/lib/platform/languages';
import { INVITEES, INVITEE_DAYS } from '@/lib/platform/limits';
import { suppressionsOf, uninvitedHashes } from '@/lib/platform/mail/suppression';
import { openAll, sealedPrefix, sealText } from '@/lib/platform/sealing';
import { derivedToken, hashToken, isToken, newToken, seal } from '@/lib/platform/tokens';
import {
  filledFromEarlier,
  invitationProps,
  invitableAgain,
  inviteeBehind,
  inviteeMessages,
  mailedFields,
  previewOf,
  unanswered,
  uninvitedAmong,
  type MailedLetter,
} from './queries';
import { dueInvitees, type InviteeFields, type InviteeOccasion, type InviteeRow } from './rules';
import type { InviteeReminders } from './schema';

const DAY = 24 * 3_600_000;

/** Rows of one statement, below PostgreSQL's limit on parameters. */
const AT_ONCE = 1_000;

/**
 * What is known of an invitee as it is stored: sealed, since an organization that is invited may ask
 * for its name to be withheld (ADR 52).
 */
const sealedFields = (fields: InviteeFields): InviteeFields =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, sealText(value)]));

/** Whether organizations can sign the letter now, so that they can be invited. */
const isOpen = (letter: MailedLetter, now: Date) => ['open', 'late'].includes(signing(letter, now));

/**
 * In a transaction that ends invitations to an address, `'end'`: waits for those that write
 * unasked mails, and they for it, so that none is written to an address that has just asked not to be
 * invited.
 */
export async function lockInvitations(tx: Db, purpose: 'write' | 'end'): Promise<void> {
  const lock = 'undersigned: invitations to sign';
  if (purpose === 'end') await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${lock}))`;
  else await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext(${lock}))`;
}

/**
 * Writes a mail with a link of its own to each of the invitees, but for those whose address asked
 * not to be invited or is suppressed; earlier links stay valid. Returns the ids of those mailed.
 */
async function mailInvitees(
  tx: Db,
  letter: MailedLetter,
  ids: readonly string[],
  isReminder: boolean,
  now: Date,
): Promise<string[]> {
  const messages = await inviteeMessages(letter.id, tx);
  const expiresAt = new Date(now.getTime() + INVITEE_DAYS * DAY);
  const mailed: string[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const all = await tx.invitee.findMany({
      where: { id: { in: ids.slice(from, from + AT_ONCE) } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const keys = all.map(({ emailKey }) => emailKey);
    const [uninvited, suppressed] = [
      await uninvitedAmong(tx, keys),
      await suppressionsOf(tx, keys),
    ];
    const invitees = all
      .filter(({ emailKey }) => !uninvited.has(emailKey) && !suppressed.has(emailKey))
      .map((invitee) => ({ ...invitee, token: newToken() }));
    await tx.inviteeLink.createMany({
      data: invitees.map(({ id, token }) => ({
        inviteeId: id,
        tokenHash: hashToken(token),
        endingHash: hashToken(derivedToken(token, 'unsubscribe')),
        expiresAt,
      })),
    });
    await tx.mail.createMany({
      data: invitees.map(({ id, email, emailKey, language, fields, token }) => {
        const given = { language, fields: openAll(fields) as InviteeFields };
        const said = invitationProps(letter, given, messages, isReminder);
        const props = { ...said, organization: sealText(said.organization) };
        return {
          kind: 'invite_to_sign' as const,
          to: email,
          toKey: emailKey,
          language,
          props: props as unknown as Prisma.InputJsonObject,
          sealedToken: seal(token, env().APP_SECRET),
          letterId: letter.id,
          inviteeId: id,
        };
      }),
    });
    mailed.push(...invitees.map(({ id }) => id));
  }
  return mailed;
}

/**
 * Keeps a list, to be looked at before its organizations are invited; with what is known of those
 * that signed an earlier letter (ADR 45). Returns its id.
 */
export async function keepList(owner: Owner, rows: readonly InviteeRow[]): Promise<string> {
  const known = (await filledFromEarlier(owner, rows)).map((row) => ({
    ...row,
    fields: sealedFields(row.fields),
  }));
  const { letterId, coordinatorId } = owner;
  const { id } = await db().inviteeList.create({
    data: { letterId, coordinatorId, rows: known as unknown as Prisma.InputJsonValue },
    select: { id: true },
  });
  return id;
}

/** Deletes a list whose organizations are not to be invited. */
export async function dropList({ letterId }: Owner, id: string): Promise<void> {
  await db().inviteeList.deleteMany({ where: { id, letterId } });
}

export type OrganizationsInvited =
  { ok: true; count: number } | { ok: false; reason: 'gone' | 'not-open' | 'full' | 'nobody' };

/**
 * Invites the organizations of a list that the preview marks as new, once: the list is deleted with
 * it, and an address is invited once a letter.
 */
export async function inviteOrganizations(
  owner: Owner,
  listId: string,
  now: Date = new Date(),
): Promise<OrganizationsInvited> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<OrganizationsInvited> => {
    await lockLetter(tx, letterId);
    await lockInvitations(tx, 'write');
    const list = await tx.inviteeList.findFirst({ where: { id: listId, letterId } });
    if (!list) return { ok: false, reason: 'gone' };
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: mailedFields,
    });
    if (!isOpen(letter, now)) return { ok: false, reason: 'not-open' };
    const all = openAll(list.rows) as unknown as InviteeRow[];
    const states = await previewOf(tx, letterId, all);
    const rows = all.filter((_row, at) => states[at] === 'new');
    if (rows.length === 0) return { ok: false, reason: 'nobody' };
    if ((await tx.invitee.count({ where: { letterId } })) + rows.length > INVITEES.perLetter)
      return { ok: false, reason: 'full' };
    await tx.inviteeList.delete({ where: { id: listId } });
    const ids: string[] = [];
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const created = await tx.invitee.createManyAndReturn({
        data: rows.slice(from, from + AT_ONCE).map(({ email, key, language, fields }) => ({
          letterId,
          email,
          emailKey: key!,
          language,
          fields: sealedFields(fields),
          createdAt: now,
          invitedAt: now,
        })),
        select: { id: true },
      });
      ids.push(...created.map(({ id }) => id));
    }
    await mailInvitees(tx, letter, ids, false, now);
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'invite_organizations',
      after: { count: ids.length },
    });
    return { ok: true, count: ids.length };
  });
}

/**
 * Invites again one invitee, or all that got a mail and have not answered; only those that
 * `mayInviteAgain` allows.
 */
export async function inviteOrganizationsAgain(
  owner: Owner,
  only: string | null,
  now: Date = new Date(),
): Promise<OrganizationsInvited> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<OrganizationsInvited> => {
    await lockLetter(tx, letterId);
    await lockInvitations(tx, 'write');
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: mailedFields,
    });
    if (!isOpen(letter, now)) return { ok: false, reason: 'not-open' };
    const may = await invitableAgain(tx, letterId, only, now);
    const ids = await mailInvitees(tx, letter, may, false, now);
    if (ids.length === 0) return { ok: false, reason: 'nobody' };
    await tx.invitee.updateMany({
      where: { id: { in: ids } },
      data: { invitations: { increment: 1 }, invitedAt: now, withdrawnAt: null },
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'invite_organizations',
      after: { count: ids.length, again: true },
    });
    return { ok: true, count: ids.length };
  });
}

/** Deletes mails to invitees that nobody is sending now; before their rows are locked, as whoever sends. */
async function deleteUnsent(tx: Db, where: Prisma.MailWhereInput): Promise<void> {
  await tx.mail.deleteMany({
    where: {
      ...where,
      kind: 'invite_to_sign',
      sentAt: null,
      OR: [{ leaseUntil: null }, { leaseUntil: { lt: new Date() } }],
    },
  });
}

/** Withdraws an invitation: its links end, and what was not sent is not. False if there is none. */
export async function withdrawInvitee(owner: Owner, id: string): Promise<boolean> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    await deleteUnsent(tx, { inviteeId: id, letterId });
    const { count } = await tx.invitee.updateMany({
      where: { id, letterId, withdrawnAt: null },
      data: { withdrawnAt: new Date() },
    });
    if (count === 0) return false;
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'withdraw_invitee',
      after: { invitee: id },
    });
    return true;
  });
}

/** Sets what the coordinators say to invitees, by language. Mails that are written keep what they say. */
export async function setInviteeMessages(owner: Owner, messages: ByLanguage): Promise<void> {
  const { letterId } = owner;
  await db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const rows = await tx.inviteeMessage.findMany({ where: { letterId } });
    const before = Object.fromEntries(rows.map(({ language, text }) => [language, text]));
    if (sameByLanguage(before, messages)) return;
    await tx.inviteeMessage.deleteMany({ where: { letterId } });
    await tx.inviteeMessage.createMany({
      data: Object.entries(messages).map(([language, text]) => ({ letterId, language, text })),
    });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_invitee_message',
      before: { texts: before },
      after: { texts: messages },
    });
  });
}

/** Sets when the letter's invitees are reminded. */
export async function setInviteeReminders(
  owner: Owner,
  { days, deadline }: InviteeReminders,
): Promise<void> {
  const { letterId } = owner;
  await db().$transaction(async (tx) => {
    await lockLetter(tx, letterId);
    const before = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { inviteeReminderDays: true, inviteeReminderDeadline: true },
    });
    const after = { inviteeReminderDays: days, inviteeReminderDeadline: deadline };
    if (before.inviteeReminderDays === days && before.inviteeReminderDeadline === deadline) return;
    await tx.letter.update({ where: { id: letterId }, data: after });
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_invitee_reminders',
      before,
      after,
    });
  });
}

/** Invitees reminded in one transaction. */
const REMINDED_AT_ONCE = 500;

/** Reminds some of the invitees of a letter that are due; how many, those that are not mailed counted. */
async function remindSome(
  letterId: string,
  occasion: InviteeOccasion,
  now: Date,
): Promise<{ due: number; written: number }> {
  return db().$transaction(async (tx) => {
    await lockInvitations(tx, 'write');
    const letter = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { ...mailedFields, inviteeReminderDays: true, inviteeReminderDeadline: true },
    });
    const before = dueInvitees(occasion, letter, now, INVITEES);
    if (!before) return { due: 0, written: 0 };
    const ids = await unanswered(tx, letterId, occasion, before, REMINDED_AT_ONCE);
    await tx.invitee.updateMany({
      where: { id: { in: ids } },
      data: occasion === 'waiting' ? { remindedAt: now } : { remindedDeadlineAt: now },
    });
    const mailed = await mailInvitees(tx, letter, ids, true, now);
    return { due: ids.length, written: mailed.length };
  });
}

/**
 * Reminds all invitees that are due, of all letters: each at most once on either occasion. Running
 * it concurrently is safe.
 */
export async function remindInvitees(now: Date = new Date()): Promise<number> {
  const letters = await db().letter.findMany({
    where: {
      revision: { not: null },
      opensAt: { lte: now },
      archivedAt: null,
      OR: [{ inviteeReminderDays: { not: null } }, { inviteeReminderDeadline: true }],
    },
    select: { id: true },
  });
  let all = 0;
  for (const { id } of letters)
    for (const occasion of ['waiting', 'deadline'] as const)
      for (let more = true; more;) {
        const { due, written } = await remindSome(id, occasion, now);
        all += written;
        more = due === REMINDED_AT_ONCE;
      }
  return all;
}

/** What the sign-up form is filled in with for an invitee, by field, with the token of its link. */
export type FilledIn = { slug: string; typed: Record<string, string> };

/**
 * Notes that somebody opened the form through an invitee's link, and returns what it is filled in
 * with; null if the link is not valid.
 */
export async function openForm(token: string): Promise<FilledIn | null> {
  const invitee = await inviteeBehind(db(), token);
  if (!invitee) return null;
  await db().invitee.updateMany({
    where: { id: invitee.id, openedAt: null },
    data: { openedAt: new Date() },
  });
  return {
    slug: invitee.letter.slug,
    typed: {
      ...(openAll(invitee.fields) as InviteeFields),
      representativeEmail: invitee.email,
      invitee: token,
    },
  };
}

/** Notes that an invitee will not sign. False if the link is not valid. */
export async function declineInvitation(token: string): Promise<boolean> {
  const invitee = await inviteeBehind(db(), token);
  if (!invitee) return false;
  await db().$transaction(async (tx) => {
    await deleteUnsent(tx, { inviteeId: invitee.id });
    await tx.invitee.updateMany({
      where: { id: invitee.id, declinedAt: null },
      data: { declinedAt: new Date() },
    });
  });
  return true;
}

/**
 * Ends invitations of all letters to the address that the one with `token` went to, for good: no
 * coordinator of the instance can invite it. Only the letter of the link shows that it asked so.
 * False if there is no such invitation any more.
 */
export async function endInvitations(token: string): Promise<boolean> {
  if (!isToken(token)) return false;
  const link = await db().inviteeLink.findUnique({
    where: { endingHash: hashToken(token) },
    select: { invitee: { select: { id: true, emailKey: true } } },
  });
  if (!link) return false;
  const { id, emailKey } = link.invitee;
  await db().$transaction(async (tx) => {
    await lockInvitations(tx, 'end');
    await tx.uninvitedAddress.createMany({
      data: { addressHash: uninvitedHashes(emailKey)[0] },
      skipDuplicates: true,
    });
    await deleteUnsent(tx, { toKey: emailKey });
    await tx.invitee.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } });
  });
  return true;
}

/**
 * Seals what is known of invitees under the present secret, where another one sealed it; so that a
 * former secret can be forgotten. Returns the number of invitees written.
 */
export async function sealInvitees(): Promise<number> {
  // In JSON the mark before it is escaped.
  const prefix = sealedPrefix().slice(1);
  let written = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db().$queryRaw<{ id: string; fields: InviteeFields }[]>`
      SELECT id, fields FROM invitee
      WHERE id > ${last}::uuid AND fields <> '{}' AND position(${prefix} IN fields::text) = 0
      ORDER BY id LIMIT ${AT_ONCE}`;
    if (rows.length === 0) return written;
    last = rows.at(-1)!.id;
    for (const { id, fields } of rows)
      await db().invitee.updateMany({
        where: { id },
        data: { fields: sealedFields(openAll(fields)) },
      });
    written += rows.length;
  }
}
