import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderMail } from '@/emails/render';
import type { Owner } from '@/lib/coordinator/access';
import { deliver, draftOfDelivery } from '@/lib/delivery/commands';
import { decide } from '@/lib/endorsement/review/commands';
import {
  cancelMailing,
  discardMailing,
  draftMailing,
  draftOfUpdate,
  editMailing,
  pauseMailing,
  resumeMailing,
  sendMailing,
  tryMailing,
} from '@/lib/mailing/commands';
import { choices, mailingOf, reach } from '@/lib/mailing/queries';
import { EVERYBODY, type Audience } from '@/lib/mailing/rules';
import { db } from '@/lib/platform/db/client';
import { env, parseEnv } from '@/lib/platform/env';
import { dispatchDue, startDispatcher } from '@/lib/platform/mail/dispatcher';
import { retryMail } from '@/lib/platform/mail/failures';
import type { Message } from '@/lib/platform/mail/message';
import { recordReport } from '@/lib/platform/mail/reports';
import { suppress } from '@/lib/platform/mail/suppression';
import { postUpdate } from '@/lib/update/commands';
import { publicUpdates } from '@/lib/update/queries';
import { auditOf } from '@/tests/support/audit';
import { aSignedLetter, asSeen } from '@/tests/support/delivery';
import {
  aColleague,
  aLetter,
  anAddress,
  anEndorsement,
  anOwner,
  aReviewer,
  representedBy,
} from '@/tests/support/factories';
import { mailsTo, sent } from '@/tests/support/mail';
import { resendServer, type ResendServer } from '@/tests/support/resend-server';
import { smtpServer } from '@/tests/support/smtp-server';

const HOUR = 3_600_000;
const TEXTS = {
  en: { title: 'News', body: 'We were **heard**.\n\n[Read](https://example.org/a)' },
};

const toClose: (() => unknown)[] = [];

beforeEach(async () => {
  await db().mail.deleteMany();
  await db().mailing.deleteMany();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of toClose.splice(0).reverse()) await close();
});

async function fake(): Promise<ResendServer> {
  const server = await resendServer();
  toClose.push(() => server.close());
  return server;
}

const optionsFor = (variables: Record<string, string>) => ({
  db: db(),
  render: renderMail,
  env: parseEnv({
    DATABASE_URL: process.env.DATABASE_URL,
    APP_URL: 'https://letters.example.org',
    CLIENT_ADDRESS: 'x-forwarded-for',
    APP_SECRET: env().APP_SECRET,
    MAIL_FROM: 'Letters <letters@example.org>',
    MAIL_PER_SECOND: '100',
    ...variables,
  }),
});

const viaResend = ({ url }: ResendServer) =>
  optionsFor({ RESEND_API_KEY: 're_test', RESEND_BASE_URL: url });

/** Dispatches until nothing is due. */
async function dispatchAll(options: Parameters<typeof dispatchDue>[0]): Promise<void> {
  while ((await dispatchDue(options)) > 0);
}

/** A letter with approved endorsements, one an address, all at once. */
async function aLetterSignedBy(count: number): Promise<{ letterId: string; owner: Owner }> {
  const letter = await aLetter();
  await db().$executeRaw`
    WITH person AS (
      INSERT INTO contact (email, email_key, language, verified_at)
      SELECT 's' || n || '-' || ${letter.slug} || '@example.org', 's' || n || '-' || ${letter.slug} || '@example.org', 'en', now()
      FROM generate_series(1, ${count}::int) AS n RETURNING id, email
    ), organization AS (
      INSERT INTO organization (id, country) SELECT id, 'JP' FROM person RETURNING id
    ), entry AS (
      INSERT INTO endorsement (letter_id, organization_id, contact_id, state, name_key, country, signed_revision, revision, sort_key, search_text, verified_at)
      SELECT ${letter.id}::uuid, organization.id, person.id, 'approved', email, 'JP', 1, 1, email, email, now()
      FROM person JOIN organization ON organization.id = person.id RETURNING id, name_key, contact_id
    ), speaks AS (
      INSERT INTO representative (endorsement_id, contact_id) SELECT id, contact_id FROM entry
    )
    INSERT INTO endorsement_name (endorsement_id, language, name) SELECT id, 'en', name_key FROM entry`;
  return { letterId: letter.id, owner: await anOwner(letter) };
}

