import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { renderMail } from '@/emails/render';
import { connect } from '@/lib/platform/db/client';
import type { Prisma, PrismaClient } from '@/lib/platform/db/generated/client';
import { parseEnv, type Env } from '@/lib/platform/env';
import { dispatchDue, startDispatcher } from '@/lib/platform/mail/dispatcher';
import { failingMails, retryMail } from '@/lib/platform/mail/failures';
import { mailboxTransport } from '@/lib/platform/mail/mailbox';
import { MailError, type Message, type Transport } from '@/lib/platform/mail/message';
import { newToken, seal } from '@/lib/platform/tokens';
import { testDatabase } from '@/tests/support/database';
import { aLetterIn } from '@/tests/support/factories';
import { resendServer, type ResendServer } from '@/tests/support/resend-server';
import { smtpServer, type SmtpServer } from '@/tests/support/smtp-server';

const SECRET = 'a secret of at least 32 characters for tests';
const HOUR = 3_600_000;

let db: PrismaClient;
let url: string;
const toClose: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  ({ db, url } = await testDatabase());
});

beforeEach(async () => {
  // A dispatcher claims all due mails of the database, including those left by other tests of this
  // worker.
  await db.mail.deleteMany();
  // Silences the dispatcher's log, since these tests cause many errors.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of toClose.splice(0).reverse()) await close();
});

function closing<T extends { close(): Promise<unknown> }>(server: T): T {
  toClose.push(() => server.close());
  return server;
}

function another(applicationName = 'another'): PrismaClient {
  const address = new URL(url);
  address.searchParams.set('application_name', applicationName);
  const client = connect(address.href, 3);
  toClose.push(() => client.$disconnect());
  return client;
}

function envWith(variables: Record<string, string>): Env {
  return parseEnv({
    DATABASE_URL: url,
    APP_URL: 'https://letters.example.org',
    CLIENT_ADDRESS: 'x-forwarded-for',
    APP_SECRET: SECRET,
    MAIL_FROM: 'Letters <letters@example.org>',
    MAIL_PER_SECOND: '500',
    ...variables,
  });
}

const viaResend = (server: ResendServer) => ({
  db,
  render: renderMail,
  env: envWith({ RESEND_API_KEY: 're_test', RESEND_BASE_URL: server.url }),
});
const viaSmtp = (server: SmtpServer) => ({
  db,
  render: renderMail,
  env: envWith({ SMTP_URL: server.url }),
});
const via = (transport: Transport, client = db) => ({
  db: client,
  render: renderMail,
  transport,
  env: envWith({ MAIL_TRANSPORT: 'mailbox' }),
});

const CONFIRM_PROPS = {
  letterSlug: 'a-letter',
  letterTitle: 'A letter',
  organization: { ja: null, en: 'Tanpopo' },
  withheld: false,
  expiresAt: '2026-11-30T05:05:00.000Z',
  timeZone: 'Asia/Tokyo',
};

/** A confirmation mail that is due now, with its own address. */
async function confirmMail(data: Partial<Prisma.MailUncheckedCreateInput> = {}) {
  const to = `${randomUUID()}@example.org`;
  const props = CONFIRM_PROPS;
  return db.mail.create({
    data: {
      kind: 'confirm',
      language: 'en',
      to,
      toKey: to,
      props,
      sealedToken: seal(newToken(), SECRET),
      ...data,
    },
  });
}

const row = (id: string) => db.mail.findUniqueOrThrow({ where: { id } });
const makeDue = (id: string) => db.mail.update({ where: { id }, data: { sendAfter: new Date(0) } });

const letter = async () => (await aLetterIn(db)).id;

/** A provider that accepts and records everything. */
function taking(): Transport & { taken: Message[] } {
  const taken: Message[] = [];
  return {
    taken,
    async send(message) {
      await sleep(Math.random() * 10);
      taken.push(message);
      return { providerId: `p-${message.id}` };
    },
  };
}

const failing = (error: MailError): Transport => ({ send: () => Promise.reject(error) });

