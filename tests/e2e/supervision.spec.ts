import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { TEST_DIST_DIR } from '@/tests/support/server';

/** Runs `npm start` like an operator, with its own embedded database. */
let start: ChildProcess;
let folder: string;
let url: string;
let printed = '';

const LETTER = 'en/letters/icc-japan-2025';

function children(parent: number): { pid: number; command: string }[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(ppid) === parent ? [{ pid: Number(pid), command: command! }] : [];
    });
}

const server = () =>
  children(start.pid!).find(({ command }) => command.includes('server.mjs'))?.pid ?? 0;
/** The PID from the PID file; 0 while the database is restarting. */
const postmaster = () => {
  try {
    return Number.parseInt(
      readFileSync(
        path.join(realpathSync(path.join(folder, 'postgres')), 'postmaster.pid'),
        'utf8',
      ),
      10,
    );
  } catch {
    return 0;
  }
};
const status = (where: string) =>
  fetch(`${url}/${where}`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.status,
    () => 0,
  );
const answersAgain = { timeout: 60_000, intervals: [200] };

test.describe.configure({ mode: 'serial', timeout: 90_000 });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'undersigned-start-'));
  chmodSync(folder, 0o711);
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  url = `http://localhost:${port}`;
  const { DATABASE_URL: _none, ...env } = process.env;
  start = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env: {
      ...env,
      DATA_DIR: folder,
      PORT: String(port),
      HOST: '127.0.0.1',
      NEXT_DIST_DIR: TEST_DIST_DIR,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  start.stdout!.on('data', (chunk) => (printed += chunk));
  start.stderr!.on('data', (chunk) => (printed += chunk));
  await expect
    .poll(() => start.exitCode ?? status('api/health/ready'), { timeout: 80_000, message: printed })
    .toBe(200);
});

test.afterAll(async () => {
  if (start.exitCode === null) {
    const ended = new Promise((resolve) => start.once('exit', resolve));
    start.kill('SIGTERM');
    await ended;
  }
  rmSync(realpathSync(path.join(folder, 'postgres')), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('the site recovers after its server process is killed', async () => {
  const killed = server();
  process.kill(killed, 'SIGKILL');
  await expect
    .poll(async () => [server() !== killed, await status(LETTER)], answersAgain)
    .toEqual([true, 200]);
  expect(printed).toContain('The server process was killed (SIGKILL). Starting it again');
});

test('a server process that hangs is replaced', async () => {
  const stuck = server();
  process.kill(stuck, 'SIGSTOP');
  await expect
    .poll(async () => [server() !== stuck, await status(LETTER)], answersAgain)
    .toEqual([true, 200]);
  expect(printed.match(/The server process did not answer/g)).toHaveLength(1);
});

test('the site recovers after the database is killed, with the same server process', async () => {
  const [killed, process_] = [postmaster(), server()];
  process.kill(killed, 'SIGKILL');
  await expect
    .poll(
      async () => [
        postmaster() !== killed,
        await status('api/health/ready'),
        await status('api/letters/icc-japan-2025'),
      ],
      answersAgain,
    )
    .toEqual([true, 200, 200]);
  expect(server(), 'the same server process, whose pool has connected anew').toBe(process_);
});

test('stopping npm start stops all processes that it started', async () => {
  const [serverPid, postmasterPid] = [server(), postmaster()];
  const ended = new Promise<number | null>((resolve) => start.once('exit', resolve));
  start.kill('SIGINT');
  expect(await ended).toBe(0);
  const running = execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, stat]) => stat && !stat.startsWith('Z'))
    .map(([pid]) => Number(pid));
  expect([serverPid, postmasterPid].filter((pid) => running.includes(pid))).toEqual([]);
});
