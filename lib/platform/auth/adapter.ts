import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { db } from '@/lib/platform/db/client';
import { hashToken } from '@/lib/platform/tokens';

/**
 * The next-auth database adapter for our tables. Not from a package, for two reasons: sessions are
 * stored by the hash of their token, and signing in does not create users: coordinators are invited,
 * or added on the command line.
 */
export const adapter: Adapter = {
  async createUser() {
    throw new Error('signing in does not create coordinators');
  },
  getUser: async (id) =>
    asUser(await db().coordinator.findFirst({ where: { id, deactivatedAt: null } })),
  getUserByEmail: async (email) =>
    asUser(await db().coordinator.findFirst({ where: { email, deactivatedAt: null } })),
  getUserByAccount: async () => null,
  // Unused: the time of the address's last verification.
  updateUser: async (user) =>
    asUser(await db().coordinator.findUniqueOrThrow({ where: { id: user.id } }))!,
  async linkAccount() {
    throw new Error('only sign-in by e-mail is supported');
  },

  async createSession({ sessionToken, userId, expires }) {
    await db().session.create({
      data: { tokenHash: hashToken(sessionToken), coordinatorId: userId, expiresAt: expires },
    });
    await db().coordinator.update({ where: { id: userId }, data: { signedInAt: new Date() } });
    return { sessionToken, userId, expires };
  },
  async getSessionAndUser(sessionToken) {
    const session = await db().session.findUnique({
      where: { tokenHash: hashToken(sessionToken) },
      include: { coordinator: true },
    });
    const user = session && !session.coordinator.deactivatedAt && asUser(session.coordinator);
    return user
      ? { session: { sessionToken, userId: user.id, expires: session.expiresAt }, user }
      : null;
  },
  // Sessions have a fixed lifetime and are not extended by use.
  updateSession: async () => null,
  async deleteSession(sessionToken) {
    await db().session.deleteMany({ where: { tokenHash: hashToken(sessionToken) } });
  },

  // next-auth requires this method for e-mail sign-in, but links are created by sign-in.ts.
  async createVerificationToken() {
    throw new Error('sign-in links are not created by next-auth');
  },
  async useVerificationToken({ identifier, token }) {
    const row = await db().signInToken.findUnique({ where: { tokenHash: token, identifier } });
    const { count } = await db().signInToken.updateMany({
      where: { tokenHash: token, identifier, usedAt: null },
      data: { usedAt: new Date() },
    });
    return row && count === 1 ? { identifier, token, expires: row.expiresAt } : null;
  },
};

function asUser(coordinator: { id: string; email: string } | null): AdapterUser | null {
  return coordinator && { id: coordinator.id, email: coordinator.email, emailVerified: null };
}