describe('through Resend, a representative', () => {
  test('receives the mail once, and its token is erased', async () => {
    const server = closing(await resendServer());
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    const sent = await row(mail.id);
    expect(sent).toMatchObject({
      sealedToken: null,
      attempts: 1,
      failedAt: null,
      lastError: null,
      leaseId: null,
      providerId: 'resend-1',
    });
    expect(sent.sentAt).not.toBeNull();
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]!.key).toBe(mail.id);
    expect(JSON.parse(server.requests[0]!.body)).toMatchObject({
      to: mail.to,
      from: 'Letters <letters@example.org>',
      subject: 'Please confirm your endorsement: A letter',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    await dispatchDue(viaResend(server));
    expect(server.requests).toHaveLength(1);
  });

  test('replies to the address of the letter, where there is one', async () => {
    const server = closing(await resendServer());
    await confirmMail({ props: { ...CONFIRM_PROPS, contact: 'secretariat@example.org' } });
    await confirmMail({ props: { ...CONFIRM_PROPS, contact: null } });
    await dispatchDue(viaResend(server));
    const replyTo = server.requests.map(({ body }) => JSON.parse(body).reply_to);
    expect(replyTo.toSorted()).toEqual(['secretariat@example.org', undefined]);

    const smtp = closing(await smtpServer());
    await confirmMail({ props: { ...CONFIRM_PROPS, contact: 'secretariat@example.org' } });
    await dispatchDue(viaSmtp(smtp));
    expect(smtp.mails[0]).toMatch(/^Reply-To: secretariat@example\.org\r$/m);
  });

  test('receives the mail at the second attempt after a failure, with the same idempotency key and body', async () => {
    const server = closing(await resendServer());
    server.next.push({
      status: 500,
      body: { statusCode: 500, name: 'internal_server_error', message: 'oops' },
    });
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    const failed = await row(mail.id);
    expect(failed).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 1,
      lastError: 'Resend 500 internal_server_error: oops',
    });
    const wait = failed.sendAfter.getTime() - Date.now();
    expect(wait).toBeGreaterThan(25_000);
    expect(wait).toBeLessThan(31_000);
    expect(await dispatchDue(viaResend(server))).toBe(0);
    await makeDue(mail.id);
    await dispatchDue(viaResend(server));
    expect((await row(mail.id)).sentAt).not.toBeNull();
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toEqual(server.requests[0]);
  });

  test('receives the mail after the delay of a rate limit, which does not count as an attempt', async () => {
    const server = closing(await resendServer());
    server.next.push({
      status: 429,
      headers: { 'retry-after': '1' },
      body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests' },
    });
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      sentAt: null,
      failedAt: null,
      attempts: 0,
      leaseId: null,
    });
    expect(await dispatchDue(viaResend(server))).toBe(0);
    await sleep(1_100);
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({ attempts: 1, providerId: 'resend-1' });
  });

  test('receives no mail while the daily quota is exhausted, which coordinators can see', async () => {
    const server = closing(await resendServer());
    server.next.push({
      status: 429,
      body: {
        statusCode: 429,
        name: 'daily_quota_exceeded',
        message: 'You have reached your daily email sending quota.',
      },
    });
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      attempts: 1,
      failedAt: null,
      lastError: expect.stringContaining('daily_quota_exceeded'),
    });
  });

  test('is not mailed again after Resend has refused the address', async () => {
    const server = closing(await resendServer());
    const mail = await confirmMail();
    server.next.push({
      status: 422,
      body: { statusCode: 422, name: 'validation_error', message: `Invalid to field: ${mail.to}` },
    });
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      failedAt: expect.any(Date),
      lastError: 'Resend 422 validation_error: Invalid to field: [address]',
    });
    await makeDue(mail.id);
    expect(await dispatchDue(viaResend(server))).toBe(0);
  });

  test('still receives the mail after the operator has fixed a wrong API key', async () => {
    const server = closing(await resendServer());
    server.next.push({
      status: 401,
      body: { statusCode: 401, name: 'invalid_api_key', message: 'API key is invalid' },
    });
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      failedAt: null,
      sealedToken: expect.anything(),
      lastError: 'Resend 401 invalid_api_key: API key is invalid',
    });
  });

  test('receives no second mail if a template changed after an accepted attempt', async () => {
    const server = closing(await resendServer());
    const mail = await confirmMail();
    server.accepted.set(mail.id, { id: 'resend-before', body: 'as the old template said it' });
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      sentAt: expect.any(Date),
      failedAt: null,
      sealedToken: null,
    });
    expect(server.accepted.size).toBe(1);
  });

  test('receives the mail when the network is back', async () => {
    const server = await resendServer();
    await server.close();
    const mail = await confirmMail();
    await dispatchDue(viaResend(server));
    expect(await row(mail.id)).toMatchObject({
      failedAt: null,
      attempts: 1,
      lastError: expect.stringContaining('Resend unreachable'),
    });
  });

  test(
    'receives one mail if the server is killed after Resend accepted it and before it was marked as sent',
    { timeout: 90_000 },
    async () => {
      const server = closing(await resendServer());
      server.next.push('hold');
      const mail = await confirmMail();
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'tests/support/dispatcher-child.ts', url, server.url, SECRET, '3'],
        { stdio: 'ignore' },
      );
      // Also if it starts too late for this test: it would send the mails of the next ones.
      toClose.push(async () => child.kill('SIGKILL'));
      await vi.waitFor(() => expect(server.accepted.size).toBe(1), { timeout: 60_000 });
      child.kill('SIGKILL');
      expect(await dispatchDue(viaResend(server))).toBe(0);
      expect(await row(mail.id)).toMatchObject({ sentAt: null, attempts: 1 });

      await vi.waitFor(async () => expect(await dispatchDue(viaResend(server))).toBe(1), {
        timeout: 6_000,
        interval: 100,
      });
      expect(await row(mail.id)).toMatchObject({
        sentAt: expect.any(Date),
        attempts: 2,
        providerId: 'resend-1',
      });
      expect(server.requests).toHaveLength(2);
      expect(server.requests[1]).toEqual(server.requests[0]);
      expect(server.accepted.size).toBe(1);
    },
  );
});

