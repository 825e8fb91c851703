import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { startEmbeddedDatabase } from '@/lib/platform/db/embedded';
import { databaseRuns, startServerProcess, supervise, type Supervisor } from '@/scripts/supervise';

const policy = { firstDelayMs: 10, longestDelayMs: 500, failures: 5, windowMs: 60_000 };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A supervised server process; `pid()` requests its PID over HTTP. */
async function superviseServer(how = 'run', startMs = 20_000) {
  const port = await freePort();
  const said: string[] = [];
  const gaveUp: string[] = [];
  const pids: number[] = [];
  const supervisor: Supervisor = supervise({
    name: 'The server process',
    policy,
    start: (signal) =>
      startServerProcess({
        script: path.resolve('tests/support/supervised-child.mjs'),
        args: [String(port), how],
        options: { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
        onFork: (child) => pids.push(child.pid!),
        watchdog: { pingMs: 50, silenceMs: 1_000 },
        startMs,
        signal,
      }),
    say: (line) => said.push(line),
    giveUp: (line) => gaveUp.push(line),
  });
  stops.push(() => supervisor.stop());
  await supervisor.started;
  const pid = async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
  return { port, said, gaveUp, pids, pid, supervisor };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const waiting = { timeout: 20_000, interval: 50 };

test('a killed server process is restarted on the same port', async () => {
  const { pid, said } = await superviseServer();
  const first = await pid();
  process.kill(first, 'SIGKILL');
  await vi.waitFor(async () => expect(await pid()).not.toBe(first), waiting);
  expect(said).toEqual(['The server process was killed (SIGKILL). Starting it again in 0 s.']);
});

test('a server process stopped by SIGSTOP is replaced by the watchdog, with one log line', async () => {
  const { pid, said } = await superviseServer();
  const first = await pid();
  process.kill(first, 'SIGSTOP');
  await vi.waitFor(async () => expect(await pid()).not.toBe(first), waiting);
  expect(said).toEqual([
    expect.stringMatching(
      /^The server process did not answer for 1 s and was killed\. Starting it again/,
    ),
  ]);
  expect(isAlive(first)).toBe(false);
});

test('a server process in an infinite loop is replaced by the watchdog', async () => {
  const { port, pid, said } = await superviseServer();
  const first = await pid();
  void fetch(`http://127.0.0.1:${port}/spin`).catch(() => {});
  await vi.waitFor(async () => expect(await pid()).not.toBe(first), waiting);
  expect(said).toHaveLength(1);
});

test('a server process that keeps crashing is given up with one message', async () => {
  const { said, gaveUp, pids } = await superviseServer('crash');
  await vi.waitFor(() => expect(gaveUp).toHaveLength(1), waiting);
  expect(gaveUp[0]).toBe(
    'The server process ended with 3, and failed 5 times within 60 s. Giving up.',
  );
  expect(said).toHaveLength(4);
  expect(pids).toHaveLength(5);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('stopping the supervisor ends a hanging server process without a restart', async () => {
  const { pid, pids, supervisor, said } = await superviseServer();
  process.kill(await pid(), 'SIGKILL');
  await vi.waitFor(() => expect(said).toHaveLength(1), waiting);
  await supervisor.stop();
  expect(pids.filter(isAlive)).toEqual([]);
});

test('a server process that never starts is reported immediately', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise<void>((resolve) => taken.close(() => resolve())));
  const { port } = taken.address() as { port: number };
  const starting = supervise({
    name: 'The server process',
    policy,
    start: (signal) =>
      startServerProcess({
        script: path.resolve('tests/support/supervised-child.mjs'),
        args: [String(port)],
        options: { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
        onFork: () => {},
        watchdog: null,
        startMs: 20_000,
        signal,
      }),
    say: () => expect.unreachable(),
    giveUp: () => expect.unreachable(),
  });
  await expect(starting.started).rejects.toThrow('it ended with 1 before it listened');
});

test('a killed database is restarted on the same port with the same data, even with busy connections', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'undersigned-supervise-'));
  chmodSync(folder, 0o711);
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const database = await startEmbeddedDatabase(folder);
  const said: string[] = [];
  const supervisor = supervise({
    name: 'The database',
    policy: { ...policy, firstDelayMs: 100, failures: 200 },
    start: databaseRuns(database, 50),
    say: (line) => said.push(line),
    giveUp: () => expect.unreachable(),
  });
  stops.push(() => supervisor.stop());
  await supervisor.started;
  const url = await database.database('kept');
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    return client.query(sql).finally(() => client.end().catch(() => {}));
  };
  await query('CREATE TABLE kept AS SELECT 42 AS n');
  const postmaster = () =>
    Number.parseInt(
      readFileSync(
        path.join(realpathSync(path.join(folder, 'postgres')), 'postmaster.pid'),
        'utf8',
      ),
      10,
    );
  const first = postmaster();
  // A busy backend outlives its server for a while and blocks the data folder.
  const busy = query('SELECT count(*) FROM generate_series(1, 4000000)').catch(() => null);
  await vi.waitFor(
    async () =>
      expect(
        (
          await query(
            `SELECT FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()`,
          )
        ).rowCount,
      ).toBe(1),
    waiting,
  );
  process.kill(first, 'SIGKILL');
  await vi.waitFor(
    async () => expect((await query('SELECT n FROM kept')).rows).toEqual([{ n: 42 }]),
    { timeout: 60_000, interval: 100 },
  );
  expect(postmaster()).not.toBe(first);
  expect(said[0]).toBe('The database has died. Starting it again in 0.1 s.');
  await busy;
}, 90_000);
