import { beforeEach, describe, expect, it } from 'vitest';
import { GET, POST } from '@/app/api/mailings/[token]/route';
import { draftMailing, sendMailing } from '@/lib/mailing/commands';
import {
  allowMailings,
  allowMailingsOfEntry,
  endMailings,
  endMailingsOfEntry,
} from '@/lib/mailing/ending/commands';
import { entryMailings, mailingsBehind } from '@/lib/mailing/ending/queries';
import { reach } from '@/lib/mailing/queries';
import { EVERYBODY } from '@/lib/mailing/rules';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { retain } from '@/lib/retention/commands';
import { idOfToken, newToken, tokenOfId } from '@/lib/platform/tokens';
import {
  aColleague,
  aLetter,
  anEndorsement,
  anEntryLink,
  anOwner,
  representedBy,
} from '@/tests/support/factories';
import { sent } from '@/tests/support/mail';

const TEXTS = { en: { title: 'News', body: 'Text' } };

beforeEach(async () => {
  await db().mail.deleteMany();
});

/** The token that ends the mailings to the first representative of an entry. */
async function endingToken(endorsementId: string): Promise<string> {
  const { id } = await db().representative.findFirstOrThrow({ where: { endorsementId } });
  return tokenOfId(id, 'end mailings', env().APP_SECRET);
}

/** A letter, an entry that was mailed, and the token that ends the letter's mailings. */
async function mailed(letter?: Awaited<ReturnType<typeof aLetter>>, email?: string) {
  const of = letter ?? (await aLetter());
  const owner = await anOwner(of);
  const entry = await anEndorsement(of.id, { state: 'approved', ...(email && { email }) });
  return { letter: of, owner, entry, token: await endingToken(entry.id) };
}

async function send(owner: Awaited<ReturnType<typeof anOwner>>) {
  const id = await draftMailing(owner, { texts: TEXTS, audience: EVERYBODY });
  const { count } = await reach(owner, EVERYBODY);
  return sendMailing(owner, { id, version: 1 }, { seenCount: count, posts: false });
}

