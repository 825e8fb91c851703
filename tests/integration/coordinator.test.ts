import { describe, expect, it } from 'vitest';
import { addCoordinator, removeCoordinator } from '@/lib/coordinator/commands';
import { letterAccess } from '@/lib/coordinator/access';
import { adapter } from '@/lib/platform/auth/adapter';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';

describe('an operator makes coordinators on the command line', () => {
  it('with a role on a letter, changed by saying another, each audited', async () => {
    const letter = await aLetter();
    const email = anAddress('colleague');
    for (const role of ['observer', 'reviewer'] as const) {
      expect(
        await addCoordinator(` ${email.toUpperCase()} `, { kind: 'role', slug: letter.slug, role }),
      ).toMatchObject({ ok: true });
    }
    const coordinator = await db().coordinator.findUniqueOrThrow({ where: { email } });
    expect(await letterAccess(coordinator.id, letter.slug, 'reviewer')).not.toBeNull();
    const audit = await db().auditEvent.findMany({
      where: { letterId: letter.id },
      orderBy: { id: 'asc' },
    });
    expect(audit.map((event) => [event.action, event.actorId, event.before, event.after])).toEqual([
      [
        'grant_role',
        null,
        { coordinator: coordinator.id, role: null },
        { coordinator: coordinator.id, role: 'observer' },
      ],
      [
        'grant_role',
        null,
        { coordinator: coordinator.id, role: 'observer' },
        { coordinator: coordinator.id, role: 'reviewer' },
      ],
    ]);
  });

  it('and is told what is wrong: no address, no such letter, or not said what', async () => {
    await aCoordinator(await aLetter()); // so that there is one already
    expect(await addCoordinator('nobody', null)).toEqual({ ok: false, reason: 'invalid-email' });
    expect(
      await addCoordinator(anAddress(), { kind: 'role', slug: 'no-such-letter', role: 'owner' }),
    ).toEqual({ ok: false, reason: 'unknown-letter' });
    expect(await addCoordinator(anAddress(), null)).toEqual({ ok: false, reason: 'say-which' });
  });

  it('and removes one: every right and session ends at once, and adding them again lets them in again', async () => {
    const letter = await aLetter();
    const { coordinator } = await aCoordinator(letter, 'owner');
    const token = newToken();
    await adapter.createSession!({
      sessionToken: token,
      userId: coordinator.id,
      expires: new Date(Date.now() + 60_000),
    });
    expect(await adapter.getSessionAndUser!(token)).toMatchObject({
      user: { email: coordinator.email },
    });
    expect(
      await db().session.count({ where: { tokenHash: new TextEncoder().encode(token) } }),
    ).toBe(0); // kept by its hash
    expect(await removeCoordinator(coordinator.email)).toBe(true);
    expect(await adapter.getSessionAndUser!(token)).toBeNull();
    expect(await adapter.getUserByEmail!(coordinator.email)).toBeNull();
    expect(await letterAccess(coordinator.id, letter.slug, 'observer')).toBeNull();
    expect(await removeCoordinator(coordinator.email)).toBe(false);
    await addCoordinator(coordinator.email, { kind: 'role', slug: letter.slug, role: 'observer' });
    expect(await letterAccess(coordinator.id, letter.slug, 'observer')).not.toBeNull();
  });
});
