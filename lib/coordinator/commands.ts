import { audit, type Actor } from '@/lib/platform/audit';
import { db, type Db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { addressKey, storedAddress } from '@/lib/platform/mail/address';

const OPERATOR: Actor = { kind: 'operator' };

/** The right to grant: administrator of the instance, or a role on one letter. */
export type Grant = { kind: 'administrator' } | { kind: 'role'; slug: string; role: Role };

export type Granted =
  | { ok: true; granted: Grant }
  | { ok: false; reason: 'invalid-email' | 'unknown-letter' | 'say-which' | 'last-owner' };

/**
 * Makes `email` a coordinator or grants a coordinator another right; reactivates a removed one.
 * Without a `grant`, the first coordinator of an instance becomes its administrator; for later ones
 * it is required (`say-which`). A letter's only owner cannot be demoted (`last-owner`). Each grant
 * is audited.
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
      await auditRole(tx, 'grant_role', id, null, { before: null, after: 'administrator' });
      return { ok: true, granted };
    }
    const letter = await tx.letter.findUnique({
      where: { slug: granted.slug },
      select: { id: true, roles: { where: { role: 'owner' } } },
    });
    if (!letter) return { ok: false, reason: 'unknown-letter' };
    const { id } = await coordinatorAt(tx, address, false);
    const key = { letterId_coordinatorId: { letterId: letter.id, coordinatorId: id } };
    const before = (await tx.letterRole.findUnique({ where: key }))?.role ?? null;
    if (before === 'owner' && granted.role !== 'owner' && letter.roles.length === 1)
      return { ok: false, reason: 'last-owner' };
    await tx.letterRole.upsert({
      where: key,
      create: { letterId: letter.id, coordinatorId: id, role: granted.role },
      update: { role: granted.role },
    });
    await auditRole(tx, 'grant_role', id, letter.id, { before, after: granted.role });
    return { ok: true, granted };
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

async function auditRole(
  tx: Db,
  action: 'grant_role' | 'revoke_role',
  coordinator: string,
  letterId: string | null,
  role: { before: string | null; after: string | null },
): Promise<void> {
  await audit(tx, {
    letterId,
    actor: OPERATOR,
    action,
    before: { coordinator, role: role.before },
    after: { coordinator, role: role.after },
  });
}

export type Removed =
  | { ok: true }
  /**
   * Letters of which they are the only owner, if there is no other administrator to inherit them.
   */
  | { ok: false; reason: 'not-found' | 'last-owner'; letters: string[] };

/**
 * Revokes all rights of a coordinator and ends their sessions immediately. Their past decisions
 * keep their name. Letters of which they were the only owner go to an administrator, since every
 * letter has an owner.
 */
export async function removeCoordinator(email: string): Promise<Removed> {
  return db().$transaction(async (tx): Promise<Removed> => {
    // Locked before they are read, so that when two owners or administrators are removed concurrently, the second one
    // is detected as the last. First letters, then coordinators by address, as everywhere, to prevent deadlocks.
    await tx.$queryRaw`
      SELECT FROM letter WHERE id IN (
        SELECT letter_id FROM letter_role JOIN coordinator ON coordinator.id = coordinator_id WHERE email = ${addressKey(email)}
      ) ORDER BY id FOR NO KEY UPDATE`;
    await tx.$queryRaw`
      SELECT FROM coordinator WHERE (is_administrator AND deactivated_at IS NULL) OR email = ${addressKey(email)}
      ORDER BY email FOR NO KEY UPDATE`;
    const coordinator = await tx.coordinator.findUnique({
      where: { email: addressKey(email) },
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

    await tx.session.deleteMany({ where: { coordinatorId: coordinator.id } });
    await tx.signInToken.deleteMany({ where: { identifier: coordinator.email } });
    await tx.coordinator.update({
      where: { id: coordinator.id },
      data: { deactivatedAt: new Date(), isAdministrator: false },
    });
    if (coordinator.isAdministrator) {
      await auditRole(tx, 'revoke_role', coordinator.id, null, {
        before: 'administrator',
        after: null,
      });
    }
    for (const { letterId, role } of coordinator.roles) {
      if (heir && orphaned.some((letter) => letter.letterId === letterId)) {
        const key = { letterId, coordinatorId: heir.id };
        const where = { letterId_coordinatorId: key };
        const before = (await tx.letterRole.findUnique({ where }))?.role ?? null;
        await tx.letterRole.upsert({
          where,
          create: { ...key, role: 'owner' },
          update: { role: 'owner' },
        });
        await auditRole(tx, 'grant_role', heir.id, letterId, { before, after: 'owner' });
      }
      await tx.letterRole.delete({
        where: { letterId_coordinatorId: { letterId, coordinatorId: coordinator.id } },
      });
      await auditRole(tx, 'revoke_role', coordinator.id, letterId, { before: role, after: null });
    }
    return { ok: true };
  });
}
