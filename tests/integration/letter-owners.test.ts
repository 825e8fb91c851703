import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addCoordinator, removeCoordinator } from '@/lib/coordinator/commands';
import { db } from '@/lib/platform/db/client';
import { auditOf } from '@/tests/support/audit';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';
import { aSession } from '@/tests/support/sessions';

const NO_OWNER = { code: '23514', constraint: 'letter_has_an_owner' };
const REMOVE = 'DELETE FROM letter_role WHERE letter_id = $1 AND coordinator_id = $2';
const DEMOTE = `UPDATE letter_role SET role = 'reviewer' WHERE letter_id = $1 AND coordinator_id = $2`;

const ownersOf = async (letterId: string) =>
  (await db().letterRole.findMany({ where: { letterId, role: 'owner' } })).map(
    ({ coordinatorId }) => coordinatorId,
  );

/** A letter with this number of owners. */
async function owned(owners: number) {
  const letter = await aLetter();
  const [first] = await ownersOf(letter.id);
  const ids = [first!];
  while (ids.length < owners) ids.push((await aCoordinator(letter, 'owner')).id);
  const people = await db().coordinator.findMany({ where: { id: { in: ids } } });
  return { letter, owners: ids.map((id) => people.find((person) => person.id === id)!) };
}

describe('the constraint that every letter has an owner', () => {
  it('creating a letter without an owner fails at commit', async () => {
    const session = await aSession();
    const [id, slug] = [randomUUID(), `ownerless-${randomUUID().slice(0, 8)}`];
    await session.run('BEGIN');
    await session.run('INSERT INTO letter_slug (slug, letter_id) VALUES ($1, $2)', [slug, id]);
    await session.run(
      `INSERT INTO letter (id, slug, authoritative_language, date, time_zone) VALUES ($1, $2, 'en', '2026-12-01', 'Asia/Tokyo')`,
      [id, slug],
    );
    await session.run('INSERT INTO letter_language (letter_id, language) VALUES ($1, $2)', [
      id,
      'en',
    ]);
    await session.run(
      `INSERT INTO letter_role (letter_id, coordinator_id, role) VALUES ($1, $2, 'reviewer')`,
      [id, (await db().coordinator.create({ data: { email: anAddress() } })).id],
    );
    expect(await session.refused('COMMIT')).toMatchObject(NO_OWNER);
    expect(await db().letter.findUnique({ where: { id } })).toBeNull();
  });

  it.each([
    ['removed', REMOVE],
    ['demoted', DEMOTE],
  ])('an owner can be %s if another remains, but not otherwise', async (_how, sql) => {
    const { letter, owners } = await owned(2);
    const session = await aSession();
    await session.run(sql, [letter.id, owners[0]!.id]);
    expect(await session.refused(sql, [letter.id, owners[1]!.id])).toMatchObject(NO_OWNER);
    expect(await ownersOf(letter.id)).toEqual([owners[1]!.id]);
  });

  it('ownership can be transferred within one transaction, in any order of statements', async () => {
    const { letter, owners } = await owned(1);
    const heir = await aCoordinator(letter, 'reviewer');
    const session = await aSession();
    await session.run('BEGIN');
    await session.run(REMOVE, [letter.id, owners[0]!.id]);
    await session.run(
      `UPDATE letter_role SET role = 'owner' WHERE letter_id = $1 AND coordinator_id = $2`,
      [letter.id, heir.id],
    );
    await session.run('COMMIT');
    expect(await ownersOf(letter.id)).toEqual([heir.id]);
  });

  it('the last owner’s account cannot be deleted, and deleting a letter deletes its roles', async () => {
    const { letter, owners } = await owned(1);
    const session = await aSession();
    expect(
      await session.refused('DELETE FROM coordinator WHERE id = $1', [owners[0]!.id]),
    ).toMatchObject(NO_OWNER);
    const draft = await aLetter({ opensAt: null });
    await session.run('DELETE FROM letter WHERE id = $1', [draft.id]);
    expect(await ownersOf(draft.id)).toEqual([]);
    expect(await ownersOf(letter.id)).toHaveLength(1);
  });

  it.each([
    ['remove', REMOVE],
    ['demote', DEMOTE],
  ])('of two owners who %s each other concurrently, one remains', async (_how, sql) => {
    const { letter, owners } = await owned(2);
    const [one, two] = [await aSession(), await aSession()];
    await one.run('BEGIN');
    await two.run('BEGIN');
    await one.run(sql, [letter.id, owners[1]!.id]);
    await two.run(sql, [letter.id, owners[0]!.id]);
    // Runs the constraint check of COMMIT now: the first passes it and has not committed when the
    // second reaches it.
    await one.run('SET CONSTRAINTS ALL IMMEDIATE');
    await two.run('SAVEPOINT before');
    await two.run(`SET LOCAL lock_timeout = '20ms'`);
    expect(await two.refused('SET CONSTRAINTS ALL IMMEDIATE'), 'it waits').toMatchObject({
      code: '55P03',
    });
    await two.run('ROLLBACK TO before');
    await one.run('COMMIT');
    expect(await two.refused('COMMIT')).toMatchObject(NO_OWNER);
    expect(await ownersOf(letter.id)).toEqual([owners[0]!.id]);
  });
});

