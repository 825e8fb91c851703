import { actorOf, type LetterAccess, type Owner } from '@/lib/coordinator/access';
import { endSessions, setRole, type RoleSet } from '@/lib/coordinator/roles';
import { db, type Db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import { addressKey } from '@/lib/platform/mail/address';
import { enqueue } from '@/lib/platform/mail/outbox';
import { recipientOf } from '@/lib/platform/mail/recipient';
import { countUses } from '@/lib/platform/rate-limits';
import { lockLetter } from '../lock';
import { loneTitle, textFor } from '../rules';
import type { Invitation } from './schema';

type TooMany = { ok: false; reason: 'too-many'; retryAfterSeconds: number };
type Gone = { ok: false; reason: 'gone' };

/** Counts an invitation against the rate limits of who invites and of the mailbox. */
async function countInvitation(
  { coordinatorId }: Owner,
  email: string,
): Promise<{ ok: true } | TooMany> {
  const counted = await countUses(
    [{ limit: 'invitationCoordinator', of: coordinatorId }],
    [{ limit: 'invitationMailbox', of: recipientOf(email).mailbox }],
  );
  return counted.ok
    ? counted
    : { ok: false, reason: 'too-many', retryAfterSeconds: counted.retryAfterSeconds };
}

/** Writes the mail that tells somebody of their role on the letter, and how to sign in. */
async function mailInvitation(
  tx: Db,
  owner: Owner,
  { email, role, language }: { email: string; role: Role; language: Language },
): Promise<void> {
  const { slug, authoritativeLanguage, texts } = await tx.letter.findUniqueOrThrow({
    where: { id: owner.letterId },
    select: {
      slug: true,
      authoritativeLanguage: true,
      texts: { select: { language: true, title: true } },
    },
  });
  const title = textFor(texts, language, authoritativeLanguage)?.title;
  await enqueue(tx, {
    kind: 'invitation',
    to: email,
    language,
    letterId: owner.letterId,
    props: {
      letterSlug: slug,
      letterTitle: title ? loneTitle(title) : slug,
      inviter: owner.email,
      role,
    },
  });
}

/**
 * A coordinator's row, locked. A removal of the coordinator from other letters or from the instance
 * waits, or was before.
 */
async function lockedCoordinator(tx: Db, email: string) {
  await tx.$queryRaw`SELECT FROM coordinator WHERE email = ${email} FOR NO KEY UPDATE`;
  return tx.coordinator.findUniqueOrThrow({ where: { email } });
}

export type Invited = { ok: true } | TooMany | { ok: false; reason: 'already' | 'deactivated' };

/**
 * Gives somebody a role on the letter and mails them: that is the invitation, with no account to
 * make and no token to lose, since whoever reads the address's mail can sign in. Somebody whom an
 * administrator has deactivated cannot be invited.
 */
export async function invite(
  owner: Owner,
  { email: typed, role, language }: Invitation,
): Promise<Invited> {
  const email = addressKey(typed);
  const counted = await countInvitation(owner, email);
  if (!counted.ok) return counted;
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<Invited> => {
    await lockLetter(tx, letterId);
    await tx.coordinator.createMany({ data: { email, language }, skipDuplicates: true });
    const { id: coordinatorId, deactivatedAt } = await lockedCoordinator(tx, email);
    if (deactivatedAt) return { ok: false, reason: 'deactivated' };
    if ((await tx.letterRole.count({ where: { letterId, coordinatorId } })) > 0)
      return { ok: false, reason: 'already' };
    await setRole(tx, actorOf(owner), { letterId, coordinatorId, role });
    await mailInvitation(tx, owner, { email, role, language });
    return { ok: true };
  });
}

/** Mails the invitation again to somebody who has never signed in. */
export async function inviteAgain(
  owner: Owner,
  person: string,
): Promise<{ ok: true } | TooMany | Gone> {
  const { letterId } = owner;
  const found = await db().letterRole.findFirst({
    where: { letterId, coordinatorId: person, coordinator: { signedInAt: null } },
    select: { role: true, coordinator: { select: { email: true, language: true } } },
  });
  if (!found) return { ok: false, reason: 'gone' };
  const counted = await countInvitation(owner, found.coordinator.email);
  if (!counted.ok) return counted;
  await db().$transaction((tx) =>
    mailInvitation(tx, owner, { ...found.coordinator, role: found.role }),
  );
  return { ok: true };
}

export type RoleChanged = { ok: true } | Extract<RoleSet, { ok: false }> | Gone;

/** The role of a person of the letter; null if they have none (any more). */
async function roleOf(tx: Db, letterId: string, coordinatorId: string): Promise<Role | null> {
  const where = { letterId_coordinatorId: { letterId, coordinatorId } };
  return (await tx.letterRole.findUnique({ where }))?.role ?? null;
}

/** Changes the role of a person of the letter. The letter keeps an owner. */
export async function changeRole(
  owner: Owner,
  { person, role }: { person: string; role: Role },
): Promise<RoleChanged> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<RoleChanged> => {
    await lockLetter(tx, letterId);
    const before = await roleOf(tx, letterId, person);
    if (before === null) return { ok: false, reason: 'gone' };
    if (before === role) return { ok: true };
    return setRole(tx, actorOf(owner), { letterId, coordinatorId: person, role });
  });
}

/**
 * Takes the role of a person of the letter, who loses access to it with their next click. If they
 * have no role on any letter then and are no administrator, their sessions end, too. The letter
 * keeps an owner.
 */
export async function removePerson(owner: Owner, person: string): Promise<RoleChanged> {
  const { letterId } = owner;
  return db().$transaction(async (tx): Promise<RoleChanged> => {
    await lockLetter(tx, letterId);
    if ((await roleOf(tx, letterId, person)) === null) return { ok: false, reason: 'gone' };
    // Locked, so that of two letters that remove them concurrently, the second one finds no role
    // left.
    await tx.$queryRaw`SELECT FROM coordinator WHERE id = ${person}::uuid FOR NO KEY UPDATE`;
    const set = await setRole(tx, actorOf(owner), { letterId, coordinatorId: person, role: null });
    if (!set.ok) return set;
    const rightless = await tx.coordinator.findFirst({
      where: { id: person, isAdministrator: false, roles: { none: {} } },
    });
    if (rightless) await endSessions(tx, rightless);
    return { ok: true };
  });
}

/** A coordinator leaves the letter. The letter keeps an owner. */
export async function leaveLetter(access: LetterAccess): Promise<RoleChanged> {
  const { letterId, coordinatorId } = access;
  return db().$transaction(async (tx): Promise<RoleChanged> => {
    await lockLetter(tx, letterId);
    if ((await roleOf(tx, letterId, coordinatorId)) === null) return { ok: false, reason: 'gone' };
    return setRole(tx, actorOf(access), { letterId, coordinatorId, role: null });
  });
}