describe('through SMTP, a representative', () => {
  test('receives the mail with the same Message-ID at every attempt', async () => {
    const server = closing(await smtpServer());
    const mail = await confirmMail();
    await dispatchDue(viaSmtp(server));
    expect(await row(mail.id)).toMatchObject({ sentAt: expect.any(Date), sealedToken: null });
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toContain(`Message-ID: <${mail.id}@example.org>`);
    expect(server.mails[0]).toContain('Auto-Submitted: auto-generated');
    expect(server.mails[0]).toContain(`To: ${mail.to}`);
    expect(server.mails[0]).toMatch(/text\/plain[\s\S]*text\/html/);
  });

  test.each([
    'first.@docomo.ne.jp',
    'a..b@ezweb.ne.jp',
    'r&d@example.org',
    "o'brien/office@example.org",
    'a=b@xn--e1afmkfd.xn--p1ai',
  ])('receives the mail at %s as the address was given', async (address) => {
    const server = closing(await smtpServer());
    const mail = await confirmMail();
    await db.mail.update({ where: { id: mail.id }, data: { to: address } });
    await dispatchDue(viaSmtp(server));
    expect((await row(mail.id)).sentAt).not.toBeNull();
    expect(server.recipients).toEqual([`RCPT TO:<${address}>`]);
    expect(server.mails[0]).toContain(`To: ${address}`);
  });

  test('is not mailed again after the server has refused the address', async () => {
    const server = closing(await smtpServer());
    const mail = await confirmMail();
    server.refuse['RCPT TO'] = `550 5.1.1 <${mail.to}> no such user`;
    await dispatchDue(viaSmtp(server));
    const failed = await row(mail.id);
    expect(failed).toMatchObject({
      failedAt: expect.any(Date),
      lastError: expect.stringMatching(/SMTP EENVELOPE RCPT TO 550/),
    });
    expect(failed.lastError).not.toContain(mail.to);
  });

  test.each([
    ['the recipient’s mailbox is temporarily full', 'RCPT TO', '452 4.2.2 mailbox full'],
    ['the server requires authentication', 'MAIL FROM', '530 5.7.0 authentication required'],
    ['the server is busy', 'DATA', '451 4.3.0 try again'],
  ] as const)('receives the mail later if %s', async (_, command, answer) => {
    const server = closing(await smtpServer());
    server.refuse[command] = answer;
    const mail = await confirmMail();
    await dispatchDue(viaSmtp(server));
    expect(await row(mail.id)).toMatchObject({ failedAt: null, sentAt: null, attempts: 1 });
    delete server.refuse[command];
    await makeDue(mail.id);
    await dispatchDue(viaSmtp(server));
    expect((await row(mail.id)).sentAt).not.toBeNull();
    expect(server.mails).toHaveLength(1);
  });

  test('receives the mail later if the server cannot be reached', async () => {
    const server = await smtpServer();
    await server.close();
    const mail = await confirmMail();
    await dispatchDue(viaSmtp(server));
    expect(await row(mail.id)).toMatchObject({
      failedAt: null,
      attempts: 1,
      lastError: expect.stringContaining('SMTP ESOCKET'),
    });
  });
});

