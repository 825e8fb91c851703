import { createHash } from 'node:crypto';
import type { Client } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { Locale } from '@/lib/platform/i18n/routing';
import { RECENT_SIGN_IN_LINKS, SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { addressKey, enqueue } from '@/lib/platform/mail/outbox';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { countSignIn } from './limits';

/** Requests answered in one transaction. */
const BATCH = 100;
/** Half of a link's life: whoever is refused another link has one that works for as long again. */
const RECENT_MS = SIGN_IN_LINK_MINUTES * 30_000;

/** The hash under which next-auth 4 looks a link's token up (its core/lib/utils, `hashToken`). */
const nextAuthHash = (token: string): string =>
  createHash('sha256').update(`${token}${env().APP_SECRET}`).digest('hex');

export type SignInRequested =
  { ok: true } | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/**
 * Asks for a sign-in link: counts the request against the rate limits and writes one row. The same for every address, so
 * that neither the answer nor the work done tells who is a coordinator; {@link mailSignInLinks} finds that out later.
 * @param browser the secret of the browser that asks, kept in its cookie
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
 * Answers waiting requests, oldest first: a coordinator is mailed a link; of other addresses nothing remains. Any number of
 * processes may do it at once. A coordinator with enough recent, unused links gets no further one, and every one that
 * has arrived keeps working, so that nobody can be shut out.
 * @returns how many requests there were
 */
export async function mailSignInLinks(now: Date = new Date()): Promise<number> {
  return db().$transaction(async (tx) => {
    const requests = await tx.$queryRaw<
      { email: string; language: Locale; browserHash: Uint8Array<ArrayBuffer>; createdAt: Date }[]
    >`
      DELETE FROM sign_in_request WHERE id IN (SELECT id FROM sign_in_request ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
      RETURNING email, language, browser_hash AS "browserHash", created_at AS "createdAt"`;
    // Locked, so that several processes together keep to the cap; in one order, so that they do not wait in a circle.
    const coordinators = await tx.$queryRaw<{ email: string }[]>`
      SELECT email FROM coordinator WHERE email = ANY(${requests.map(({ email }) => email)}::text[]) AND deactivated_at IS NULL
      ORDER BY email FOR NO KEY UPDATE`;
    const known = new Set(coordinators.map(({ email }) => email));
    for (const { email, language, browserHash, createdAt } of requests.sort(
      (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
    )) {
      // Whoever asked before an outage as long as a link's life has given up.
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

/** What a sign-in link is good for. Of one that is ready: whom it signs in, and whether the browser that asks asked for it. */
export type SignInLink =
  | { state: 'ready'; email: string; sameBrowser: boolean }
  | { state: 'used' | 'expired' | 'unknown' };

/**
 * Looks a sign-in link up without using it.
 * @param browser the secret in the cookie of the browser that asks, if it has one
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