describe('removing owners on the command line', () => {
  /** Administrators of other tests stand aside, since any of them would inherit. */
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
  const anAdministrator = (createdAt: string, over: { deactivatedAt?: Date } = {}) =>
    db().coordinator.create({
      data: {
        email: anAddress('admin'),
        isAdministrator: true,
        createdAt: new Date(createdAt),
        ...over,
      },
    });

  it('the oldest other active administrator inherits the letters of a sole owner, and no others', async () => {
    const { letter, owners } = await owned(1);
    const [leaver] = owners;
    const shared = await owned(1);
    await db().letterRole.create({
      data: { letterId: shared.letter.id, coordinatorId: leaver!.id, role: 'owner' },
    });
    await db().coordinator.update({
      where: { id: leaver!.id },
      data: { isAdministrator: true, createdAt: new Date('2020-01-01') },
    });
    await anAdministrator('2020-02-01', { deactivatedAt: new Date() });
    const younger = await anAdministrator('2020-04-01');
    const heir = await anAdministrator('2020-03-01');
    // A lesser existing role is raised to owner.
    await db().letterRole.create({
      data: { letterId: letter.id, coordinatorId: heir.id, role: 'observer' },
    });
    expect(await removeCoordinator(leaver!.email)).toEqual({ ok: true });
    expect(await ownersOf(letter.id)).toEqual([heir.id]);
    expect(await ownersOf(shared.letter.id)).toEqual([shared.owners[0]!.id]);
    expect(await db().letterRole.count({ where: { coordinatorId: younger.id } })).toBe(0);
    expect(await db().letterRole.count({ where: { coordinatorId: leaver!.id } })).toBe(0);
    expect(
      (await auditOf(letter.id)).map(({ action, actorKind, before, after }) => [
        action,
        actorKind,
        before,
        after,
      ]),
    ).toEqual([
      [
        'grant_role',
        'operator',
        { coordinator: heir.id, role: 'observer' },
        { coordinator: heir.id, role: 'owner' },
      ],
      [
        'revoke_role',
        'operator',
        { coordinator: leaver!.id, role: 'owner' },
        { coordinator: leaver!.id, role: null },
      ],
    ]);
  });

  it('of two administrators removed at the same time, one stays and owns the letters of both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const letters = [await owned(1), await owned(1)];
      const [one, two] = letters.map(({ owners }) => owners[0]!);
      const both = { id: { in: [one!.id, two!.id] } };
      await db().coordinator.updateMany({ where: both, data: { isAdministrator: true } });
      const removed = await Promise.all([
        removeCoordinator(one!.email),
        removeCoordinator(two!.email),
      ]);
      expect(removed.map(({ ok }) => ok).sort()).toEqual([false, true]);
      const stays = removed[0].ok ? two! : one!;
      for (const { letter } of letters) expect(await ownersOf(letter.id)).toEqual([stays.id]);
      await db().coordinator.updateMany({ where: both, data: { isAdministrator: false } });
    }
  });

  it('a sole owner cannot be removed without another administrator, and the error names the letters', async () => {
    const { letter, owners } = await owned(1);
    await db().coordinator.update({
      where: { id: owners[0]!.id },
      data: { isAdministrator: true },
    });
    expect(await removeCoordinator(owners[0]!.email)).toEqual({
      ok: false,
      reason: 'last-owner',
      letters: [letter.slug],
    });
    expect(await ownersOf(letter.id)).toEqual([owners[0]!.id]);
    expect(await db().coordinator.findUnique({ where: { id: owners[0]!.id } })).toMatchObject({
      deactivatedAt: null,
      isAdministrator: true,
    });
  });

  it('of two owners removed concurrently, one remains if there is no administrator', async () => {
    const { letter, owners } = await owned(2);
    const answers = await Promise.all(owners.map(({ email }) => removeCoordinator(email)));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(answers.find(({ ok }) => !ok)).toEqual({
      ok: false,
      reason: 'last-owner',
      letters: [letter.slug],
    });
    expect(await ownersOf(letter.id)).toHaveLength(1);
  });

  it('of two owners demoted concurrently, one remains owner', async () => {
    const { letter, owners } = await owned(2);
    const grant = { kind: 'role', slug: letter.slug, role: 'reviewer' } as const;
    const answers = await Promise.all(owners.map(({ email }) => addCoordinator(email, grant)));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'last-owner' });
    expect(await ownersOf(letter.id)).toHaveLength(1);
  });
});
