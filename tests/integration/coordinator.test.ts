import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addCoordinator, removeCoordinator } from '@/lib/coordinator/commands';
import { letterAccess, letterMaker } from '@/lib/coordinator/access';
import { createLetter } from '@/lib/letter/commands';
import { lockLetter } from '@/lib/letter/lock';
import { auditSides } from '@/lib/platform/audit';
import { adapter } from '@/lib/platform/auth/adapter';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';

describe('managing coordinators on the command line', () => {
  it('granting a role on a letter, and changing it by granting another, is audited', async () => {
    const letter = await aLetter();
    const email = anAddress('colleague');
    for (const role of ['observer', 'reviewer'] as const) {
      expect(
        await addCoordinator(` ${email.toUpperCase()} `, { kind: 'role', slug: letter.slug, role }),
      ).toMatchObject({ ok: true });
    }
    const coordinator = await db().coordinator.findUniqueOrThrow({ where: { email } });
    expect(await letterAccess(coordinator, letter.slug, 'decide')).not.toBeNull();
    const events = await db().auditEvent.findMany({
      where: { letterId: letter.id },
      orderBy: { id: 'asc' },
    });
    expect(
      events.map(({ action, actorKind, actorId, canonical }) => ({
        action,
        actorKind,
        actorId,
        ...auditSides(canonical, []),
      })),
    ).toEqual(
      [
        [null, 'observer'],
        ['observer', 'reviewer'],
      ].map(([before, after]) => ({
        action: 'grant_role',
        actorKind: 'operator',
        actorId: null,
        before: { coordinator: coordinator.id, role: before },
        after: { coordinator: coordinator.id, role: after },
      })),
    );
  });

  it('invalid addresses, unknown letters and missing grants are refused with an error', async () => {
    await aCoordinator(await aLetter()); // so that there is one already
    expect(await addCoordinator('nobody', null)).toEqual({ ok: false, reason: 'invalid-email' });
    expect(
      await addCoordinator(anAddress(), { kind: 'role', slug: 'no-such-letter', role: 'owner' }),
    ).toEqual({ ok: false, reason: 'unknown-letter' });
    expect(await addCoordinator(anAddress(), null)).toEqual({ ok: false, reason: 'say-which' });
  });

  it('removing a coordinator ends all rights and sessions immediately; adding them again restores access', async () => {
    const letter = await aLetter();
    const coordinator = await aCoordinator(letter, 'owner');
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
    expect(await removeCoordinator(coordinator.email)).toEqual({ ok: true });
    expect(await adapter.getSessionAndUser!(token)).toBeNull();
    expect(await adapter.getUserByEmail!(coordinator.email)).toBeNull();
    expect(await letterAccess(coordinator, letter.slug, 'readEntries')).toBeNull();
    expect(await removeCoordinator(coordinator.email)).toEqual({
      ok: false,
      reason: 'not-found',
      letters: [],
    });
    await addCoordinator(coordinator.email, { kind: 'role', slug: letter.slug, role: 'observer' });
    expect(await letterAccess(coordinator, letter.slug, 'readEntries')).not.toBeNull();
  });
});

