import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { typesettingJob } from '@/lib/delivery/pdf';
import { createTypesetter, type JobLimits } from '@/lib/delivery/pdf/typesetter';
import { TYPESETTING } from '@/lib/platform/limits';
import { JOINT } from '@/tests/support/pdf-letters';

vi.setConfig({ testTimeout: 120_000 });

const withNames = (count: number) =>
  typesettingJob({
    ...JOINT,
    lists: [
      {
        heading: 'All',
        names: Array.from({ length: count }, (_, index) => ({
          ja: `第${index}団体`,
          en: `Organization ${index}`,
        })),
        others: null,
      },
    ],
  });
const roomy: JobLimits = { timeMs: 110_000, memoryMiB: 4096, waitMs: 110_000, urgent: false };

const short = await withNames(1);
const long = await withNames(3_000);
/** Takes longer than any of these tests. */
const endless = await withNames(60_000);

const runs = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-';

describe('a server process that typesets a long letter', () => {
  it('stays responsive to other requests', async () => {
    const typesetter = createTypesetter();
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const begun = performance.now();
    const pdf = await typesetter.set(long, roomy);
    const took = performance.now() - begun;
    clearInterval(turning);
    expect(isPdf(pdf)).toBe(true);
    // Typesetting in the process itself would block it entirely. On an idle machine there are 0.9
    // per millisecond.
    expect(turns).toBeGreaterThan(took / 20);
  });

  it('reuses the child process for the next letter, and ends it when idle', async () => {
    const typesetter = createTypesetter({ idleMs: 500 });
    await typesetter.set(short, roomy);
    const pid = typesetter.pid()!;
    await typesetter.set(short, roomy);
    expect(typesetter.pid()).toBe(pid);
    await expect
      .poll(() => [typesetter.pid(), runs(pid)], { timeout: 20_000 })
      .toEqual([undefined, false]);
    expect(isPdf(await typesetter.set(short, roomy))).toBe(true);
  });

  it('replaces a child process that has grown too large', async () => {
    const typesetter = createTypesetter({ keptMiB: 10 });
    await typesetter.set(short, roomy);
    expect(typesetter.pid()).toBeUndefined();
  });
});

describe('a letter that cannot be typeset', () => {
  it('within its time limit fails, its child process is killed, and the next letter gets another', async () => {
    const typesetter = createTypesetter();
    await typesetter.set(short, roomy);
    const pid = typesetter.pid()!;
    const [tooLong, next] = await Promise.allSettled([
      typesetter.set(endless, { ...roomy, timeMs: 1_000 }),
      typesetter.set(short, roomy),
    ]);
    expect(tooLong).toMatchObject({
      status: 'rejected',
      reason: { problem: 'too-long', name: 'TypesettingError(too-long)' },
    });
    expect(runs(pid)).toBe(false);
    expect(next.status).toBe('fulfilled');
    expect(typesetter.pid()).not.toBe(pid);
  });

  it('within its memory limit fails, its child process is killed, and the next letter succeeds', async () => {
    const typesetter = createTypesetter();
    await typesetter.set(short, roomy);
    const pid = typesetter.pid()!;
    // A boolean, so that a failure report does not contain 70 MB.
    await expect(
      typesetter.set(endless, { ...roomy, memoryMiB: 500 }).then(isPdf),
    ).rejects.toMatchObject({ problem: 'too-big' });
    expect(runs(pid)).toBe(false);
    expect(isPdf(await typesetter.set(short, roomy))).toBe(true);
  });

  it('fails alone if its child process is killed, as by the OOM killer', async () => {
    const typesetter = createTypesetter();
    const killed = typesetter.set(endless, roomy);
    process.kill(typesetter.pid()!, 'SIGKILL');
    await expect(killed).rejects.toMatchObject({ problem: 'crashed' });
    expect(isPdf(await typesetter.set(short, roomy))).toBe(true);
  });

  it('is refused without ending the child process if the template cannot read its data', async () => {
    const typesetter = createTypesetter();
    await expect(
      typesetter.set({ document: '{}', creationTimestamp: 0, fontPaths: [] }, roomy),
    ).rejects.toMatchObject({ problem: 'refused' });
    const pid = typesetter.pid();
    await typesetter.set(short, roomy);
    expect(typesetter.pid()).toBe(pid);
  });
});

describe('letters requested at the same time', () => {
  it('are typeset one after the other, urgent ones first, in a queue with limits of length and time', async () => {
    const typesetter = createTypesetter({ waiting: 2 });
    const done: string[] = [];
    const set = (name: string, limits: Partial<JobLimits> = {}) =>
      typesetter.set(short, { ...roomy, ...limits }).then(() => done.push(name));
    const first = typesetter.set(long, roomy).then(() => done.push('first'));
    const impatient = expect(set('impatient', { waitMs: 1 })).rejects.toMatchObject({
      problem: 'busy',
    });
    const second = set('second');
    await expect(set('one too many')).rejects.toMatchObject({ problem: 'busy' });
    const delivery = set('delivery', { urgent: true });
    await Promise.all([first, impatient, second, delivery]);
    expect(done).toEqual(['first', 'delivery', 'second']);
  });
});

describe('a server process', () => {
  it('ends its child process when it is killed while typesetting', async () => {
    const program = `
      import { createTypesetter } from './lib/delivery/pdf/typesetter.ts';
      process.once('message', (job) => {
        const typesetter = createTypesetter();
        typesetter.set(job, ${JSON.stringify(roomy)});
        const timer = setInterval(() => {
          if (typesetter.pid() === undefined) return;
          clearInterval(timer);
          process.send(typesetter.pid());
        }, 10);
      });`;
    const server = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], cwd: path.resolve('.') },
    );
    server.send(endless);
    const [pid] = (await once(server, 'message')) as [number];
    expect(runs(pid)).toBe(true);
    server.kill('SIGKILL');
    await expect.poll(() => runs(pid), { timeout: 20_000 }).toBe(false);
  });

  it('exits normally despite an idle child process', async () => {
    const program = `
      import { createTypesetter } from './lib/delivery/pdf/typesetter.ts';
      process.once('message', async (job) => {
        const typesetter = createTypesetter({ idleMs: 600_000 });
        await typesetter.set(job, ${JSON.stringify(TYPESETTING.draft)});
        process.send(typesetter.pid(), () => process.disconnect());
      });`;
    const server = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], cwd: path.resolve('.') },
    );
    server.send(short);
    const [[pid], [code]] = (await Promise.all([
      once(server, 'message'),
      once(server, 'exit'),
    ])) as [[number], [number]];
    expect(code).toBe(0);
    await expect.poll(() => runs(pid), { timeout: 20_000 }).toBe(false);
  });
});
