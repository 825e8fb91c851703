/**
 * The product as an operator runs it, with the real supervisor: PostgreSQL with fsync, and two server
 * processes of one site.
 */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '@/lib/platform/db/client';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { startEmbeddedDatabase } from '@/lib/platform/db/embedded';
import { applyMigrations } from '@/lib/platform/db/migrate';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { DEMONSTRATION_COORDINATOR, loadDemonstration } from '@/prisma/demonstration/load';
import {
  databaseRuns,
  startServerProcess,
  supervise,
  WATCHDOG,
  type RestartPolicy,
  type Supervisor,
} from '@/scripts/supervise';
import { freePort, serverEnvironment } from '@/tests/support/server';
import { Client } from './client';
import { until } from './waiting';

/** As `npm start`, but that it never gives up: more is killed here than anything breaks by itself. */
const RESTARTS: RestartPolicy = {
  firstDelayMs: 500,
  longestDelayMs: 500,
  failures: Infinity,
  windowMs: 10_000,
};

/** On a machine that does much else, starting can take long. */
const RECOVERY_MS = 300_000;

export const LETTER = 'icc-japan-2025';

/** A server process that is started again whenever it ends. */
export interface Server {
  port: number;
  /** Its API key at the provider, by which the provider knows who sends. */
  apiKey: string;
  /** Kills it, also while it starts; false if there is none. */
  kill(): boolean;
  /** As an operator who replaces it: ends it gracefully, resolves when the next one listens. */
  replace(): Promise<void>;
}

export interface Instance {
  client: Client;
  db: PrismaClient;
  databaseUrl: string;
  servers: [Server, Server];
  /** The cookie of a signed-in coordinator. */
  cookie: string;
  /** Kills its main process; false if there is none. */
  killPostgres(): boolean;
  /** Kills PostgreSQL and lets nobody start it until the returned function is called. */
  holdPostgres(): () => void;
  /** What the supervisor said of processes that ended by themselves or were killed. */
  said: string[];
  /** Waits until each server process has responded, and the database to it. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

async function superviseServer(
  databaseUrl: string,
  port: number,
  env: Record<string, string>,
  said: string[],
): Promise<Server & { supervisor: Supervisor }> {
  let child: ChildProcess;
  let starts = 0;
  const supervisor = supervise({
    name: 'A server process',
    policy: RESTARTS,
    async start(signal) {
      const run = await startServerProcess({
        script: 'scripts/server.mjs',
        args: [],
        options: {
          execArgv: [],
          silent: true,
          env: serverEnvironment(databaseUrl, port, env) as NodeJS.ProcessEnv,
        },
        onFork(forked) {
          child = forked;
          forked.stdout!.resume();
          forked.stderr!.resume();
        },
        watchdog: WATCHDOG,
        startMs: 60_000,
        signal,
      });
      starts += 1;
      return run;
    },
    say: (line) => said.push(line),
    giveUp: () => {},
  });
  await supervisor.started;
  return {
    port,
    apiKey: env.RESEND_API_KEY ?? '',
    supervisor,
    kill: () => child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'),
    async replace() {
      const before = starts;
      child.kill('SIGTERM');
      await until('a new server process', () => starts > before, 60_000);
    },
  };
}

/**
 * Starts an instance with the demonstration's letter.
 * @param env of its server processes
 * @param folder where PostgreSQL keeps its data; by default one that is deleted at the end
 */
export async function startInstance(
  env: Record<string, string> = {},
  folder = mkdtempSync(path.join(tmpdir(), 'undersigned-faults-')),
): Promise<Instance> {
  chmodSync(folder, 0o711);
  const database = await startEmbeddedDatabase(folder);
  const databaseUrl = await database.database('undersigned');
  await applyMigrations(databaseUrl, path.resolve('prisma'));
  const db = connect(databaseUrl, 4);
  await loadDemonstration(db);
  const token = newToken();
  await db.session.create({
    data: {
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 12 * 3_600_000),
      coordinator: { connect: { email: DEMONSTRATION_COORDINATOR } },
    },
  });

  let isHeld = false;
  const runs = databaseRuns(database, 250);
  const postgres = supervise({
    name: 'PostgreSQL',
    policy: RESTARTS,
    start: async () => {
      if (isHeld) throw new Error('held');
      return runs();
    },
    say: () => {},
    giveUp: () => {},
  });
  await postgres.started;
  const killPostgres = () => {
    const file = path.join(realpathSync(path.join(folder, 'postgres')), 'postmaster.pid');
    // What a killed one has left names another process, if any.
    if (!database.isAlive()) return false;
    try {
      return process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 'SIGKILL');
    } catch {
      return false;
    }
  };

  const appUrl = `http://localhost:${await freePort()}`;
  const client = new Client(appUrl);
  const said: string[] = [];
  const aServer = async (apiKey: string) =>
    superviseServer(
      databaseUrl,
      await freePort(),
      { APP_URL: appUrl, ...env, RESEND_API_KEY: env.RESEND_BASE_URL ? apiKey : '' },
      said,
    );
  const servers: [Awaited<ReturnType<typeof aServer>>, Awaited<ReturnType<typeof aServer>>] = [
    await aServer('re_first'),
    await aServer('re_second'),
  ];
  const stop = async () => {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    client.close();
    await Promise.all(servers.map(({ supervisor }) => supervisor.stop()));
    await db.$disconnect();
    const data = realpathSync(path.join(folder, 'postgres'));
    await postgres.stop().catch(() => {});
    rmSync(data, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => void stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  return {
    client,
    db,
    databaseUrl,
    servers,
    said,
    cookie: `next-auth.session-token=${token}`,
    killPostgres,
    holdPostgres() {
      isHeld = true;
      killPostgres();
      return () => (isHeld = false);
    },
    async ready() {
      for (const { port } of servers)
        await until(
          'a server process that is ready',
          async () =>
            (await client.ask(port, '/api/health/ready').catch(() => null))?.status === 200,
          RECOVERY_MS,
        );
    },
    stop,
  };
}
