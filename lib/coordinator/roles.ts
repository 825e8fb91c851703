import { audit, type Actor } from '@/lib/platform/audit';
import type { Db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';

export type RoleSet = { ok: true } | { ok: false; reason: 'last-owner' };

/**
 * Gives a coordinator a role on a letter, changes it, or takes it (`null`), and audits that. A
 * letter's only owner keeps that role. Call it in a transaction that has locked the letter.
 */
export async function setRole(
  tx: Db,
  actor: Actor,
  { letterId, coordinatorId, role }: { letterId: string; coordinatorId: string; role: Role | null },
): Promise<RoleSet> {
  const key = { letterId, coordinatorId };
  const where = { letterId_coordinatorId: key };
  const before = (await tx.letterRole.findUnique({ where }))?.role ?? null;
  if (before === 'owner' && role !== 'owner') {
    const others = { letterId, role: 'owner', coordinatorId: { not: coordinatorId } } as const;
    if ((await tx.letterRole.count({ where: others })) === 0)
      return { ok: false, reason: 'last-owner' };
  }
  if (role) await tx.letterRole.upsert({ where, create: { ...key, role }, update: { role } });
  else await tx.letterRole.deleteMany({ where: key });
  await auditRole(tx, actor, { ...key, before, after: role });
  return { ok: true };
}

/** Audits that a coordinator was given or lost a role; `letterId` null: that of administrator. */
export async function auditRole(
  tx: Db,
  actor: Actor,
  {
    letterId,
    coordinatorId: coordinator,
    before,
    after,
  }: {
    letterId: string | null;
    coordinatorId: string;
    before: Role | 'administrator' | null;
    after: Role | 'administrator' | null;
  },
): Promise<void> {
  await audit(tx, {
    letterId,
    actor,
    action: after ? 'grant_role' : 'revoke_role',
    before: { coordinator, role: before },
    after: { coordinator, role: after },
  });
}

/**
 * Ends all sessions of a coordinator, and makes the sign-in links that were mailed to them useless.
 */
export async function endSessions(
  tx: Db,
  { id, email }: { id: string; email: string },
): Promise<void> {
  await tx.session.deleteMany({ where: { coordinatorId: id } });
  await tx.signInToken.deleteMany({ where: { identifier: email } });
}
