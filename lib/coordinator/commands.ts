import { z } from 'zod';
import { db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { addressKey } from '@/lib/platform/mail/outbox';

/** What a person is made: an administrator of the instance, or someone with a role on one letter. */
export type Grant = { kind: 'administrator' } | { kind: 'role'; slug: string; role: Role };

export type Granted =
  | { ok: true; granted: Grant }
  | { ok: false; reason: 'invalid-email' | 'unknown-letter' | 'say-which' };

/**
 * Makes `email` a coordinator, or gives one who is a further right; one who was removed is let in again. Without a
 * `grant` the first coordinator of an instance becomes its administrator, and every later one needs to be told which
 * (`say-which`). Each grant leaves an audit row.
 */
export async function addCoordinator(email: string, grant: Grant | null): Promise<Granted> {
  const address = addressKey(email);
  if (!z.email().safeParse(address).success) return { ok: false, reason: 'invalid-email' };
  return db().$transaction(async (tx): Promise<Granted> => {
    const granted =
      grant ?? ((await tx.coordinator.count()) === 0 ? ({ kind: 'administrator' } as const) : null);
    if (!granted) return { ok: false, reason: 'say-which' };
    const letter =
      granted.kind === 'role'
        ? await tx.letter.findUnique({ where: { slug: granted.slug }, select: { id: true } })
        : null;
    if (granted.kind === 'role' && !letter) return { ok: false, reason: 'unknown-letter' };
    const administrator = granted.kind === 'administrator' && { isAdministrator: true };
    const coordinator = await tx.coordinator.upsert({
      where: { email: address },
      create: { email: address, ...administrator },
      update: { deactivatedAt: null, ...administrator },
    });
    let before: string | null = null;
    if (letter && granted.kind === 'role') {
      const key = {
        letterId_coordinatorId: { letterId: letter.id, coordinatorId: coordinator.id },
      };
      before = (await tx.letterRole.findUnique({ where: key }))?.role ?? null;
      await tx.letterRole.upsert({
        where: key,
        create: { letterId: letter.id, coordinatorId: coordinator.id, role: granted.role },
        update: { role: granted.role },
      });
    }
    await tx.auditEvent.create({
      data: {
        letterId: letter?.id,
        action: 'grant_role',
        before: { coordinator: coordinator.id, role: before },
        after: {
          coordinator: coordinator.id,
          role: granted.kind === 'role' ? granted.role : 'administrator',
        },
      },
    });
    return { ok: true, granted };
  });
}

/**
 * Takes every right from a coordinator and ends their sessions at once. What they decided stays, under their name.
 * Returns whether there was one.
 */
export async function removeCoordinator(email: string): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const coordinator = await tx.coordinator.findUnique({
      where: { email: addressKey(email) },
      include: { roles: true },
    });
    if (!coordinator || coordinator.deactivatedAt) return false;
    await tx.session.deleteMany({ where: { coordinatorId: coordinator.id } });
    await tx.signInToken.deleteMany({ where: { identifier: coordinator.email } });
    await tx.letterRole.deleteMany({ where: { coordinatorId: coordinator.id } });
    await tx.coordinator.update({
      where: { id: coordinator.id },
      data: { deactivatedAt: new Date(), isAdministrator: false },
    });
    await tx.auditEvent.createMany({
      data: [
        ...(coordinator.isAdministrator ? [{ letterId: null, role: 'administrator' }] : []),
        ...coordinator.roles.map(({ letterId, role }) => ({ letterId, role: role as string })),
      ].map(({ letterId, role }) => ({
        letterId,
        action: 'revoke_role' as const,
        before: { coordinator: coordinator.id, role },
        after: { coordinator: coordinator.id, role: null },
      })),
    });
    return true;
  });
}
