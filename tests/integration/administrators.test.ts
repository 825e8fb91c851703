import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instanceAdministrator } from '@/lib/coordinator/access';
import { deactivate, reactivate, setAdministrator } from '@/lib/coordinator/commands';
import { auditSides } from '@/lib/platform/audit';
import { adapter } from '@/lib/platform/auth/adapter';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';

/** Administrators of other tests stand aside, since they would count. */
let aside: string[] = [];
beforeEach(async () => {
  const where = { isAdministrator: true, deactivatedAt: null };
  aside = (await db().coordinator.findMany({ where })).map(({ id }) => id);
  await db().coordinator.updateMany({ where, data: { isAdministrator: false } });
});
afterEach(async () => {
  await db().coordinator.updateMany({
    where: { isAdministrator: true },
    data: { isAdministrator: false },
  });
  await db().coordinator.updateMany({
    where: { id: { in: aside } },
    data: { isAdministrator: true },
  });
});

async function anAdministrator() {
  const row = await db().coordinator.create({
    data: { email: anAddress('administrator'), isAdministrator: true },
  });
  return { ...row, access: instanceAdministrator(row)! };
}

const isAdministrator = async (id: string) =>
  (await db().coordinator.findUniqueOrThrow({ where: { id } })).isAdministrator;

/** The events of the instance by an actor. */
const eventsBy = async (actorId: string) =>
  (await db().auditEvent.findMany({ where: { actorId }, orderBy: { id: 'asc' } })).map(
    ({ action, canonical }) => [action, auditSides(canonical, []).after],
  );

const LAST = { ok: false, reason: 'last-administrator' };

describe('an administrator of the instance', () => {
  it('is only who is one', async () => {
    expect(instanceAdministrator(await aCoordinator(await aLetter(), 'owner'))).toBeNull();
  });

  it('makes a coordinator an administrator and takes that back, each audited', async () => {
    const { id: actor, access } = await anAdministrator();
    const { id } = await aCoordinator(await aLetter());
    for (const to of [true, false]) {
      expect(await setAdministrator(access, { id, isAdministrator: to })).toEqual({ ok: true });
      expect(await setAdministrator(access, { id, isAdministrator: to })).toEqual({
        ok: false,
        reason: 'not-found',
      });
      expect(await isAdministrator(id)).toBe(to);
    }
    expect(await eventsBy(actor)).toEqual([
      ['grant_role', { coordinator: id, role: 'administrator' }],
      ['revoke_role', { coordinator: id, role: null }],
    ]);
  });

  it('deactivates a coordinator, whose sessions and roles end, and reactivates them without roles', async () => {
    const { id: actor, access } = await anAdministrator();
    const letter = await aLetter();
    const { id } = await aCoordinator(letter, 'owner');
    const sessionToken = newToken();
    const expires = new Date(Date.now() + 60_000);
    await adapter.createSession!({ sessionToken, userId: id, expires });
    expect(await deactivate(access, id)).toEqual({ ok: true });
    expect(await adapter.getSessionAndUser!(sessionToken)).toBeNull();
    expect(await db().letterRole.count({ where: { coordinatorId: id } })).toBe(0);
    expect(await setAdministrator(access, { id, isAdministrator: true })).toMatchObject({
      ok: false,
    });
    expect(await reactivate(access, id)).toEqual({ ok: true });
    expect(await reactivate(access, id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await adapter.getSessionAndUser!(sessionToken)).toBeNull();
    expect(await db().coordinator.findUniqueOrThrow({ where: { id } })).toMatchObject({
      deactivatedAt: null,
      isAdministrator: false,
    });
    expect((await eventsBy(actor)).map(([action]) => action)).toEqual([
      'revoke_role',
      'deactivate',
      'reactivate',
    ]);
  });

  it('can neither dismiss nor deactivate the last one; of two who dismiss each other, one stays', async () => {
    const one = await anAdministrator();
    expect(await setAdministrator(one.access, { id: one.id, isAdministrator: false })).toEqual(
      LAST,
    );
    expect(await deactivate(one.access, one.id)).toEqual(LAST);
    for (let round = 0; round < 3; round += 1) {
      const two = await anAdministrator();
      await db().coordinator.update({ where: { id: one.id }, data: { isAdministrator: true } });
      const answers = await Promise.all([
        setAdministrator(one.access, { id: two.id, isAdministrator: false }),
        deactivate(two.access, one.id),
      ]);
      expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
      expect(
        await db().coordinator.count({ where: { isAdministrator: true, deactivatedAt: null } }),
      ).toBe(1);
      await db().coordinator.updateMany({
        where: { id: { in: [one.id, two.id] } },
        data: { isAdministrator: false, deactivatedAt: null },
      });
    }
  });
});