/** The name of an organization, in English only. */
const named = (nameEn: string) => ({ nameJa: null, reading: null, nameEn });

/** Drafts and sends a mailing, and returns its id. */
async function mailed(owner: Owner, audience: Audience = EVERYBODY): Promise<string> {
  const id = await draftMailing(owner, { texts: TEXTS, audience });
  const { count } = await reach(owner, audience);
  const which = { id, version: 1 };
  expect(await sendMailing(owner, which, { seenCount: count, posts: false })).toEqual({
    ok: true,
    count,
  });
  return id;
}

const makeDue = () =>
  db().mail.updateMany({ where: { sentAt: null }, data: { sendAfter: new Date(0) } });

describe('the dispatcher', () => {
  it('sends 2,000 mails by 20 calls, each to one address, once, with what ends them', async () => {
    const server = await fake();
    const { owner } = await aLetterSignedBy(2_000);
    const id = await mailed(owner);
    await dispatchAll(viaResend(server));
    expect(server.requests).toHaveLength(20);
    expect(new Set(server.left).size).toBe(2_000);
    expect(server.left).toHaveLength(2_000);
    expect((await mailingOf(owner, id))!).toMatchObject({
      state: 'sent',
      progress: { waiting: 0, sent: 2_000, failed: 0, returned: 0, left: 0 },
    });
    const mails = server.requests.flatMap(({ body }) => JSON.parse(body));
    const urls = mails.map(({ headers }) => headers['List-Unsubscribe'] as string);
    expect(new Set(urls).size).toBe(2_000);
    for (const mail of mails.slice(0, 3)) {
      const url = /^<(https:\/\/letters\.example\.org\/api\/mailings\/[\w-]{43})>$/.exec(
        mail.headers['List-Unsubscribe'],
      )?.[1];
      expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
      const page = url!.replace('/api/mailings/', '/en/mailings/');
      expect(mail.html).toContain(page);
      expect(mail.text).toContain(page);
      expect(mail.html).toContain('<strong>heard</strong>');
      expect(mail.html).toContain('href="https://example.org/a"');
      expect(mail.subject).toBe('News');
    }
    const row = await db().mail.findFirstOrThrow({ where: { mailingId: id } });
    expect(row.props).toEqual({});
  });

  it(
    'killed three times while it sends 2,000, sends each exactly one',
    { timeout: 300_000 },
    async () => {
      const server = await fake();
      const { owner } = await aLetterSignedBy(2_000);
      await mailed(owner);
      const children: ChildProcess[] = [];
      toClose.push(() => children.map((child) => child.kill('SIGKILL')));
      const start = () => {
        const child = spawn(
          process.execPath,
          [
            ...['--import', 'tsx', 'tests/support/dispatcher-child.ts'],
            ...[process.env.DATABASE_URL!, server.url, env().APP_SECRET, '8'],
          ],
          { stdio: 'ignore' },
        );
        children.push(child);
        return child;
      };
      for (const upTo of [300, 900, 1_500]) {
        const child = start();
        await vi.waitFor(() => expect(server.left.length).toBeGreaterThanOrEqual(upTo), {
          timeout: 90_000,
          interval: 5,
        });
        // The next call is accepted, and its answer never comes.
        const before = server.left.length;
        server.next.push('hold');
        await vi.waitFor(() => expect(server.left.length).toBeGreaterThan(before), {
          timeout: 90_000,
          interval: 5,
        });
        child.kill('SIGKILL');
      }
      expect(server.left.length).toBeLessThan(2_000);
      start();
      await vi.waitFor(
        async () => expect(await db().mail.count({ where: { sentAt: null } })).toBe(0),
        { timeout: 120_000, interval: 200 },
      );
      expect(server.left).toHaveLength(2_000);
      expect(new Set(server.left).size).toBe(2_000);
      // There were calls whose answer was lost, and they were repeated as they were.
      const repeated = [...new Set(server.requests.map(({ key }) => key))]
        .map((key) => server.requests.filter((request) => request.key === key))
        .filter((requests) => requests.length > 1);
      expect(repeated.length).toBeGreaterThanOrEqual(3);
      for (const [first, ...others] of repeated)
        for (const other of others) expect(other.body).toBe(first!.body);
    },
  );

  it('sends a batch again as it was when its answer is lost, also to whoever bounced since, or while the mailing is paused', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(3);
    const id = await mailed(owner);
    server.next.push({ status: 500, body: { statusCode: 500, name: 'internal', message: 'x' } });
    await dispatchDue(viaResend(server));
    const rows = await db().mail.findMany({ where: { letterId } });
    expect(new Set(rows.map(({ batchId }) => batchId)).size).toBe(1);
    expect(rows[0]).toMatchObject({ attempts: 1, sentAt: null, batchId: expect.any(String) });
    await suppress(db(), rows[0]!.to, { reason: 'bounced', at: new Date() });
    expect(await pauseMailing(owner, id)).toBe(true);
    await makeDue();
    await dispatchDue(viaResend(server));
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toEqual(server.requests[0]);
    expect((await mailingOf(owner, id))!.progress.sent).toBe(3);
  });

  it('waits as long as a rate limit says, which is no attempt', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(2);
    await mailed(owner);
    const body = { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests' };
    server.next.push({ status: 429, headers: { 'retry-after': '1' }, body });
    await dispatchDue(viaResend(server));
    expect(await db().mail.findFirst({ where: { letterId } })).toMatchObject({
      attempts: 0,
      leaseId: null,
      sentAt: null,
    });
    expect(await dispatchDue(viaResend(server))).toBe(0);
    await sleep(1_050);
    await dispatchDue(viaResend(server));
    expect(server.left).toHaveLength(2);
  });

  it('sends the other 99 if one address is refused, which coordinators see and can send again', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(100);
    const id = await mailed(owner);
    const bad = (await db().mail.findFirstOrThrow({
      where: { letterId },
      orderBy: { id: 'asc' },
      skip: 7,
    }))!;
    server.refuses = (to) => (to === bad.to ? `Invalid \`to\` field: ${to}` : null);
    await dispatchAll(viaResend(server));
    expect(server.requests).toHaveLength(1);
    expect((await mailingOf(owner, id))!.progress).toMatchObject({ sent: 99, failed: 1 });
    expect(await db().mail.findUniqueOrThrow({ where: { id: bad.id } })).toMatchObject({
      failedAt: expect.any(Date),
      lastError: 'Resend 422: Invalid `to` field: [address]',
    });
    // The ids of the others belong to them: the first after it is the eighth accepted.
    const sent = await db().mail.findMany({
      where: { letterId, sentAt: { not: null } },
      orderBy: { id: 'asc' },
    });
    expect(sent.map(({ providerId }) => providerId)).toEqual(
      sent.map((_mail, index) => `resend-1-${index + 1}`),
    );
    expect(await retryMail(bad.id, letterId)).toBe(true);
    await dispatchAll(viaResend(server));
    expect(server.requests[1]).toMatchObject({ path: '/emails', key: bad.id });
    expect((await mailingOf(owner, id))!.progress).toMatchObject({ sent: 100, failed: 0 });
  });

  it('sends each by itself if the provider refuses a whole batch', async () => {
    const server = await fake();
    const { owner } = await aLetterSignedBy(3);
    await mailed(owner);
    server.next.push({
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: 'No.' },
    });
    await dispatchAll(viaResend(server));
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/emails/batch',
      '/emails',
      '/emails',
      '/emails',
    ]);
    expect(new Set(server.left).size).toBe(3);
  });

  it('does not send what may have been sent more than a day ago', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(2);
    const id = await mailed(owner);
    server.next.push({ status: 500, body: { statusCode: 500, name: 'internal', message: 'x' } });
    await dispatchDue(viaResend(server));
    await db().mail.updateMany({
      where: { letterId },
      data: { begunAt: new Date(Date.now() - 23.6 * HOUR), sendAfter: new Date(0) },
    });
    await dispatchDue(viaResend(server));
    expect(server.requests).toHaveLength(1);
    expect((await mailingOf(owner, id))!.progress).toMatchObject({ sent: 0, failed: 2 });
  });

  it('sends a mailing that was paused for days: the day begins when a mail is first handed over', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(2);
    await mailed(owner);
    await db().mail.updateMany({
      where: { letterId },
      data: { createdAt: new Date(Date.now() - 90 * HOUR) },
    });
    server.next.push({ status: 500, body: { statusCode: 500, name: 'internal', message: 'x' } });
    await dispatchDue(viaResend(server));
    await makeDue();
    await dispatchDue(viaResend(server));
    expect(server.left).toHaveLength(2);
  });

  it('sends all other mails before 2,000 of a mailing', async () => {
    const { owner } = await aLetterSignedBy(2_000);
    await mailed(owner);
    const order: string[] = [];
    const send = async ({ to }: Message) => (order.push(to), {});
    const dispatcher = startDispatcher({
      ...optionsFor({ MAIL_TRANSPORT: 'mailbox', MAIL_PER_SECOND: '50' }),
      transport: { send },
      intervalMs: 10,
    });
    toClose.push(() => dispatcher.stop());
    await vi.waitFor(() => expect(order.length).toBeGreaterThan(10), { interval: 5 });
    const links = Array.from({ length: 20 }, (_, n) => `waiting${n}@example.org`);
    await db().mail.createMany({
      data: links.map((to) => ({
        kind: 'review_notice' as const,
        language: 'en',
        to,
        toKey: to,
        props: { letterSlug: 'a', letterTitle: 'A' },
      })),
    });
    await vi.waitFor(() => expect(order).toEqual(expect.arrayContaining(links)), {
      timeout: 10_000,
      interval: 5,
    });
    const [first, last] = [order.indexOf(links[0]!), order.lastIndexOf(links.at(-1)!)];
    const between = order.slice(Math.min(first, last), Math.max(first, last) + 1);
    expect(between.filter((to) => !links.includes(to)).length).toBeLessThan(3);
    await dispatcher.stop();
  });

  it('sends one by one through SMTP', async () => {
    const server = await smtpServer();
    toClose.push(() => server.close());
    const { owner } = await aLetterSignedBy(12);
    await mailed(owner);
    await dispatchAll(optionsFor({ SMTP_URL: server.url }));
    expect(server.mails).toHaveLength(12);
    for (const mail of server.mails)
      expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  });

  it('counts a bounce that the provider reports to the mail that it is about', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(5);
    const id = await mailed(owner);
    await dispatchAll(viaResend(server));
    const second = (await db().mail.findMany({ where: { letterId }, orderBy: { id: 'asc' } }))[1]!;
    await recordReport({
      id: randomUUID(),
      mailId: null,
      providerId: 'resend-1-2',
      outcome: 'bounced',
      at: new Date(),
    });
    expect(await db().mail.findUniqueOrThrow({ where: { id: second.id } })).toMatchObject({
      outcome: 'bounced',
    });
    expect((await mailingOf(owner, id))!.progress).toMatchObject({ sent: 5, returned: 1 });
    // The numbers outlive the mails.
    await db().mail.deleteMany({ where: { letterId } });
    expect((await mailingOf(owner, id))!).toMatchObject({
      state: 'sent',
      progress: { sent: 5, returned: 1, left: 0 },
    });
  });
});

