import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { POST } from '@/app/api/webhooks/resend/route';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { afterReport, type Outcome } from '@/lib/platform/mail/outcome';
import { HARD, resendEvent, signed, WEBHOOK_SECRET } from '@/tests/support/webhook';

beforeEach(() => {
  env().RESEND_WEBHOOK_SECRET = WEBHOOK_SECRET;
});

afterEach(() => {
  env().RESEND_WEBHOOK_SECRET = undefined;
  vi.restoreAllMocks();
});

/** A mail that Resend has taken. */
const aMail = (over: { providerId?: string | null } = {}) => {
  const to = `${randomUUID()}@example.org`;
  return db().mail.create({
    data: {
      kind: 'review_notice',
      language: 'en',
      to,
      toKey: to,
      props: {},
      sentAt: new Date(),
      providerId: randomUUID(),
      ...over,
    },
  });
};

async function post(body: string, headers: Record<string, string>): Promise<number> {
  const request = new Request('http://localhost:3000/api/webhooks/resend', {
    method: 'POST',
    body,
    headers,
  });
  return (await POST(request)).status;
}

/** Posts an event with a valid signature. */
const report = (body: string, signing?: Parameters<typeof signed>[1]) =>
  post(body, signed(body, signing));

const outcomeOf = async ({ id }: { id: string }) =>
  (await db().mail.findUniqueOrThrow({ where: { id } })).outcome;

describe('Resend reports on a mail', () => {
  test.each([
    ['email.delivered', {}, 'delivered'],
    ['email.delivery_delayed', {}, 'delayed'],
    ['email.bounced', HARD, 'bounced'],
    ['email.bounced', { bounce: { type: 'Transient' } }, 'returned'],
    ['email.bounced', {}, 'returned'],
    ['email.failed', {}, 'returned'],
    ['email.suppressed', {}, 'bounced'],
    ['email.complained', {}, 'complained'],
    ['email.opened', {}, null],
    ['contact.created', {}, null],
  ])('%s', async (type, over, outcome) => {
    const mail = await aMail();
    expect(await report(resendEvent(type, mail, over))).toBe(200);
    expect(await outcomeOf(mail)).toBe(outcome);
  });

  test('before its id there is stored, by its tag', async () => {
    const mail = await aMail({ providerId: null });
    expect(
      await report(resendEvent('email.delivered', { id: mail.id, providerId: 'not stored' })),
    ).toBe(200);
    expect(await outcomeOf(mail)).toBe('delivered');
  });

  test('in the order delivered, delayed; the repetition of an event changes nothing', async () => {
    const mail = await aMail();
    const delivered = resendEvent('email.delivered', mail, {}, new Date(5_000));
    expect(await report(delivered, { id: 'once' + mail.id })).toBe(200);
    expect(await report(resendEvent('email.delivery_delayed', mail))).toBe(200);
    expect(await report(delivered, { id: 'once' + mail.id })).toBe(200);
    expect(await outcomeOf(mail)).toBe('delivered');
    expect(await db().mailEvent.count({ where: { mailId: mail.id } })).toBe(2);
  });

  test('twice at the same time', async () => {
    const mail = await aMail();
    const body = resendEvent('email.bounced', mail, HARD);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => report(body, { id: `same ${mail.id}` })),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await db().mailEvent.count({ where: { mailId: mail.id } })).toBe(1);
  });

  test('that is unknown: answered, and not stored', async () => {
    const before = await db().mailEvent.count();
    expect(await report(resendEvent('email.bounced', { providerId: randomUUID() }, HARD))).toBe(
      200,
    );
    expect(await report(resendEvent('email.bounced', { id: 'no uuid' }, HARD))).toBe(200);
    expect(await report('{}')).toBe(200);
    expect(await db().mailEvent.count()).toBe(before);
  });

  test('with one of several signatures, as while a secret is replaced', async () => {
    const mail = await aMail();
    const body = resendEvent('email.delivered', mail);
    const headers = signed(body);
    const signatures = [
      'v1,c29tZXRoaW5n',
      'v1a,other',
      'nothing',
      headers['svix-signature'],
      'v1,',
    ];
    expect(await post(body, { ...headers, 'svix-signature': signatures.join(' ') })).toBe(200);
    expect(await outcomeOf(mail)).toBe('delivered');
  });
});