test('a mail that is sent twice is in the local mailbox once', async () => {
  const transport = mailboxTransport(db);
  const message = {
    id: randomUUID(),
    to: `${randomUUID()}@example.org`,
    from: 'x@example.org',
    subject: 's',
    html: 'h',
    text: 't',
  };
  await transport.send(message);
  await transport.send(message);
  expect(await db.mailboxMessage.count({ where: { to: message.to } })).toBe(1);
});

describe('dispatchers', () => {
  test('running concurrently send each of 200 mails once', async () => {
    await Promise.all(Array.from({ length: 200 }, () => confirmMail()));
    const transport = taking();
    const dispatchers = ['first', 'second'].map((name) =>
      startDispatcher({ ...via(transport, another(name)), intervalMs: 10 }),
    );
    try {
      await vi.waitFor(
        async () => expect(await db.mail.count({ where: { sentAt: null } })).toBe(0),
        { timeout: 20_000 },
      );
    } finally {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
    }
    expect(transport.taken).toHaveLength(200);
    expect(new Set(transport.taken.map(({ id }) => id)).size).toBe(200);
    expect(await db.mail.count({ where: { attempts: { not: 1 } } })).toBe(0);
  });

  test('respect the rate limit', async () => {
    await Promise.all(Array.from({ length: 11 }, () => confirmMail()));
    const transport = taking();
    const before = performance.now();
    await dispatchDue({
      ...via(transport),
      env: envWith({ MAIL_TRANSPORT: 'mailbox', MAIL_PER_SECOND: '20' }),
    });
    expect(transport.taken).toHaveLength(11);
    expect(performance.now() - before).toBeGreaterThan(490);
  });

  test('send confirmation links before notices', async () => {
    const early = await confirmMail({ kind: 'review_notice', sendAfter: new Date(0) });
    const urgent = await confirmMail();
    const order: string[] = [];
    const send = async ({ id }: Message) => (order.push(id), {});
    await dispatchDue({
      ...via({ send }),
      env: envWith({ MAIL_TRANSPORT: 'mailbox', MAIL_PER_SECOND: '20' }),
    });
    expect(order).toEqual([urgent.id, early.id]);
  });

  test('send sign-in mails ahead of thousands of others, within the common rate limit', async () => {
    await db.$executeRaw`INSERT INTO mail (kind, language, "to", to_key, props, sealed_token)
      SELECT 'confirm', 'en', n || '@flood.example', n || '@flood.example', ${JSON.stringify(CONFIRM_PROPS)}::jsonb, ${seal(newToken(), SECRET)}::bytea FROM generate_series(1, 3000) AS n`;
    const order: string[] = [];
    const send = async ({ to }: Message) => (order.push(to), {});
    const perSecond = 50;
    const dispatcher = startDispatcher({
      ...via({ send }),
      env: envWith({ MAIL_TRANSPORT: 'mailbox', MAIL_PER_SECOND: String(perSecond) }),
      intervalMs: 10,
    });
    await vi.waitFor(() => expect(order.length).toBeGreaterThan(20), {
      timeout: 10_000,
      interval: 10,
    });
    const queuedAt = order.length;
    const begun = performance.now();
    await confirmMail({
      kind: 'sign_in',
      to: 'coordinator@example.org',
      toKey: 'coordinator@example.org',
      props: {},
    });
    await vi.waitFor(() => expect(order).toContain('coordinator@example.org'), {
      timeout: 20_000,
      interval: 10,
    });
    expect(order.indexOf('coordinator@example.org') - queuedAt).toBeLessThan(perSecond); // of 3,000 that were there before
    const sent = order.length - queuedAt;
    expect(sent / ((performance.now() - begun) / 1000)).toBeLessThan(perSecond * 1.5);
    await dispatcher.stop();
    await db.mail.deleteMany({ where: { to: { endsWith: '@flood.example' } } });
  });

  test('do not send mails that are not due', async () => {
    await confirmMail({ sendAfter: new Date(Date.now() + HOUR) });
    expect(await dispatchDue(via(taking()))).toBe(0);
  });

  test('send one mail even if all database connections are lost while it is being sent', async () => {
    const mail = await confirmMail();
    const taken: string[] = [];
    const send = async ({ id }: Message) => {
      taken.push(id);
      await db.$queryRaw`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'dropped'`;
      return {};
    };
    const dispatcher = startDispatcher({ ...via({ send }, another('dropped')), intervalMs: 10 });
    try {
      await vi.waitFor(async () => expect((await row(mail.id)).sentAt).not.toBeNull(), {
        timeout: 10_000,
      });
      const later = await confirmMail();
      await vi.waitFor(async () => expect((await row(later.id)).sentAt).not.toBeNull(), {
        timeout: 10_000,
      });
    } finally {
      await dispatcher.stop();
    }
    expect(taken.filter((id) => id === mail.id)).toHaveLength(1);
  });

  test('send a mail after the database has failed to claim it and to mark it', async () => {
    const mail = await confirmMail();
    let failures = 4;
    const flaky = new Proxy(db, {
      get(target, name) {
        if ((name === '$queryRaw' || name === '$executeRaw') && failures > 0 && failures-- !== 3)
          return () => Promise.reject(new Error('the database is starting up'));
        return Reflect.get(target, name) as unknown;
      },
    });
    const transport = taking();
    const dispatcher = startDispatcher({ ...via(transport, flaky), intervalMs: 10 });
    try {
      await vi.waitFor(async () => expect((await row(mail.id)).sentAt).not.toBeNull(), {
        timeout: 15_000,
      });
    } finally {
      await dispatcher.stop();
    }
    expect(failures).toBe(0);
    expect(transport.taken).toHaveLength(1);
  });

  test('finish the current sends on stop and release the others', async () => {
    await Promise.all(Array.from({ length: 5 }, () => confirmMail()));
    let started = 0;
    const send = async () => {
      started++;
      await sleep(300);
      return {};
    };
    const dispatcher = startDispatcher({
      ...via({ send }),
      env: envWith({ MAIL_TRANSPORT: 'mailbox', MAIL_PER_SECOND: '1' }),
    });
    await vi.waitFor(() => expect(started).toBe(1));
    await dispatcher.stop();
    const rows = await db.mail.findMany();
    expect(rows.filter(({ sentAt }) => sentAt)).toHaveLength(1);
    expect(
      rows.filter(({ sentAt, leaseId, attempts }) => !sentAt && leaseId === null && attempts === 0),
    ).toHaveLength(4);
    expect(started).toBe(1);
  });

  test('mark nothing after their lease has expired', async () => {
    const mail = await confirmMail();
    const send = async () => {
      await db.mail.update({ where: { id: mail.id }, data: { leaseId: randomUUID() } });
      return {};
    };
    await dispatchDue(via({ send }));
    expect((await row(mail.id)).sentAt).toBeNull();
  });

  test('keep a mail encrypted with another secret, so that the operator can restore the secret', async () => {
    const mail = await confirmMail({
      sealedToken: seal(newToken(), 'another secret of at least 32 characters'),
    });
    await dispatchDue(via(taking()));
    expect(await row(mail.id)).toMatchObject({
      failedAt: null,
      sealedToken: expect.anything(),
      lastError: 'the mail could not be composed: was APP_SECRET changed?',
    });
  });
});