describe('coordinators who are removed and granted rights concurrently', () => {
  const roles = (coordinatorId: string) => db().letterRole.count({ where: { coordinatorId } });

  it('a role granted just before the removal is revoked with the others', async () => {
    const letter = await aLetter();
    const { id, email } = await aCoordinator(await aLetter());
    const done = await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM coordinator WHERE id = ${id}::uuid FOR UPDATE`;
      const added = addCoordinator(email, { kind: 'role', slug: letter.slug, role: 'reviewer' });
      await untilWaiting(1);
      const removed = removeCoordinator(email);
      await untilWaiting(2);
      return [added, removed];
    });
    expect(await Promise.all(done)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await roles(id)).toBe(0);
  });

  it('an administrator who is granted a role on a letter while being removed causes no deadlock', async () => {
    const letter = await aLetter();
    const { id, email } = await aCoordinator(letter);
    await addCoordinator(email, { kind: 'administrator' });
    const done = await db().$transaction(async (tx) => {
      await lockLetter(tx, letter.id);
      const added = addCoordinator(email, { kind: 'role', slug: letter.slug, role: 'owner' });
      await untilWaiting(1);
      const removed = removeCoordinator(email);
      await untilWaiting(2);
      return [added, removed];
    });
    expect(await Promise.all(done)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await roles(id)).toBe(0);
  });

  it('a coordinator who is removed while creating a letter does not remain its owner', async () => {
    const heir = anAddress('heir');
    await addCoordinator(heir, { kind: 'administrator' });
    const { id, email } = await aCoordinator(await aLetter());
    const maker = letterMaker({ id, email, isAdministrator: true })!;
    const slug = `made-${randomUUID().slice(0, 8)}`;
    const made = {
      titles: { en: 'A letter' },
      authoritativeLanguage: 'en',
      date: '2026-12-01',
      timeZone: 'Asia/Tokyo',
    };
    const done = await db().$transaction(async (tx) => {
      // Blocks the creation where it reserves the slug.
      const { id: other } = await aLetter();
      await tx.letterSlug.create({ data: { slug, letterId: other } });
      const created = createLetter(maker, made, slug);
      await untilWaiting(1);
      const removed = removeCoordinator(email);
      await untilWaiting(2);
      await tx.letterSlug.delete({ where: { slug } });
      return [created, removed];
    });
    expect(await Promise.all(done)).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await roles(id)).toBe(0);
    await expect(createLetter(maker, made, `${slug}-2`)).rejects.toThrow(/was removed/);
  });
});

describe('every letter has an owner', () => {
  const ownersOf = async (letterId: string) =>
    (
      await db().letterRole.findMany({
        where: { letterId, role: 'owner' },
        select: { coordinator: { select: { email: true } } },
      })
    ).map(({ coordinator }) => coordinator.email);

  /** A letter, and its only owner. */
  async function anOwnedLetter() {
    const letter = await aLetter();
    const [email] = await ownersOf(letter.id);
    return { letter, email: email! };
  }

  it('the only owner cannot be demoted until there is another owner', async () => {
    const { letter, email } = await anOwnedLetter();
    const less = { kind: 'role', slug: letter.slug, role: 'reviewer' } as const;
    expect(await addCoordinator(email, less)).toEqual({ ok: false, reason: 'last-owner' });
    expect(await ownersOf(letter.id)).toEqual([email]);
    await aCoordinator(letter, 'owner');
    expect(await addCoordinator(email, less)).toMatchObject({ ok: true });
    expect(await ownersOf(letter.id)).not.toContain(email);
  });

  it('removing the only owner transfers the letter to an administrator, and is refused without one', async () => {
    const { letter, email } = await anOwnedLetter();
    await db().coordinator.updateMany({ data: { isAdministrator: false } });
    expect(await removeCoordinator(email)).toEqual({
      ok: false,
      reason: 'last-owner',
      letters: [letter.slug],
    });
    expect(await ownersOf(letter.id)).toEqual([email]);
    const heir = anAddress('administrator');
    await addCoordinator(heir, { kind: 'administrator' });
    expect(await removeCoordinator(email)).toEqual({ ok: true });
    expect(await ownersOf(letter.id)).toEqual([heir]);
  });

  it('the database rejects a letter without an owner', async () => {
    const { letter } = await anOwnedLetter();
    const { id: letterId } = letter;
    await expect(db().letterRole.deleteMany({ where: { letterId } })).rejects.toThrow(
      /would have no owner/,
    );
    await expect(
      db().letterRole.updateMany({ where: { letterId }, data: { role: 'reviewer' } }),
    ).rejects.toThrow(/would have no owner/);
  });

  it('of two owners who are removed concurrently, one remains', async () => {
    const { letter, email } = await anOwnedLetter();
    const other = await aCoordinator(letter, 'owner');
    const remove = (coordinatorEmail: string) =>
      db().letterRole.deleteMany({
        where: { letterId: letter.id, coordinator: { email: coordinatorEmail } },
      });
    const answers = await Promise.allSettled([remove(email), remove(other.email)]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ownersOf(letter.id)).toHaveLength(1);
  });
});
