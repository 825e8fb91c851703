import { audit, type Actor } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { addressKey, storedAddress } from '@/lib/platform/mail/address';
import { actorOf, type InstanceAdministrator } from './access';
import { auditRole, endSessions, setRole } from './roles';

const OPERATOR: Actor = { kind: 'operator' };

/** The right to grant: administrator of the instance, or a role on one letter. */
export type Grant = { kind: 'administrator' } | { kind: 'role'; slug: string; role: Role };

export type Granted =
  | { ok: true; granted: Grant }
  | { ok: false; reason: 'invalid-email' | 'unknown-letter' | 'say-which' | 'last-owner' };

/**
 * Makes `email` a coordinator or grants a coordinator another right; reactivates a removed one. For
 * the command line: on pages, owners invite (lib/letter/people/commands.ts). Without a `grant`, the
 * first coordinator of an instance becomes its administrator; for later ones it is required
 * (`say-which`). A letter's only owner cannot be demoted (`last-owner`). Each grant is audited.
 */
export async function addCoordinator(email: string, grant: Grant | null): Promise<Granted> {
  if (!storedAddress(email)) return { ok: false, reason: 'invalid-email' };
  const address = addressKey(email);
  return db().$transaction(async (tx): Promise<Granted> => {
    if (grant?.kind === 'role')
      await tx.$queryRaw`SELECT FROM letter WHERE slug = ${grant.slug} FOR NO KEY UPDATE`;
    const first = (await tx.coordinator.count()) === 0;
    const granted = grant ?? (first ? ({ kind: 'administrator' } as const) : null);
    if (!granted) return { ok: false, reason: 'say-which' };
    if (granted.kind === 'administrator') {
      const { id } = await coordinatorAt(tx, address, true);
      await auditRole(tx, OPERATOR, {
        letterId: null,
        coordinatorId: id,
        before: null,
        after: 'administrator',
      });
      return { ok: true, granted };
    }
    const letter = await tx.letter.findUnique({
      where: { slug: granted.slug },
      select: { id: true },
    });
    if (!letter) return { ok: false, reason: 'unknown-letter' };
    const { id } = await coordinatorAt(tx, address, false);
    const set = await setRole(tx, OPERATOR, {
      letterId: letter.id,
      coordinatorId: id,
      role: granted.role,
    });
    return set.ok ? { ok: true, granted } : set;
  });
}

async function coordinatorAt(tx: Db, email: string, isAdministrator: boolean) {
  const administrator = isAdministrator && { isAdministrator: true };
  return tx.coordinator.upsert({
    where: { email },
    create: { email, ...administrator },
    update: { deactivatedAt: null, ...administrator },
    select: { id: true },
  });
}

export type Removed =
  | { ok: true }
  /**
   * Letters of which they are the only owner, if there is no other administrator to inherit them.
   */
  | { ok: false; reason: 'not-found' | 'last-owner'; letters: string[] };

/**
 * Revokes all rights of a coordinator, on the command line, where the last administrator can be
 * removed, too.
 */
export async function removeCoordinator(email: string): Promise<Removed> {
  return db().$transaction((tx) => remove(tx, OPERATOR, addressKey(email)));
}

export type Deactivated = Removed | { ok: false; reason: 'last-administrator' };

/**
 * Revokes all rights of a coordinator, by an administrator: as {@link removeCoordinator}, but the
 * last administrator stays.
 */
export async function deactivate(
  administrator: InstanceAdministrator,
  id: string,
): Promise<Deactivated> {
  return db().$transaction(async (tx): Promise<Deactivated> => {
    const coordinator = await tx.coordinator.findUnique({ where: { id } });
    if (!coordinator) return { ok: false, reason: 'not-found', letters: [] };
    await lockPeople(tx, coordinator.email);
    if (await isLastAdministrator(tx, id)) return { ok: false, reason: 'last-administrator' };
    return remove(tx, actorOf(administrator), coordinator.email);
  });
}

/**
 * Lets a deactivated coordinator sign in again, without any of the rights they had.
 */
export async function reactivate(
  administrator: InstanceAdministrator,
  id: string,
): Promise<{ ok: true } | { ok: false; reason: 'not-found' }> {
  return db().$transaction(async (tx) => {
    const { count } = await tx.coordinator.updateMany({
      where: { id, deactivatedAt: { not: null } },
      data: { deactivatedAt: null },
    });
    if (count === 0) return { ok: false, reason: 'not-found' };
    await audit(tx, {
      letterId: null,
      actor: actorOf(administrator),
      action: 'reactivate',
      after: { coordinator: id },
    });
    return { ok: true };
  });
}

