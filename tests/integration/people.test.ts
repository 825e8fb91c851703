import { beforeAll, describe, expect, it } from 'vitest';
import { letterAccess, type Owner } from '@/lib/coordinator/access';
import {
  changeRole,
  invite,
  inviteAgain,
  leaveLetter,
  removePerson,
} from '@/lib/letter/people/commands';
import { people } from '@/lib/letter/people/queries';
import { RATE_LIMITS } from '@/lib/platform/limits';
import { adapter } from '@/lib/platform/auth/adapter';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { auditOf } from '@/tests/support/audit';
import { aCoordinator, aLetter, anAddress, anOwner, someParts } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';

beforeAll(() => {
  process.env.RATE_LIMITS = 'on'; // before anything reads the environment
});

/** Signs a coordinator in; returns the session's token. */
async function signIn(userId: string): Promise<string> {
  const sessionToken = newToken();
  const expires = new Date(Date.now() + 60_000);
  await adapter.createSession!({ sessionToken, userId, expires });
  return sessionToken;
}

const isSignedIn = async (token: string) => (await adapter.getSessionAndUser!(token)) !== null;

const personAt = (email: string) => db().coordinator.findUniqueOrThrow({ where: { email } });

const roleOn = async (letter: { id: string }, coordinatorId: string) =>
  (
    await db().letterRole.findUnique({
      where: { letterId_coordinatorId: { letterId: letter.id, coordinatorId } },
    })
  )?.role ?? null;

/** A letter with one owner. */
async function anOwnedLetter(): Promise<{ letter: { id: string; slug: string }; owner: Owner }> {
  const letter = await aLetter({ texts: { en: someParts(), ja: someParts({ title: '書簡：' }) } });
  const owner = await anOwner(letter);
  await db().letterRole.deleteMany({
    where: { letterId: letter.id, coordinatorId: { not: owner.coordinatorId } },
  });
  return { letter, owner };
}

const invitation = (over: Partial<{ email: string; role: 'observer' | 'reviewer' | 'owner' }>) => ({
  email: anAddress('invited'),
  role: 'reviewer' as const,
  language: 'ja' as const,
  ...over,
});

