import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { renderMail } from '@/emails/render';
import { backgroundRound } from '@/lib/background/round';
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { env } from '@/lib/platform/env';
import { startDispatcher } from '@/lib/platform/mail/dispatcher';
import { MailError, type Message } from '@/lib/platform/mail/message';
import { bringAllForward, bringOneForward } from '@/lib/platform/mail/recovery';
import { backoffSeconds } from '@/lib/platform/mail/schedule';
import { newToken, seal } from '@/lib/platform/tokens';

const HOUR = 3_600_000;

beforeEach(async () => {
  // Of whatever else is in the outbox of this worker's database, the same would be brought forward.
  await db().mail.deleteMany();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

/** A mail that has failed this often, and waits since `agoSeconds` for its next attempt. */
async function aMail(
  attempts: number,
  agoSeconds: number,
  data: Partial<Prisma.MailUncheckedCreateInput> = {},
) {
  const to = `${randomUUID()}@example.org`;
  return db().mail.create({
    data: {
      kind: 'confirm',
      language: 'en',
      to,
      toKey: to,
      props: {
        letterSlug: 'a-letter',
        letterTitle: 'A letter',
        organization: { ja: null, en: 'Tanpopo' },
        withheld: false,
        expiresAt: '2026-11-30T05:05:00.000Z',
        timeZone: 'Asia/Tokyo',
      },
      sealedToken: seal(newToken(), env().APP_SECRET),
      attempts,
      sendAfter: new Date(
        Date.now() + (attempts === 0 ? HOUR : (backoffSeconds(attempts) - agoSeconds) * 1_000),
      ),
      ...data,
    },
  });
}

/** In how many seconds a mail is due. */
async function dueIn({ id }: { id: string }): Promise<number> {
  const [{ seconds } = { seconds: NaN }] = await db().$queryRaw<{ seconds: number }[]>`
    SELECT extract(epoch FROM send_after - now())::float8 AS seconds FROM mail WHERE id = ${id}::uuid`;
  return seconds;
}

function dispatching(send: (message: Message) => Promise<object>) {
  const options = { db: db(), env: env(), render: renderMail, transport: { send } };
  const dispatcher = startDispatcher({ ...options, intervalMs: 10, probeSeconds: 0.02 });
  onTestFinished(() => dispatcher.stop());
}

describe('after an outage of the provider', () => {
  it('all mails that wait for hours are sent soon, the first to find out and the others then', async () => {
    const mails = await Promise.all([3, 5, 8, 40].map((attempts) => aMail(attempts, 500)));
    const sent: string[] = [];
    dispatching(async ({ id }) => (sent.push(id), {}));
    await vi.waitFor(() => expect(sent).toHaveLength(mails.length), { timeout: 20_000 });
    expect(new Set(sent)).toEqual(new Set(mails.map(({ id }) => id)));
    expect(sent[0]).toBe(mails[0]!.id);
  });

  it('one mail at a time is tried while it lasts', async () => {
    await Promise.all([5, 6, 7].map((attempts) => aMail(attempts, 500)));
    let underWay = 0;
    let [most, tried] = [0, 0];
    dispatching(async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      tried += 1;
      throw new MailError('retry', 'still away');
    });
    await vi.waitFor(() => expect(tried).toBeGreaterThan(5), { timeout: 20_000 });
    expect(most).toBe(1);
    expect(await db().mail.count({ where: { sentAt: null, failedAt: null } })).toBe(3);
  });

  it('a round from outside tries one, too', async () => {
    const [mail, other] = [await aMail(6, 500), await aMail(7, 500)];
    await backgroundRound({ jobs: [] });
    for (const { id } of [mail, other])
      expect((await db().mail.findUniqueOrThrow({ where: { id } })).sentAt).not.toBeNull();
  });
});

describe('a mail that waits for another attempt', () => {
  it('is not brought forward to less than half a minute after its last one', async () => {
    const mail = await aMail(4, 0);
    await bringAllForward(db());
    const seconds = await dueIn(mail);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(backoffSeconds(1));
  });

  it('is neither one that has not been tried yet, nor one that has failed for good', async () => {
    const [delayed, failed] = [await aMail(0, 0), await aMail(5, 500, { failedAt: new Date() })];
    await bringOneForward(db());
    await bringAllForward(db());
    for (const mail of [delayed, failed]) expect(await dueIn(mail)).toBeGreaterThan(1_000);
  });

  it('comes with all that were handed over by the same call', async () => {
    const batchId = randomUUID();
    const together = await Promise.all(
      [5, 5, 6].map((attempts) =>
        aMail(attempts, 0, { batchId, sendAfter: new Date(Date.now() + HOUR) }),
      ),
    );
    const other = await aMail(8, 0, { batchId: randomUUID() });
    await bringOneForward(db());
    for (const mail of together) expect(await dueIn(mail)).toBeLessThanOrEqual(0);
    expect(await dueIn(other)).toBeGreaterThan(HOUR / 1_000);
    await bringAllForward(db());
    expect(await dueIn(other)).toBeLessThanOrEqual(0);
  });

  it('is left alone while the provider takes others', async () => {
    const sent: string[] = [];
    dispatching(async ({ id }) => (sent.push(id), {}));
    const anotherIsSent = async () => {
      const { id } = await aMail(0, 0, { sendAfter: new Date(0) });
      await vi.waitFor(() => expect(sent).toContain(id), { timeout: 20_000 });
    };
    // The provider is in doubt until the first is marked as sent, which it is once the second goes out;
    // the third, until a probe that began before is over.
    for (let n = 0; n < 3; n += 1) await anotherIsSent();
    const refused = await aMail(5, 500);
    for (let n = 0; n < 10; n += 1) await anotherIsSent();
    expect(sent).not.toContain(refused.id);
    expect(await dueIn(refused)).toBeGreaterThan(1_000);
  });
});