describe('recipients of a mailing', () => {
  const addresses = async (owner: Owner, audience: Audience) => {
    const id = await draftMailing(owner, { texts: TEXTS, audience });
    const { count } = await reach(owner, audience);
    const done = await sendMailing(owner, { id, version: 1 }, { seenCount: count, posts: false });
    const rows = await db().mail.findMany({ where: { mailingId: id } });
    expect(rows).toHaveLength(done.ok ? done.count : 0);
    return rows.map(({ to }) => to).sort();
  };

  it('are those whom a plain reading of the rules chooses, whatever the choice', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const other = await aLetter();
    const random = (() => {
      let seed = 20_261_129;
      return (below: number) => ((seed = (seed * 48_271) % 2_147_483_647), seed % below);
    })();
    const pick = <T>(of: readonly T[]) => of[random(of.length)]!;
    const entries: {
      email: string;
      state: string;
      country: string;
      language: string;
      category: string | null;
      proven: boolean;
      erasing: boolean;
    }[] = [];
    for (let n = 0; n < 60; n++) {
      const state = pick(['approved', 'verified', 'declined', 'withdrawn', 'submitted'] as const);
      const proof = pick(['email', 'email', 'attested'] as const);
      const one = {
        email: anAddress(),
        state,
        country: pick(['JP', 'DE', 'FR']),
        language: pick(['ja', 'en', 'fr']),
        category: pick(['a', 'b', null]),
        proven: proof === 'email' && state !== 'submitted',
        erasing: random(8) === 0,
      };
      await anEndorsement(random(10) === 0 ? other.id : letter.id, {
        ...one,
        ...{ proven: undefined, erasing: undefined },
        state,
        proof,
        ...named(`Organization ${n}`),
        erasureRequestedAt: one.erasing ? new Date() : null,
      } as Parameters<typeof anEndorsement>[1]).then(
        (row) => row.letterId === letter.id && entries.push(one),
      );
    }
    const ended = entries.filter((_entry, n) => n % 9 === 0);
    await db().endedMailings.createMany({
      data: ended.map(({ email }) => ({ letterId: letter.id, emailKey: email })),
    });
    const suppressed = entries.filter((_entry, n) => n % 7 === 0);
    for (const { email } of suppressed)
      await suppress(db(), email, { reason: 'complained', at: new Date() });
    for (let n = 0; n < 40; n++) {
      const some = (of: string[]) => (random(2) ? [] : of.filter(() => random(2) === 0));
      const audience: Audience = {
        states: pick([['approved'], ['verified'], ['approved', 'verified']] as const),
        countries: some(['JP', 'DE', 'FR']),
        languages: some(['ja', 'en', 'fr']),
        categories: some(['a', 'b']),
      };
      const within = (of: readonly string[], value: string | null) =>
        of.length === 0 || (value !== null && of.includes(value));
      const expected = entries
        .filter(
          ({ state, country, language, category, proven, erasing, email }) =>
            (audience.states as readonly string[]).includes(state) &&
            within(audience.countries, country) &&
            within(audience.languages, language) &&
            within(audience.categories, category) &&
            proven &&
            !erasing &&
            !ended.some((one) => one.email === email) &&
            !suppressed.some((one) => one.email === email),
        )
        .map(({ email }) => email)
        .sort();
      expect(await addresses(owner, audience), JSON.stringify(audience)).toEqual(expected);
    }
  });

  it('get it once, however many organizations they stand for, in the language they chose', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const first = await anEndorsement(letter.id, {
      state: 'approved',
      language: 'ja',
      ...named('One'),
    });
    const second = await anEndorsement(letter.id, { state: 'approved', ...named('Two') });
    await representedBy(second.id, first.contactId!);
    expect((await reach(owner, EVERYBODY)).count).toBe(1);
    await mailed(owner);
    const messages = await sent();
    expect(messages.map(({ to }) => to)).toEqual([first.email]);
    expect(messages[0]!.text).toContain('この共同書簡への賛同が');
    expect(messages[0]!.html).toContain('lang="en"'); // the text, which is there in English only
  });

  it('are all representatives whose address is confirmed, each in their language', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const { id, email } = await anEndorsement(letter.id, { state: 'approved', language: 'ja' });
    const colleague = await aColleague(id);
    await aColleague(id, null);
    expect(await reach(owner, EVERYBODY)).toMatchObject({
      count: 2,
      byLanguage: [
        { language: 'ja', count: 1 },
        { language: 'en', count: 1 },
      ],
    });
    expect((await choices(owner)).states).toEqual(new Map([['approved', 1]]));
    await mailed(owner);
    const messages = await sent();
    expect(messages.map(({ to }) => to).sort()).toEqual([email, colleague.email].sort());
    expect(new Set(messages.map(({ oneClickUrl }) => oneClickUrl)).size).toBe(2);
    expect((await reach(owner, { ...EVERYBODY, languages: ['ja'] })).count).toBe(1);
  });

  it('are counted with those left out, and why', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const [plain, bounced, ended] = [
      await anEndorsement(letter.id, { state: 'approved', ...named('A'), language: 'en' }),
      await anEndorsement(letter.id, { state: 'approved', ...named('B') }),
      await anEndorsement(letter.id, { state: 'approved', ...named('C') }),
    ];
    await anEndorsement(letter.id, { state: 'approved', proof: 'attested', ...named('D') });
    await suppress(db(), bounced.email, { reason: 'bounced', at: new Date() });
    await db().endedMailings.create({ data: { letterId: letter.id, emailKey: ended.email } });
    expect(await reach(owner, EVERYBODY)).toEqual({
      count: 1,
      byLanguage: [{ language: 'en', count: 1 }],
      suppressed: 1,
      ended: 1,
      unconfirmed: 1,
    });
    await mailed(owner);
    expect((await sent()).map(({ to }) => to)).toEqual([plain.email]);
  });

  it('of 20,000 are counted and written in seconds', { timeout: 300_000 }, async () => {
    const { owner } = await aLetterSignedBy(20_000);
    const begun = performance.now();
    await mailed(owner);
    expect(performance.now() - begun).toBeLessThan(60_000);
    await db().mail.deleteMany();
  });
});