test('reports on many mails, shuffled and repeated, end as if each had come once in order', async () => {
  const TYPES = {
    delayed: ['email.delivery_delayed', {}],
    delivered: ['email.delivered', {}],
    returned: ['email.failed', {}],
    bounced: ['email.bounced', HARD],
    complained: ['email.complained', {}],
  } as const;
  const outcomes = fc.array(fc.constantFrom(...(Object.keys(TYPES) as (keyof typeof TYPES)[])), {
    minLength: 1,
    maxLength: 4,
  });
  const mails = await Promise.all(
    fc.sample(outcomes, 30).map(async (reported) => ({ reported, mail: await aMail() })),
  );
  const events = mails.flatMap(({ reported, mail }) =>
    reported.map((outcome, n) => ({
      id: `${n} ${mail.id}`,
      body: resendEvent(TYPES[outcome][0], mail, TYPES[outcome][1], new Date(n * 1_000)),
    })),
  );
  const [shuffled = []] = fc.sample(
    fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
    1,
  );
  await Promise.all(shuffled.map(({ id, body }) => report(body, { id })));
  for (const { reported, mail } of mails) {
    const known = reported
      .map((outcome, n): Outcome => ({ outcome, at: new Date(n * 1_000) }))
      .reduce((before, next) => afterReport(before, next));
    const { outcome, outcomeAt } = await db().mail.findUniqueOrThrow({ where: { id: mail.id } });
    expect({ outcome, at: outcomeAt }).toEqual(known);
    expect(await db().mailEvent.count({ where: { mailId: mail.id } })).toBe(reported.length);
  }
});

describe('a stranger', () => {
  test('finds nothing where no secret is set', async () => {
    env().RESEND_WEBHOOK_SECRET = undefined;
    expect(await report(resendEvent('email.bounced', await aMail(), HARD))).toBe(404);
  });

  test('cannot post more than 64 kB', async () => {
    expect(await report('x'.repeat(64 * 1024 + 1))).toBe(413);
  });

  test('changes nothing by 10,000 forged, stale and replayed events', async () => {
    const mail = await aMail();
    const good = resendEvent('email.delivered', mail);
    const headers = signed(good);
    expect(await post(good, headers)).toBe(200);
    const bounce = resendEvent('email.bounced', mail, HARD);
    const now = Math.floor(Date.now() / 1000);
    const attempt = fc.oneof(
      // forged: another secret, another body, a changed signature, headers missing
      fc.record({
        body: fc.constant(bounce),
        headers: fc
          .uint8Array({ minLength: 1, maxLength: 64 })
          .filter((key) => !Buffer.from(key).equals(Buffer.from('a secret of the webhook')))
          .map((key) => signed(bounce, { secret: `whsec_${Buffer.from(key).toString('base64')}` })),
      }),
      fc.record({
        body: fc.string().filter((body) => body !== good),
        headers: fc.constant(headers),
      }),
      fc.record({ body: fc.constant(bounce), headers: fc.constant(headers) }),
      fc.record({
        body: fc.constant(bounce),
        headers: fc
          .base64String({ maxLength: 48 })
          .map((signature) => ({ ...signed(bounce), 'svix-signature': `v1,${signature}` })),
      }),
      fc.record({
        body: fc.constant(bounce),
        headers: fc
          .constantFrom('svix-id', 'svix-timestamp', 'svix-signature')
          .map((missing) =>
            Object.fromEntries(Object.entries(signed(bounce)).filter(([name]) => name !== missing)),
          ),
      }),
      // stale, or from the future: five minutes and a bit
      fc.record({
        body: fc.constant(bounce),
        headers: fc
          .integer({ min: 330, max: 10 ** 9 })
          .chain((age) => fc.constantFrom(now - age, now + age))
          .map((timestamp) => signed(bounce, { timestamp })),
      }),
      // its timestamp or id replaced
      fc.record({
        body: fc.constant(good),
        headers: fc
          .constantFrom<Record<string, string>>(
            { 'svix-id': 'other' },
            { 'svix-timestamp': String(now - 60) },
            { 'svix-timestamp': '' },
            { 'svix-timestamp': 'NaN' },
          )
          .map((changed) => ({ ...headers, ...changed })),
      }),
    );
    const refused = await Promise.all(
      fc.sample(attempt, 9_000).map(({ body, headers: given }) => post(body, given)),
    );
    expect(new Set(refused)).toEqual(new Set([401]));
    // replayed as it was: known
    for (let n = 0; n < 1_000; n += 50)
      expect(
        new Set(await Promise.all(Array.from({ length: 50 }, () => post(good, headers)))),
      ).toEqual(new Set([200]));
    expect(await outcomeOf(mail)).toBe('delivered');
    expect(await db().mailEvent.count({ where: { mailId: mail.id } })).toBe(1);
  }, 120_000);
});
