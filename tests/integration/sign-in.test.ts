import { describe, expect, it } from 'vitest';
import { adapter } from '@/lib/platform/auth/adapter';
import { mailSignInLinks, requestSignInLink, signInLink } from '@/lib/platform/auth/sign-in';
import { db } from '@/lib/platform/db/client';
import { RECENT_SIGN_IN_LINKS } from '@/lib/platform/limits';
import { newToken } from '@/lib/platform/tokens';
import { aCoordinator, aLetter, anAddress } from '@/tests/support/factories';
import { mailsTo, tokenOf } from '@/tests/support/mail';
import { aClient } from '@/tests/support/sign-up';

const aKnownAddress = async () => (await aCoordinator(await aLetter())).email;
const ask = (email: string, browser = newToken()) =>
  requestSignInLink(email, 'en', browser, aClient());
const answerAll = async () => {
  while ((await mailSignInLinks()) > 0);
};
const tokensTo = async (email: string) => (await mailsTo(email)).map(tokenOf);

/** The row counts of all tables that a request for a link could write to. */
const rows = async () => {
  const [requests, tokens, mails] = await Promise.all([
    db().signInRequest.count(),
    db().signInToken.count(),
    db().mail.count(),
  ]);
  return { requests, tokens, mails };
};

describe('requesting a sign-in link for any address', () => {
  it('a request has the same effect for coordinators’ and other addresses until background processing', async () => {
    const known = await aKnownAddress();
    const unknown = anAddress();
    await answerAll();
    for (const email of [known, unknown]) {
      const before = await rows();
      expect(await ask(email)).toEqual({ ok: true });
      expect(await rows()).toEqual({ ...before, requests: before.requests + 1 });
    }
    await answerAll();
    expect(await db().signInRequest.count()).toBe(0);
    expect((await mailsTo(known)).map(({ kind }) => kind)).toEqual(['sign_in']);
    expect(await mailsTo(unknown)).toEqual([]);
  });

  it('hundreds of requests send a coordinator a limited number of mails, and all links that arrived work', async () => {
    const email = await aKnownAddress();
    for (let n = 0; n < 150; n += 1) await ask(email.toUpperCase());
    await Promise.all([mailSignInLinks(), mailSignInLinks(), answerAll()]);
    await answerAll();
    const tokens = await tokensTo(email);
    expect(tokens).toHaveLength(RECENT_SIGN_IN_LINKS);
    for (const token of tokens)
      expect(await signInLink(token, undefined)).toMatchObject({ state: 'ready', email });
  });
});

describe('requesting a sign-in link as a coordinator', () => {
  it('a coordinator can get another link after ten requests by others, half an hour later or after using one', async () => {
    const email = await aKnownAddress();
    for (let n = 0; n < RECENT_SIGN_IN_LINKS + 1; n += 1) await ask(email);
    await answerAll();
    const [hash] = (await db().signInToken.findMany({ where: { identifier: email } })).map(
      ({ tokenHash }) => tokenHash,
    );
    await adapter.useVerificationToken!({ identifier: email, token: hash! });
    await ask(email);
    await answerAll();
    expect(await mailsTo(email)).toHaveLength(RECENT_SIGN_IN_LINKS + 1);
    await db().signInToken.updateMany({
      where: { identifier: email },
      data: { createdAt: new Date(Date.now() - 31 * 60_000) },
    });
    await ask(email);
    await answerAll();
    expect(await mailsTo(email)).toHaveLength(RECENT_SIGN_IN_LINKS + 2);
  });

  it('a request made during an outage longer than a link’s lifetime is dropped', async () => {
    const email = await aKnownAddress();
    await ask(email);
    await db().signInRequest.updateMany({
      where: { email },
      data: { createdAt: new Date(Date.now() - 61 * 60_000) },
    });
    await answerAll();
    expect(await mailsTo(email)).toEqual([]);
  });
});

describe('a sign-in link', () => {
  it('a sign-in link knows whether the browser that uses it requested it', async () => {
    const email = await aKnownAddress();
    const browser = newToken();
    await ask(email, browser);
    await answerAll();
    const [token] = await tokensTo(email);
    expect(await signInLink(token!, browser)).toEqual({ state: 'ready', email, sameBrowser: true });
    expect(await signInLink(token!, newToken())).toEqual({
      state: 'ready',
      email,
      sameBrowser: false,
    });
    expect(await signInLink(token!, undefined)).toEqual({
      state: 'ready',
      email,
      sameBrowser: false,
    });
  });

  it('a sign-in link works once and is then reported as used, expired links as expired, and forged ones as unknown', async () => {
    const email = await aKnownAddress();
    await ask(email);
    await ask(email);
    await answerAll();
    const [first, second] = await tokensTo(email);
    const hashes = (await db().signInToken.findMany({ where: { identifier: email } })).map(
      ({ tokenHash }) => tokenHash,
    );
    const uses = await Promise.all(
      hashes
        .flatMap((token) => [token, token, token])
        .map((token) => adapter.useVerificationToken!({ identifier: email, token })),
    );
    expect(uses.filter(Boolean)).toHaveLength(2);
    expect(await signInLink(first!, undefined)).toEqual({ state: 'used' });
    await db().signInToken.updateMany({
      where: { identifier: email },
      data: { usedAt: null, expiresAt: new Date(Date.now() - 1) },
    });
    expect(await signInLink(second!, undefined)).toEqual({ state: 'expired' });
    expect(await signInLink(newToken(), undefined)).toEqual({ state: 'unknown' });
  });

  it('no sign-in link is sent to a coordinator removed before the request was processed', async () => {
    const email = await aKnownAddress();
    await ask(email);
    await db().coordinator.update({ where: { email }, data: { deactivatedAt: new Date() } });
    await answerAll();
    expect(await mailsTo(email)).toEqual([]);
  });
});
