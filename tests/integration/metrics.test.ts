import { beforeEach, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/metrics/route';
import { totals } from '@/app/api/metrics/totals';
import { endorsementTotals } from '@/lib/endorsement/totals/queries';
import { db } from '@/lib/platform/db/client';
import { MAIL_STATES, mailTotals } from '@/lib/platform/mail/totals';
import { openMetrics } from '@/lib/platform/metrics/open-metrics';
import { aCoordinator, aLetter, anAddress, anEndorsement } from '@/tests/support/factories';

const TOKEN = vi.hoisted(() => {
  const token = 'a token of the metrics, for tests only';
  process.env.METRICS_TOKEN = token;
  return token;
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

beforeEach(async () => {
  await db().mail.deleteMany();
});

async function aMail(over: object) {
  const to = anAddress();
  await db().mail.create({
    data: { kind: 'sign_in', language: 'en', to, toKey: to, props: {}, ...over },
  });
}

it('mails are counted by state, with how long the oldest has waited', async () => {
  expect(await mailTotals()).toEqual({
    counts: Object.fromEntries(MAIL_STATES.map((state) => [state, 0])),
    oldestWaitingSeconds: 0,
  });
  const letter = await aLetter();
  const { id: createdById } = await aCoordinator(letter, 'owner');
  const mailing = (paused: boolean) =>
    db().mailing.create({
      data: {
        letterId: letter.id,
        createdById,
        audience: {},
        props: {},
        recipients: 1,
        sentAt: ago(9_000),
        pausedAt: paused ? ago(8_000) : null,
      },
      select: { id: true },
    });
  const [paused, running] = [await mailing(true), await mailing(false)];
  await aMail({ sendAfter: new Date(Date.now() + 300_000) }); // a decision that can be taken back
  await aMail({ sendAfter: ago(100) });
  await aMail({ mailingId: running.id, sendAfter: ago(50) });
  await aMail({ mailingId: paused.id, sendAfter: ago(9_000) });
  await aMail({ failedAt: ago(1), sendAfter: ago(20_000) });
  await aMail({ sentAt: ago(1), sendAfter: ago(20_000) });
  await aMail({ sentAt: ago(1), sendAfter: ago(20_000) });
  expect((await mailTotals()).oldestWaitingSeconds).toBeCloseTo(100, -1);
  await aMail({ attempts: 2, createdAt: ago(4_000), sendAfter: new Date(Date.now() + 600_000) });
  await aMail({ attempts: 1, leaseUntil: new Date(Date.now() + 60_000), createdAt: ago(5_000) });
  const { counts, oldestWaitingSeconds } = await mailTotals();
  expect(counts).toEqual({ waiting: 3, sending: 1, retrying: 1, held: 1, failed: 1, sent: 2 });
  expect(Math.round(oldestWaitingSeconds / 100)).toBe(50);
});

it('sign-ups are counted by state', async () => {
  const letter = await aLetter();
  const before = await endorsementTotals();
  await anEndorsement(letter.id, { state: 'submitted' });
  await anEndorsement(letter.id, { state: 'approved' });
  await anEndorsement(letter.id, { state: 'approved' });
  expect(await endorsementTotals()).toEqual({
    ...before,
    submitted: before.submitted + 1,
    approved: before.approved + 2,
  });
});

it('whoever knows the token gets all of it, and nobody else anything', async () => {
  const ask = (token: string) =>
    GET(
      new Request('http://localhost/api/metrics', {
        headers: { Authorization: `Bearer ${token}` },
      }),
    );
  const refused = await ask('a token of somebody else, of no use');
  expect([refused.status, await refused.text()]).toEqual([401, '{"error":"unauthorized"}']);
  await aMail({ sendAfter: ago(100) });
  const answer = await ask(TOKEN);
  expect(answer.headers.get('content-type')).toBe(
    'application/openmetrics-text; version=1.0.0; charset=utf-8',
  );
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const text = await answer.text();
  expect(text).toContain('\nundersigned_mails{state="waiting"} 1\n');
  for (const line of [
    /^undersigned_database_answers 1$/m,
    /^undersigned_mail_oldest_waiting_seconds 1\d\d/m,
    /^undersigned_endorsements\{state="submitted"\} \d+$/m,
    /^# TYPE undersigned_request_duration_seconds histogram$/m,
    /^process_resident_memory_bytes \d+$/m,
    /^undersigned_event_loop_delay_seconds\{of="p99"\} \d/m,
  ])
    expect(text).toMatch(line);
  // Every line is a comment or a sample, each metric is described once, and nothing follows the end.
  const lines = text.split('\n');
  expect(lines.splice(-2)).toEqual(['# EOF', '']);
  for (const line of lines)
    expect(line).toMatch(
      /^# (?:TYPE|HELP|UNIT) \w+ .+$|^\w+(?:\{\w+="[^"]*"(?:,\w+="[^"]*")*\})? -?\d[\d.e+-]*$/,
    );
  const types = lines.filter((line) => line.startsWith('# TYPE'));
  expect(new Set(types).size).toBe(types.length);
  expect(text).not.toContain('@');
});

it('totals are read from the database at most every half minute', async () => {
  const waiting = async (now: number) =>
    Number(/waiting"\} (\d+)/.exec(openMetrics(await totals(now)))![1]);
  expect(await waiting(1e9)).toBe(0);
  await aMail({});
  expect([await waiting(1e9 + 29_000), await waiting(1e9 + 31_000)]).toEqual([0, 1]);
});