describe('an owner who invites a colleague', () => {
  it('gives a new address the role, and mails it in the chosen language who invited it to what', async () => {
    const { letter, owner } = await anOwnedLetter();
    const email = anAddress('new');
    const typed = email.replace('new', 'New');
    expect(await invite(owner, invitation({ email: typed }))).toEqual({ ok: true });
    const person = await personAt(email);
    expect(person).toMatchObject({ language: 'ja', isAdministrator: false, signedInAt: null });
    expect(await letterAccess(person, letter.slug, 'decide')).not.toBeNull();
    expect(await mailsTo(email)).toMatchObject([
      {
        kind: 'invitation',
        language: 'ja',
        to: email,
        props: {
          letterSlug: letter.slug,
          letterTitle: '書簡',
          inviter: owner.email,
          role: 'reviewer',
        },
      },
    ]);
    const [event] = await auditOf(letter.id);
    expect(event).toMatchObject({
      action: 'grant_role',
      actorId: owner.coordinatorId,
      before: { coordinator: person.id, role: null },
      after: { coordinator: person.id, role: 'reviewer' },
    });
    expect(JSON.stringify([event!.before, event!.after])).not.toContain('@');
  });

  it('sees who has not signed in yet, and can mail only them again', async () => {
    const { owner } = await anOwnedLetter();
    const email = anAddress('waiting');
    await invite(owner, invitation({ email }));
    const { id } = await personAt(email);
    const listed = async () => (await people(owner)).find((person) => person.id === id);
    expect(await listed()).toMatchObject({ email, hasSignedIn: false, isOnlyOwner: false });
    expect(await inviteAgain(owner, id)).toEqual({ ok: true });
    expect(await mailsTo(email)).toHaveLength(2);
    await signIn(id);
    expect(await listed()).toMatchObject({ hasSignedIn: true });
    expect(await inviteAgain(owner, id)).toEqual({ ok: false, reason: 'gone' });
    const { owner: stranger } = await anOwnedLetter();
    expect(await inviteAgain(stranger, id)).toEqual({ ok: false, reason: 'gone' });
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it('is refused for somebody who has a role already, and for somebody an administrator deactivated', async () => {
    const { letter, owner } = await anOwnedLetter();
    const { email } = await aCoordinator(letter, 'observer');
    expect(await invite(owner, invitation({ email }))).toEqual({ ok: false, reason: 'already' });
    const gone = anAddress('deactivated');
    await db().coordinator.create({ data: { email: gone, deactivatedAt: new Date() } });
    expect(await invite(owner, invitation({ email: gone }))).toEqual({
      ok: false,
      reason: 'deactivated',
    });
    expect([...(await mailsTo(email)), ...(await mailsTo(gone))]).toEqual([]);
    expect(await auditOf(letter.id)).toEqual([]);
  });

  it('can mail one mailbox only so often, even by removing and inviting again or with a tag', async () => {
    const { owner } = await anOwnedLetter();
    const email = anAddress('flooded');
    const { points } = RATE_LIMITS.invitationMailbox;
    for (let n = 0; n < points; n += 1) {
      const to = email.replace('@', `+${n}@`);
      expect(await invite(owner, invitation({ email: to }))).toEqual({ ok: true });
    }
    expect(await invite(owner, invitation({ email }))).toMatchObject({
      ok: false,
      reason: 'too-many',
    });
    expect(await db().coordinator.count({ where: { email } })).toBe(0);
  });

  it('twice at the same time gives one role and one mail', async () => {
    const { owner } = await anOwnedLetter();
    const email = anAddress('twice');
    const answers = await Promise.all([
      invite(owner, invitation({ email })),
      invite(owner, invitation({ email })),
    ]);
    expect(answers).toContainEqual({ ok: true });
    expect(answers).toContainEqual({ ok: false, reason: 'already' });
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

describe('an owner who changes or takes a role', () => {
  it('changes it at once, audited once, and not at all where it is the same already', async () => {
    const { letter, owner } = await anOwnedLetter();
    const { id } = await aCoordinator(letter, 'observer');
    const since = (await people(owner)).find((person) => person.id === id)!.since;
    for (let n = 0; n < 2; n += 1)
      expect(await changeRole(owner, { person: id, role: 'reviewer' })).toEqual({ ok: true });
    expect(await roleOn(letter, id)).toBe('reviewer');
    expect((await people(owner)).find((person) => person.id === id)!.since).toEqual(since);
    expect((await auditOf(letter.id)).map(({ action, after }) => [action, after])).toEqual([
      ['grant_role', { coordinator: id, role: 'reviewer' }],
    ]);
  });

  it('ends the sessions of somebody without another role, and keeps those of somebody with one', async () => {
    const { letter, owner } = await anOwnedLetter();
    const other = await aLetter();
    const [only, both] = [await aCoordinator(letter), await aCoordinator(letter)];
    await db().letterRole.create({
      data: { letterId: other.id, coordinatorId: both.id, role: 'observer' },
    });
    const [token, kept] = [await signIn(only.id), await signIn(both.id)];
    await db().signInToken.create({
      data: { tokenHash: newToken(), identifier: only.email, expiresAt: new Date() },
    });
    for (const { id } of [only, both]) expect(await removePerson(owner, id)).toEqual({ ok: true });
    expect(await letterAccess(both, letter.slug, 'readEntries')).toBeNull();
    expect([await isSignedIn(token), await isSignedIn(kept)]).toEqual([false, true]);
    expect(await db().signInToken.count({ where: { identifier: only.email } })).toBe(0);
    expect(await removePerson(owner, only.id)).toEqual({ ok: false, reason: 'gone' });
    // Not deactivated: they can be invited again.
    expect(await invite(owner, invitation({ email: only.email }))).toEqual({ ok: true });
  });

  it('keeps the sessions of an administrator', async () => {
    const { letter, owner } = await anOwnedLetter();
    const { id } = await aCoordinator(letter);
    await db().coordinator.update({ where: { id }, data: { isAdministrator: true } });
    const token = await signIn(id);
    await removePerson(owner, id);
    await db().coordinator.update({ where: { id }, data: { isAdministrator: false } });
    expect(await isSignedIn(token)).toBe(true);
  });

  it('of two letters that remove somebody at the same time, one ends the sessions', async () => {
    const [one, two] = [await anOwnedLetter(), await anOwnedLetter()];
    const { id } = await aCoordinator(one.letter);
    await db().letterRole.create({
      data: { letterId: two.letter.id, coordinatorId: id, role: 'observer' },
    });
    const token = await signIn(id);
    await Promise.all([one, two].map(({ owner }) => removePerson(owner, id)));
    expect(await isSignedIn(token)).toBe(false);
  });

  it('cannot reach people of other letters', async () => {
    const { letter } = await anOwnedLetter();
    const { owner: stranger } = await anOwnedLetter();
    const { id } = await aCoordinator(letter);
    const gone = { ok: false, reason: 'gone' };
    expect(await changeRole(stranger, { person: id, role: 'owner' })).toEqual(gone);
    expect(await removePerson(stranger, id)).toEqual(gone);
    expect(await roleOn(letter, id)).toBe('reviewer');
  });
});

describe('the last owner', () => {
  it('can neither leave, nor be removed or demoted, even by an administrator; a second owner frees them', async () => {
    const { letter, owner } = await anOwnedLetter();
    const { coordinatorId: person } = owner;
    const refused = { ok: false, reason: 'last-owner' };
    expect(await leaveLetter(owner)).toEqual(refused);
    expect(await removePerson(owner, person)).toEqual(refused);
    expect(await changeRole(owner, { person, role: 'observer' })).toEqual(refused);
    expect((await people(owner)).map(({ isOnlyOwner }) => isOnlyOwner)).toEqual([true]);
    expect(await auditOf(letter.id)).toEqual([]);
    await aCoordinator(letter, 'owner');
    expect(await leaveLetter(owner)).toEqual({ ok: true });
    expect(await leaveLetter(owner)).toEqual({ ok: false, reason: 'gone' });
    expect(await roleOn(letter, person)).toBeNull();
  });

  it('of two owners who leave at the same time, one stays', async () => {
    const { letter, owner } = await anOwnedLetter();
    const other = await anOwner(letter);
    const answers = await Promise.all([leaveLetter(owner), leaveLetter(other)]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await db().letterRole.count({ where: { letterId: letter.id } })).toBe(1);
  });
});