describe('a coordinator', () => {
  test('sees a mail that failed permanently after 23 hours; its token is erased, and it cannot be retried', async () => {
    const letterId = await letter();
    const mail = await confirmMail({
      letterId,
      attempts: 8,
      createdAt: new Date(Date.now() - 23.1 * HOUR),
    });
    await dispatchDue(via(failing(new MailError('retry', 'SMTP 451'))));
    expect(await row(mail.id)).toMatchObject({
      failedAt: expect.any(Date),
      sealedToken: null,
      leaseId: null,
    });
    expect(await failingMails(letterId)).toEqual([
      {
        id: mail.id,
        kind: 'confirm',
        attempts: 9,
        lastError: 'SMTP 451',
        failedAt: expect.any(Date),
        createdAt: mail.createdAt,
        endorsementId: null,
      },
    ]);
    expect(await retryMail(mail.id, letterId)).toBe(false);
  });

  test('sees a mail that failed three times, but none that failed twice, was sent, or belongs to another letter', async () => {
    const letterId = await letter();
    const waiting = { letterId, sendAfter: new Date(Date.now() + HOUR) };
    const shown = await confirmMail({ ...waiting, attempts: 3, lastError: 'SMTP 451' });
    await confirmMail({ ...waiting, attempts: 2 });
    await confirmMail({ ...waiting, attempts: 3, sentAt: new Date() });
    await confirmMail({ ...waiting, attempts: 3, letterId: await letter() });
    expect((await failingMails(letterId)).map(({ id }) => id)).toEqual([shown.id]);
  });

  test('can retry a refused mail', async () => {
    const letterId = await letter();
    const mail = await confirmMail({ letterId });
    await dispatchDue(via(failing(new MailError('permanent', 'SMTP 550'))));
    expect((await row(mail.id)).failedAt).not.toBeNull();
    expect(await retryMail(mail.id, await letter())).toBe(false);
    expect(await retryMail(mail.id, letterId)).toBe(true);
    expect(await retryMail(mail.id, letterId)).toBe(false);
    const transport = taking();
    await dispatchDue(via(transport));
    expect(transport.taken.map(({ id }) => id)).toEqual([mail.id]);
    expect(await row(mail.id)).toMatchObject({ attempts: 1, lastError: null });
  });

  test('cannot retry a notice while a newer one is pending', async () => {
    const letterId = await letter();
    const notice = {
      letterId,
      kind: 'review_notice' as const,
      sealedToken: null,
      dedupeKey: `notice-${letterId}`,
    };
    const failed = await confirmMail({ ...notice, failedAt: new Date() });
    await confirmMail(notice);
    expect(await retryMail(failed.id, letterId)).toBe(false);
  });

  test('sees a mail with an unknown outcome, which is not retried after the provider’s idempotency key may have expired', async () => {
    const letterId = await letter();
    const mail = await confirmMail({
      letterId,
      attempts: 1,
      leaseUntil: new Date(0),
      leaseId: randomUUID(),
      createdAt: new Date(Date.now() - 24 * HOUR),
    });
    const transport = taking();
    await dispatchDue(via(transport));
    expect(transport.taken).toEqual([]);
    expect(await failingMails(letterId)).toMatchObject([
      { id: mail.id, lastError: expect.stringContaining('unknown') },
    ]);
  });

  test('receives a mail that was never attempted, however long the server was down', async () => {
    await confirmMail({ createdAt: new Date(Date.now() - 100 * HOUR) });
    const transport = taking();
    await dispatchDue(via(transport));
    expect(transport.taken).toHaveLength(1);
  });
});
