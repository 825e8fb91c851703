/** The disk that PostgreSQL writes to is full for a while. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { damage } from './books';
import { LETTER, startInstance, type Instance } from './instance';
import { addressOf, signUpOf } from './people';
import { finding, pick, type Chance, type Row } from './row';
import { atRate, persistently, until } from './waiting';

const MEGABYTES = 320;
const PER_SECOND = 20;

/** Writes a file until nothing more fits beside it. */
function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const size of [1_048_576, 4_096])
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
  } finally {
    closeSync(descriptor);
  }
}

/** A file system of its own, or null where none can be mounted. */
function mounted(): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

/** Signs up at a steady rate; who was taken, and what else was answered. */
function signingUp(instance: Instance, chance: Chance) {
  const taken: string[] = [];
  const answers: Record<string, number> = {};
  const stop = atRate(PER_SECOND, async (n) => {
    const { port } = pick(chance, instance.servers);
    const answer = await instance.client
      .postJson(port, `/api/letters/${LETTER}/endorsements`, signUpOf(`d${n}`))
      .catch(() => null);
    const status = answer?.status ?? 'no answer';
    answers[status] = (answers[status] ?? 0) + 1;
    if (status === 202) taken.push(`d${n}`);
  });
  return { taken, answers, stop };
}

async function tryFull(folder: string, chance: Chance) {
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const instance = await startInstance({ MAIL_PER_SECOND: '10' }, data);
  const wrong: string[] = [];
  const ballast = path.join(folder, 'ballast');
  try {
    for (const { port } of instance.servers)
      await instance.client.ask(port, `/en/letters/${LETTER}`);
    const { taken, answers, stop } = signingUp(instance, chance);
    await until('sign-ups before', () => taken.length > 40, 60_000);
    fill(ballast);
    await until(
      'a failure',
      () => Object.keys(answers).some((status) => status !== '202'),
      120_000,
    );
    const failedFrom = taken.length;
    await until('more failures', () => (answers['503'] ?? 0) > 40, 120_000).catch(() => {});
    for (const { port } of instance.servers) {
      const page = await instance.client.ask(port, `/en/letters/${LETTER}`).catch(() => null);
      if (page?.status !== 200)
        wrong.push(`the letter was answered with ${page?.status ?? 'nothing'}`);
    }

    rmSync(ballast);
    const freed = performance.now();
    const before = taken.length;
    await until('sign-ups again', () => taken.length > before + 20, 120_000);
    const took = (performance.now() - freed) / 1_000;
    await stop();
    await instance.ready();
    const { 202: ok = 0, ...failures } = answers;
    const unclear = Object.keys(failures).filter((status) => status !== '503');
    if (unclear.length > 0) wrong.push(`unclear answers: ${JSON.stringify(failures)}`);
    const kept = await persistently(() =>
      instance.db.contact.findMany({ select: { emailKey: true } }),
    );
    const known = new Set(kept.map(({ emailKey }) => emailKey));
    wrong.push(
      ...taken.filter((who) => !known.has(addressOf(who))).map((who) => `${who} was lost`),
      ...(await damage(instance.db)),
    );
    return finding(
      `${failedFrom} sign-ups taken until it was full, then ${failures['503'] ?? 0} answered with 503; ${took.toFixed(1)} s after there was room again they were taken; ${ok} acknowledged in all, and every one of them is there; amcheck finds nothing`,
      wrong,
    );
  } finally {
    rmSync(ballast, { force: true });
    await instance.stop();
  }
}

export const disk: Row = {
  name: 'disk',
  fault: 'the disk of the database is full',
  goal: 'a clear failure (503), no corruption, nothing acknowledged lost, all resumes once there is room',
  async run(chance) {
    const folder = mounted();
    if (!folder)
      return {
        holds: null,
        measured: 'not measured here: no file system can be mounted (it needs root)',
        shortfalls: [],
      };
    try {
      return await tryFull(folder, chance);
    } finally {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    }
  },
};
