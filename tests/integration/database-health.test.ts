import { afterEach, expect, it, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { databaseAnswers, PAGE_MS, PROBE_MS } from '@/lib/platform/db/health';

afterEach(() => vi.useRealTimers());

/** All connections of this process are busy until `done` is called. */
async function allConnectionsBusy(): Promise<() => Promise<void>> {
  let done!: () => void;
  const until = new Promise<void>((resolve) => (done = resolve));
  let begun!: () => void;
  const allBegun = new Promise<void>((resolve) => (begun = resolve));
  let count = 0;
  const busy = Array.from({ length: 10 }, () =>
    db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      if (++count === 10) begun();
      await until;
    }),
  );
  await allBegun;
  return async () => {
    done();
    await Promise.all(busy);
  };
}

it('a busy database is late for a health check, but not for a page', async () => {
  const done = await allConnectionsBusy();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const check = databaseAnswers(PROBE_MS);
  const page = databaseAnswers(PAGE_MS);
  await vi.advanceTimersByTimeAsync(PROBE_MS);
  expect(await check).toBe(false);
  vi.useRealTimers();
  await done();
  expect(await page).toBe(true);
  expect(await databaseAnswers(PROBE_MS)).toBe(true);
});

it('a page does not wait for ever for a database that hangs', async () => {
  const done = await allConnectionsBusy();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const page = databaseAnswers(PAGE_MS);
  await vi.advanceTimersByTimeAsync(PAGE_MS);
  expect(await page).toBe(false);
  vi.useRealTimers();
  await done();
});