describe('an owner', () => {
  it('changes, tries out and discards a draft, of which nobody else gets anything', async () => {
    const { owner } = await aLetterSignedBy(1);
    const id = await draftMailing(owner, { texts: TEXTS, audience: EVERYBODY });
    const texts = {
      ja: { title: 'お知らせ', body: '本文' },
      en: { title: 'More news', body: 'Text' },
    };
    expect(await editMailing(owner, { id, version: 1 }, { texts, audience: EVERYBODY })).toEqual({
      ok: true,
    });
    expect(
      await editMailing(owner, { id, version: 1 }, { texts: TEXTS, audience: EVERYBODY }),
    ).toEqual({ ok: false, reason: 'changed' });
    expect(await tryMailing(owner, id)).toBe(true);
    const tried = await sent();
    expect(tried.map(({ to }) => to)).toEqual([owner.email, owner.email]);
    expect(tried.map(({ subject }) => subject).sort()).toEqual([
      'Test: More news',
      '【テスト】お知らせ',
    ]);
    expect(tried.every(({ oneClickUrl }) => oneClickUrl === undefined)).toBe(true);
    expect(await discardMailing(await anOwner(await aLetter()), id)).toBe(false);
    expect(await discardMailing(owner, id)).toBe(true);
    expect(await mailingOf(owner, id)).toBeNull();
  });

  it('sends what was seen, once: another number of recipients, an old version and a second press are refused', async () => {
    const { owner, letterId } = await aLetterSignedBy(2);
    const id = await draftMailing(owner, { texts: TEXTS, audience: EVERYBODY });
    const send = (version: number, seenCount: number) =>
      sendMailing(owner, { id, version }, { seenCount, posts: true });
    expect(await send(1, 3)).toEqual({ ok: false, reason: 'other-count' });
    expect(await send(2, 2)).toEqual({ ok: false, reason: 'changed' });
    expect(await db().mail.count({ where: { letterId } })).toBe(0);
    const both = await Promise.all([send(1, 2), send(1, 2)]);
    expect(both.filter(({ ok }) => ok)).toEqual([{ ok: true, count: 2 }]);
    expect(await db().mail.count({ where: { letterId } })).toBe(2);
    expect(await publicUpdates(letterId)).toMatchObject([{ kind: 'update', texts: TEXTS }]);
    expect((await auditOf(letterId)).map(({ action }) => action)).toEqual([
      'send_mailing',
      'post_update',
    ]);
    expect(
      await editMailing(owner, { id, version: 2 }, { texts: TEXTS, audience: EVERYBODY }),
    ).toEqual({ ok: false, reason: 'not-found' });
    expect(await discardMailing(owner, id)).toBe(false);
  });

  it('pauses, resumes and cancels; each is written down', async () => {
    const server = await fake();
    const { owner, letterId } = await aLetterSignedBy(250);
    const id = await mailed(owner);
    await dispatchDue(viaResend(server));
    expect(await pauseMailing(owner, id)).toBe(true);
    expect(await pauseMailing(owner, id)).toBe(false);
    expect(await dispatchDue(viaResend(server))).toBe(0);
    expect((await mailingOf(owner, id))!).toMatchObject({
      state: 'paused',
      progress: { sent: 100, waiting: 150 },
    });
    expect(await resumeMailing(owner, id)).toBe(true);
    expect(await resumeMailing(owner, id)).toBe(false);
    await dispatchDue(viaResend(server));
    expect(await cancelMailing(await anOwner(await aLetter()), id)).toBe(false);
    expect(await cancelMailing(owner, id)).toBe(true);
    expect(await cancelMailing(owner, id)).toBe(false);
    await dispatchAll(viaResend(server));
    expect(server.left).toHaveLength(200);
    expect((await mailingOf(owner, id))!).toMatchObject({
      state: 'cancelled',
      progress: { sent: 200, waiting: 0, left: 50 },
    });
    expect((await auditOf(letterId)).map(({ action }) => action)).toEqual([
      'send_mailing',
      'pause_mailing',
      'resume_mailing',
      'cancel_mailing',
    ]);
  });

  it('writes to nobody who has withdrawn or was declined since', async () => {
    const letter = await aLetter();
    const owner = await anOwner(letter);
    const entry = await anEndorsement(letter.id, { state: 'verified', ...named('A') });
    await anEndorsement(letter.id, { state: 'approved', ...named('B') });
    const id = await mailed(owner, { ...EVERYBODY, states: ['approved', 'verified'] });
    await decide(await aReviewer(letter), {
      id: entry.id,
      version: entry.version,
      step: 'decline',
      reason: 'other',
      note: null,
    } as never);
    await db().mail.deleteMany({ where: { kind: 'declined' } });
    expect((await sent()).map(({ to }) => to)).not.toContain(entry.email);
    expect((await mailingOf(owner, id))!.progress).toMatchObject({ sent: 1, left: 1 });
  });

  it('writes about an update with its texts', async () => {
    const { owner } = await aLetterSignedBy(1);
    const update = await postUpdate(owner, { kind: 'reply', date: '2025-05-01', texts: TEXTS });
    const id = await draftOfUpdate(owner, update.id);
    expect((await mailingOf(owner, id!))!).toMatchObject({
      texts: TEXTS,
      updateId: update.id,
      state: 'draft',
    });
    expect(await draftOfUpdate(await anOwner(await aLetter()), update.id)).toBeNull();
  });

  it('tells every signatory of the final delivery, those who ended mailings and the names of withheld ones left out', async () => {
    const { letter, owner } = await aSignedLetter();
    const entries = await db().endorsement.findMany({
      where: { letterId: letter.id, state: 'approved' },
      include: { contact: true, names: true },
    });
    const gone = entries[0]!.contact!.email;
    await db().endedMailings.create({ data: { letterId: letter.id, emailKey: gone } });
    const done = await deliver(
      owner,
      await asSeen(letter.slug, { tells: true, addressee: { en: 'The Minister *of State*' } }),
    );
    expect(done).toMatchObject({ ok: true, number: 1 });
    const messages = await sent();
    expect(messages.map(({ to }) => to).sort()).toEqual(
      entries
        .slice(1)
        .map(({ contact }) => contact!.email)
        .sort(),
    );
    const base = env().APP_URL;
    expect(messages[0]!.text).toContain(`${base}/en/letters/${letter.slug}/deliveries/1`);
    expect(messages[0]!.text).toContain(
      `${base}/api/letters/${letter.slug}/deliveries/1/letter.pdf?language=en`,
    );
    expect(messages[0]!.text).toContain('The Minister *of State*');
    for (const { names } of entries)
      for (const { name } of names) expect(messages[0]!.html).not.toContain(name);
    const draft = await draftOfDelivery(owner, 1);
    expect((await mailingOf(owner, draft!))!.texts.en!.title).toBe(
      'The letter was delivered: A letter',
    );
  });

  it('delivers without telling anybody, if they wish, and never at once after a round', async () => {
    const { letter, owner } = await aSignedLetter();
    await deliver(owner, await asSeen(letter.slug, { tally: 'other', tells: true }));
    await deliver(owner, await asSeen(letter.slug, { tells: false }));
    expect(await db().mailing.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await mailsTo(anAddress())).toEqual([]);
  });
});