export type AdministratorSet =
  { ok: true } | { ok: false; reason: 'not-found' | 'last-administrator' };

/** Makes a coordinator an administrator of the instance, or an administrator a coordinator. */
export async function setAdministrator(
  administrator: InstanceAdministrator,
  { id, isAdministrator }: { id: string; isAdministrator: boolean },
): Promise<AdministratorSet> {
  return db().$transaction(async (tx): Promise<AdministratorSet> => {
    const found = await tx.coordinator.findUnique({ where: { id } });
    if (!found) return { ok: false, reason: 'not-found' };
    await lockPeople(tx, found.email);
    if (!isAdministrator && (await isLastAdministrator(tx, id)))
      return { ok: false, reason: 'last-administrator' };
    const { count } = await tx.coordinator.updateMany({
      where: { id, deactivatedAt: null, isAdministrator: !isAdministrator },
      data: { isAdministrator },
    });
    if (count === 0) return { ok: false, reason: 'not-found' };
    await auditRole(tx, actorOf(administrator), {
      letterId: null,
      coordinatorId: id,
      before: isAdministrator ? null : 'administrator',
      after: isAdministrator ? 'administrator' : null,
    });
    return { ok: true };
  });
}

async function isLastAdministrator(tx: Db, id: string): Promise<boolean> {
  const administrators = await tx.coordinator.findMany({
    where: { isAdministrator: true, deactivatedAt: null },
    select: { id: true },
  });
  return administrators.length === 1 && administrators[0]!.id === id;
}

/**
 * Locks the letters of a coordinator, then the coordinator and all administrators, before they are
 * read, so that when two owners or administrators are removed concurrently, the second one is
 * detected as the last. First letters, then coordinators by address, as everywhere, to prevent
 * deadlocks.
 */
async function lockPeople(tx: Db, email: string): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM letter WHERE id IN (
      SELECT letter_id FROM letter_role JOIN coordinator ON coordinator.id = coordinator_id WHERE email = ${email}
    ) ORDER BY id FOR NO KEY UPDATE`;
  await tx.$queryRaw`
    SELECT FROM coordinator WHERE (is_administrator AND deactivated_at IS NULL) OR email = ${email}
    ORDER BY email FOR NO KEY UPDATE`;
}

/**
 * Revokes all rights of a coordinator and ends their sessions immediately. Their past decisions
 * keep their name. Letters of which they were the only owner go to the administrator of longest
 * standing, since every letter has an owner.
 */
async function remove(tx: Db, actor: Actor, email: string): Promise<Removed> {
  await lockPeople(tx, email);
  const coordinator = await tx.coordinator.findUnique({
    where: { email },
    include: {
      roles: {
        orderBy: { letterId: 'asc' },
        include: { letter: { select: { slug: true, roles: { where: { role: 'owner' } } } } },
      },
    },
  });
  if (!coordinator || coordinator.deactivatedAt)
    return { ok: false, reason: 'not-found', letters: [] };
  const orphaned = coordinator.roles.filter(
    ({ role, letter }) => role === 'owner' && letter.roles.length === 1,
  );
  const heir = await tx.coordinator.findFirst({
    where: { isAdministrator: true, deactivatedAt: null, id: { not: coordinator.id } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  if (orphaned.length > 0 && !heir)
    return {
      ok: false,
      reason: 'last-owner',
      letters: orphaned.map(({ letter }) => letter.slug),
    };

  const coordinatorId = coordinator.id;
  await endSessions(tx, coordinator);
  await tx.coordinator.update({
    where: { id: coordinatorId },
    data: { deactivatedAt: new Date(), isAdministrator: false },
  });
  if (coordinator.isAdministrator)
    await auditRole(tx, actor, {
      letterId: null,
      coordinatorId,
      before: 'administrator',
      after: null,
    });
  for (const { letterId } of coordinator.roles) {
    if (heir && orphaned.some((letter) => letter.letterId === letterId))
      await setRole(tx, actor, { letterId, coordinatorId: heir.id, role: 'owner' });
    const taken = await setRole(tx, actor, { letterId, coordinatorId, role: null });
    if (!taken.ok) throw new Error('a letter would have lost its only owner');
  }
  await audit(tx, {
    letterId: null,
    actor,
    action: 'deactivate',
    after: { coordinator: coordinatorId },
  });
  return { ok: true };
}
