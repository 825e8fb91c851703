import { createHash } from 'node:crypto';
import type { Client } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Locale } from '@/lib/platform/i18n/routing';
import { RECENT_SIGN_IN_LINKS, SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { addressKey } from '@/lib/platform/mail/address';
import { enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { countSignIn } from './limits';

/** Number of requests processed per transaction. */
const BATCH = 100;
/**
 * Half of a link's lifetime: when a further link is refused, an existing one is valid for at least
 * as long.
 */
const RECENT_MS = SIGN_IN_LINK_MINUTES * 30_000;

/** The token hash by which next-auth 4 looks up a link (its core/lib/utils, `hashToken`). */
const nextAuthHash = (token: string): string =>
  createHash('sha256').update(`${token}${env().APP_SECRET}`).digest('hex');

export type SignInRequested =
  { ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/**
 * Requests a sign-in link: checks the rate limits and inserts one row. Identical for every address,
 * so that neither the response nor its timing reveals who is a coordinator; {@link mailSignInLinks}
 * checks that later.
 * @param browser the secret in the browser's cookie
 */
export async function requestSignInLink(
  email: string,
  language: Locale,
  browser: string,
  client: Client,
): Promise<SignInRequested> {
  const counted = await countSignIn(client, email);
  if (!counted.ok)
    return { ok: false, reason: 'too-many', retryAfterSeconds: counted.retryAfterSeconds };
  await db().signInRequest.create({
    data: { email: addressKey(email), language, browserHash: hashToken(browser) },
  });
  return { ok: true };
}

/**
 * Processes pending requests, oldest first: coordinators are sent a link; requests for other
 * addresses are deleted. Can run in several processes concurrently. A coordinator with the maximum
 * number of recent, unused links gets no further one; all links already sent stay valid, so that
 * nobody can be locked out.
 * @returns the number of requests processed
 */
export async function mailSignInLinks(now: Date = new Date()): Promise<number> {
  return db().$transaction(async (tx) => {
    const requests = await tx.$queryRaw<
      { email: string; language: Locale; browserHash: Uint8Array<ArrayBuffer>; createdAt: Date }[]
    >`
      DELETE FROM sign_in_request WHERE id IN (SELECT id FROM sign_in_request ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING email, language, browser_hash AS "browserHash", created_at AS "createdAt"`;
    // Locked to enforce the maximum across concurrent processes; in a fixed order to prevent
    // deadlocks.
    const coordinators = await tx.$queryRaw<{ email: string }[]>`
      SELECT email FROM coordinator WHERE email = ANY(${requests.map(({ email }) => email)}::text[]) AND deactivated_at IS NULL
      ORDER BY email FOR NO KEY UPDATE`;
    const known = new Set(coordinators.map(({ email }) => email));
    for (const { email, language, browserHash, createdAt } of requests.sort(
      (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
    )) {
      // Requests older than a link's lifetime, as after an outage, are dropped.
      if (!known.has(email) || now.getTime() - createdAt.getTime() > SIGN_IN_LINK_MINUTES * 60_000)
        continue;
      const recent = await tx.signInToken.count({
        where: {
          identifier: email,
          usedAt: null,
          createdAt: { gt: new Date(now.getTime() - RECENT_MS) },
        },
      });
      if (recent >= RECENT_SIGN_IN_LINKS) continue;
      const token = newToken();
      const expiresAt = new Date(now.getTime() + SIGN_IN_LINK_MINUTES * 60_000);
      await tx.signInToken.create({
        data: { tokenHash: nextAuthHash(token), identifier: email, browserHash, expiresAt },
      });
      await enqueue(tx, {
        kind: 'sign_in',
        to: email,
        language,
        props: {},
        token,
      });
    }
    return requests.length;
  });
}

/**
 * The state of a sign-in link. If ready: the account, and whether the current browser requested it.
 */
export type SignInLink =
  | { state: 'ready'; email: string; sameBrowser: boolean }
  | { state: 'used' | 'expired' | 'unknown' };

/**
 * Reads a sign-in link without using it.
 * @param browser the secret in the current browser's cookie, if any
 */
export async function signInLink(
  token: string,
  browser: string | undefined,
  now: Date = new Date(),
): Promise<SignInLink> {
  const link = await db().signInToken.findUnique({ where: { tokenHash: nextAuthHash(token) } });
  if (!link) return { state: 'unknown' };
  if (link.usedAt) return { state: 'used' };
  if (link.expiresAt <= now) return { state: 'expired' };
  const sameBrowser =
    browser !== undefined &&
    link.browserHash !== null &&
    Buffer.from(link.browserHash).equals(Buffer.from(hashToken(browser)));
  return { state: 'ready', email: link.identifier, sameBrowser };
}