const post = (token: string, body = 'List-Unsubscribe=One-Click') =>
  POST(
    new Request(`https://letters.example.org/api/mailings/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    }),
    { params: Promise.resolve({ token }) },
  );

describe('ending mailings', () => {
  it('the link of a mailing is the token that ends it', async () => {
    const { owner, token } = await mailed();
    await send(owner);
    const [message] = await sent();
    expect(message!.oneClickUrl).toBe(`${env().APP_URL}/api/mailings/${token}`);
    expect(message!.text).toContain(`/en/mailings/${token}`.replace('/en/', '/ja/'));
  });

  it('one click ends the letter’s mailings to the address, before they are sent, and nothing else', async () => {
    const { letter, owner, entry, token } = await mailed();
    const elsewhere = await mailed(undefined, undefined);
    await representedBy(elsewhere.entry.id, entry.contactId!);
    await send(owner);
    await db().mail.create({
      data: {
        kind: 'approved',
        language: 'en',
        to: entry.email,
        toKey: entry.email,
        letterId: letter.id,
        props: {},
      },
    });
    expect((await post(token, 'nothing')).status).toBe(400);
    expect((await mailingsBehind(token)).state).toBe('on');
    expect((await post(token)).status).toBe(200);
    expect((await mailingsBehind(token)).state).toBe('ended');
    expect(
      await db().mail.findMany({ where: { letterId: letter.id }, select: { kind: true } }),
    ).toEqual([{ kind: 'approved' }]);
    await db().mail.deleteMany();
    expect(await send(owner)).toEqual({ ok: false, reason: 'nobody' });
    // The same address on another letter still gets its mailings, and the endorsement stands.
    expect(await send(elsewhere.owner)).toEqual({ ok: true, count: 1 });
    expect(await db().endorsement.findUniqueOrThrow({ where: { id: entry.id } })).toMatchObject({
      state: 'approved',
    });
  });

  it('holds for other entries of the address on the letter, also later ones', async () => {
    const { letter, owner, entry, token } = await mailed();
    await endMailings(token);
    const later = await anEndorsement(letter.id, {
      state: 'approved',
      nameJa: null,
      reading: null,
      nameEn: 'Another',
    });
    await representedBy(later.id, entry.contactId!);
    expect((await reach(owner, EVERYBODY)).count).toBe(0);
    expect((await mailingsBehind(await endingToken(later.id))).state).toBe('ended');
  });

  it('ends them for one representative, and not for the others', async () => {
    const { owner, entry, token } = await mailed();
    const colleague = await aColleague(entry.id);
    const theirs = tokenOfId(colleague.representativeId, 'end mailings', env().APP_SECRET);
    await send(owner);
    expect((await sent()).map(({ to, oneClickUrl }) => [to, oneClickUrl])).toEqual(
      expect.arrayContaining([
        [entry.email, `${env().APP_URL}/api/mailings/${token}`],
        [colleague.email, `${env().APP_URL}/api/mailings/${theirs}`],
      ]),
    );
    expect(await endMailings(theirs)).toBe(true);
    await retain();
    expect((await mailingsBehind(theirs)).state).toBe('ended');
    expect((await mailingsBehind(token)).state).toBe('on');
    expect((await reach(owner, EVERYBODY)).count).toBe(1);
    await db().representative.delete({ where: { id: colleague.representativeId } });
    await retain();
    expect(await db().endedMailings.count({ where: { emailKey: colleague.email } })).toBe(0);
    expect(await mailingsBehind(theirs)).toEqual({ state: 'unknown' });
  });

  it('can be undone', async () => {
    const { owner, token } = await mailed();
    await endMailings(token);
    await endMailings(token);
    expect(await allowMailings(token)).toBe(true);
    expect((await mailingsBehind(token)).state).toBe('on');
    expect(await send(owner)).toEqual({ ok: true, count: 1 });
  });

  it('a token that nobody was sent ends nothing, and gets the same answer', async () => {
    const { entry, owner } = await mailed();
    for (const token of [
      '',
      'x',
      newToken(),
      tokenOfId(entry.id, 'end mailings', 'another secret'),
    ]) {
      expect((await post(token)).status).toBe(200);
      expect(await mailingsBehind(token)).toEqual({ state: 'unknown' });
    }
    expect((await reach(owner, EVERYBODY)).count).toBe(1);
    expect(
      idOfToken(tokenOfId(entry.id, 'end mailings', 'old'), 'end mailings', ['new', 'old']),
    ).toBe(entry.id);
  });

  it('opening the one-click address leads to the page and changes nothing', async () => {
    const { token } = await mailed();
    const answer = await GET(new Request('https://letters.example.org/'), {
      params: Promise.resolve({ token }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/mailings/${token}`]);
    expect((await mailingsBehind(token)).state).toBe('on');
  });

  it('works by the private link of an entry, too', async () => {
    const { entry, token } = await mailed();
    const link = await anEntryLink(entry.id);
    expect(await endMailingsOfEntry(link)).toBe(true);
    expect((await entryMailings(link))!.endedAt).toBeInstanceOf(Date);
    expect((await mailingsBehind(token)).state).toBe('ended');
    expect(await allowMailingsOfEntry(link)).toBe(true);
    expect(await entryMailings(link)).toEqual({ endedAt: null });
    expect(await endMailingsOfEntry(newToken())).toBe(false);
  });

  it('is forgotten with the last entry of the address', async () => {
    const { letter, entry, token } = await mailed();
    await endMailings(token);
    await retain();
    expect(await db().endedMailings.count({ where: { letterId: letter.id } })).toBe(1);
    await db().endorsement.delete({ where: { id: entry.id } });
    await retain();
    expect(await db().endedMailings.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await mailingsBehind(token)).toEqual({ state: 'unknown' });
  });
});
