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

/** How many rows each table holds that asking for a link could write to. */
const rows = async () => {
  const [requests, tokens, mails] = await Promise.all([
    db().signInRequest.count(),
    db().signInToken.count(),
    db().mail.count(),
  ]);
  return { requests, tokens, mails };
};

describe('a stranger asks for a sign-in link', () => {
  it('a stranger’s request does the same with a coordinator’s address or another, and only the background tells them apart', async () => {
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

  it('a stranger who asks hundreds of times has the coordinator’s mails bounded, and every link that arrived still works', async () => {
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

describe('a coordinator asks', () => {
  it('a coordinator gets another link after a stranger’s ten requests, half an hour later or once a link was used', async () => {
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

  it('a coordinator who asked during an outage longer than a link works gets none afterwards', async () => {
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
  it('a sign-in link knows the browser that asked for it', async () => {
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

  it('a sign-in link is used once, and then says so; a late one says that it has expired; a made-up one is unknown', async () => {
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

  it('a sign-in link goes to nobody who was removed before the request was answered', async () => {
    const email = await aKnownAddress();
    await ask(email);
    await db().coordinator.update({ where: { email }, data: { deactivatedAt: new Date() } });
    await answerAll();
    expect(await mailsTo(email)).toEqual([]);
  });
});
