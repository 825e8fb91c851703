import { describe, expect, test, vi } from 'vitest';
import { letterAccess } from '@/lib/coordinator/access';
import { may, PERMISSIONS, type Act, type Standing } from '@/lib/coordinator/permissions';
import { signedIn } from '@/lib/platform/auth/guard';
import { authOptions } from '@/lib/platform/auth/options';
import { db } from '@/lib/platform/db/client';
import type { Role } from '@/lib/platform/db/generated/enums';
import { env } from '@/lib/platform/env';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';

/** Mock of the request's cookies. */
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({ get: (name: string) => jar.has(name) && { name, value: jar.get(name) } }),
}));

/**
 * Written by hand instead of derived from PERMISSIONS, so that changing permissions requires
 * changing both.
 */
const LEAST: Record<Act, Standing> = {
  readEntries: 'observer',
  readWithheldNames: 'reviewer',
  readContacts: 'reviewer',
  readNotes: 'observer',
  writeNotes: 'reviewer',
  decide: 'reviewer',
  hold: 'reviewer',
  correct: 'reviewer',
  attest: 'reviewer',
  nameFilters: 'reviewer',
  retryMail: 'reviewer',
  mergeOrganizations: 'administrator',
  erase: 'owner',
  editText: 'owner',
  shareDraft: 'owner',
  publish: 'owner',
  requestReaffirmation: 'owner',
  setTimes: 'owner',
  setList: 'owner',
  deliver: 'owner',
  postUpdates: 'owner',
  inviteOrganizations: 'owner',
  sendMailings: 'owner',
  exportContacts: 'owner',
  readPeople: 'observer',
  managePeople: 'owner',
};
const ACTS = Object.keys(LEAST) as Act[];
const ROLES: Role[] = ['observer', 'reviewer', 'owner'];
const STANDINGS: Standing[] = [...ROLES, 'administrator'];

/** A coordinator and their session. */
async function signIn(coordinatorId: string, expiresAt = new Date(Date.now() + 60_000)) {
  const token = newToken();
  await db().session.create({ data: { tokenHash: hashToken(token), coordinatorId, expiresAt } });
  jar.set('next-auth.session-token', token);
  return signedIn();
}

describe('permissions on a letter', () => {
  test('the table has the minimum role for every act', () => {
    expect(PERMISSIONS).toEqual(LEAST);
  });

  describe.each(ROLES)('a coordinator who is %s', (role) => {
    test.each(ACTS)(`as ${role} has access to acts of %s if the role suffices`, async (act) => {
      const suffices = STANDINGS.indexOf(role) >= STANDINGS.indexOf(LEAST[act]);
      const letter = await aLetter();
      const coordinator = await aCoordinator(letter, role);
      expect(may(role, act)).toBe(suffices);
      const access = await letterAccess(coordinator, letter.slug, act);
      if (suffices)
        expect(access).toEqual({
          coordinatorId: coordinator.id,
          email: coordinator.email,
          letterId: letter.id,
          letterSlug: letter.slug,
          role,
        });
      else expect(access).toBeNull();
    });
  });

  test('an owner of one letter has no access to another, for any act', async () => {
    const [mine, other] = [await aLetter(), await aLetter()];
    const coordinator = await aCoordinator(mine, 'owner');
    for (const act of ACTS) {
      const suffices = LEAST[act] !== 'administrator';
      expect((await letterAccess(coordinator, mine.slug, act)) !== null, act).toBe(suffices);
      expect(await letterAccess(coordinator, other.slug, act)).toBeNull();
    }
  });

  test('a coordinator without a role has access to no letter, for any act', async () => {
    const letter = await aLetter();
    const stranger = await db().coordinator.create({ data: { email: anAddress('stranger') } });
    for (const act of ACTS) expect(await letterAccess(stranger, letter.slug, act)).toBeNull();
  });

  test('an administrator has access to every existing letter, for every act', async () => {
    const letter = await aLetter();
    const administrator = { ...(await aCoordinator(letter, 'observer')), isAdministrator: true };
    for (const act of ACTS) {
      expect(await letterAccess(administrator, letter.slug, act)).toMatchObject({
        role: 'administrator',
      });
      for (const nowhere of ['no-such-letter', '', '\0', letter.slug.toUpperCase()])
        expect(await letterAccess(administrator, nowhere, act)).toBeNull();
    }
  });

  test('a changed or revoked role takes effect immediately', async () => {
    const letter = await aLetter();
    const coordinator = await aCoordinator(letter, 'owner');
    const key = { letterId: letter.id, coordinatorId: coordinator.id };
    const where = { letterId_coordinatorId: key };
    await db().letterRole.update({ where, data: { role: 'reviewer' } });
    expect(await letterAccess(coordinator, letter.slug, 'publish')).toBeNull();
    expect(await letterAccess(coordinator, letter.slug, 'decide')).not.toBeNull();
    await db().letterRole.delete({ where });
    expect(await letterAccess(coordinator, letter.slug, 'readEntries')).toBeNull();
  });
});

describe('the signed-in coordinator', () => {
  test('a session identifies its coordinator, unless deactivated, whatever roles and sessions remain', async () => {
    const letter = await aLetter();
    const { id, email } = await aCoordinator(letter, 'owner');
    expect(await signIn(id)).toEqual({ id, email, isAdministrator: false });
    await db().coordinator.update({
      where: { id },
      data: { deactivatedAt: new Date(), isAdministrator: true },
    });
    expect(await signedIn()).toBeNull();
    expect(await signIn(id)).toBeNull();
  });

  test('over https only a cookie that this very host has set counts', async () => {
    const { id, email } = await aCoordinator(await aLetter(), 'owner');
    expect(await signIn(id)).toMatchObject({ email });
    const own = env().APP_URL;
    env().APP_URL = 'https://letters.example.org';
    try {
      expect(await signedIn()).toBeNull();
      jar.set('__Host-next-auth.session-token', jar.get('next-auth.session-token')!);
      expect(await signedIn()).toMatchObject({ email });
      expect(authOptions().cookies?.sessionToken).toEqual({
        name: '__Host-next-auth.session-token',
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
      });
    } finally {
      env().APP_URL = own;
    }
  });

  test('nobody is signed in without a cookie, or with a forged or expired one', async () => {
    const { id } = await aCoordinator(await aLetter(), 'owner');
    jar.clear();
    expect(await signedIn()).toBeNull();
    jar.set('next-auth.session-token', newToken());
    expect(await signedIn()).toBeNull();
    expect(await signIn(id, new Date(Date.now() - 1))).toBeNull();
  });
});
