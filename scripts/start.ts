/**
 * `npm start` and `npm run dev`: database, migrations, demonstration data, build and server, in
 * this order.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { EnvError, parseEnv, type Env } from '@/lib/platform/env';
import { build, generateClient, needsBuild, root } from './build';
import {
  dataFolder,
  leaveFolder,
  runningProcess,
  takeFolder,
  writeDatabaseUrl,
} from './data-folder';
import { embeddedDefaults } from './embedded-defaults';
import {
  DATABASE_CHECK_MS,
  DATABASE_RESTARTS,
  RESTARTS,
  START_MS,
  WATCHDOG,
  databaseRuns,
  startServerProcess,
  supervise,
} from './supervise';

/** An error that the user can fix; only its message is shown. */
class StartError extends Error {}

const dev = process.argv.includes('--dev');
/** Tests set NEXT_DIST_DIR, to run their own build beside a running instance. */
const DIST_DIR = process.env.NEXT_DIST_DIR || '.next';

/** Cleanup functions, run in reverse order on exit. */
const cleanups: (() => Promise<void> | void)[] = [];
let stopping = false;
const stopped = new AbortController();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints that a step has started, and how long it took. */
async function step<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  if (stopping) throw new StartError('Stopped.'); // a step that starts during shutdown would not be cleaned up
  const begun = performance.now();
  process.stdout.write(`  ${what} … `);
  const interval = setInterval(() => process.stdout.write('. '), 5_000);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  } finally {
    clearInterval(interval);
  }
}

/** Ensures that no other process uses the data folder. */
function lockDataFolder(): void {
  const other = runningProcess();
  if (other)
    throw new StartError(
      `Undersigned already runs from ${dataFolder} (process ${other}). Stop that one first.`,
    );
  try {
    takeFolder();
  } catch (error) {
    throw new StartError(
      `The folder ${dataFolder} cannot be written (${(error as NodeJS.ErrnoException).code}). Make it writable, or set DATA_DIR to another.`,
    );
  }
  cleanups.push(leaveFolder);
}

async function checkPort(port: number, host: string | undefined): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) =>
    probe.once('error', reject).listen(port, host, resolve),
  ).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new StartError(
        `Port ${port} is taken by another program. Choose another, such as PORT=${port + 1} npm start.`,
      );
    throw new StartError(`Port ${port} cannot be opened (${error.code}).`);
  });
  await new Promise((resolve) => probe.close(resolve));
}

async function startDatabase(): Promise<string> {
  const { startEmbeddedDatabase, EmbeddedDatabaseError } =
    await import('@/lib/platform/db/embedded');
  try {
    const starting = startEmbeddedDatabase(dataFolder);
    // A server that is still starting during shutdown must be stopped, too.
    cleanups.push(() =>
      starting.then(
        (database) => database.stop(),
        () => {},
      ),
    );
    const database = await starting;
    if (stopping) throw new StartError('Stopped.');
    const supervisor = supervise({
      name: 'The database',
      policy: DATABASE_RESTARTS,
      start: databaseRuns(database, DATABASE_CHECK_MS),
      say: warn,
      giveUp,
    });
    cleanups.push(() => supervisor.stop());
    await supervisor.started;
    const url = await database.database('undersigned');
    writeDatabaseUrl(url);
    return url;
  } catch (error) {
    throw error instanceof EmbeddedDatabaseError
      ? new StartError(`${error.message[0]!.toUpperCase()}${error.message.slice(1)}.`)
      : error;
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const { applyMigrations } = await import('@/lib/platform/db/migrate');
  await applyMigrations(databaseUrl, path.join(root, 'prisma')).catch((error: Error) => {
    throw new StartError(
      `The database could not be prepared: ${error.message.replace(/\s+/g, ' ').trim()}`,
    );
  });
}

async function loadDemonstration(databaseUrl: string): Promise<void> {
  const [{ connect }, demonstration] = await Promise.all([
    import('@/lib/platform/db/client'),
    import('@/prisma/demonstration/load'),
  ]);
  const db = connect(databaseUrl, 1);
  await demonstration.loadDemonstration(db).finally(() => db.$disconnect());
}

/** Supervises a server process; resolves when it first responds. */
async function serve(env: Record<string, string | undefined>): Promise<void> {
  const supervisor = supervise({
    name: 'The server process',
    policy: RESTARTS,
    start: (signal) =>
      startServerProcess({
        script: path.join(root, 'scripts/server.mjs'),
        args: dev ? ['--dev'] : [],
        options: {
          cwd: root,
          execArgv: [],
          silent: true,
          env: {
            ...env,
            NODE_ENV: dev ? 'development' : 'production',
            NEXT_DIST_DIR: DIST_DIR,
            NEXT_TELEMETRY_DISABLED: '1',
          },
        },
        onFork(child) {
          child.stderr!.pipe(process.stderr, { end: false });
          // Next's startup messages are only useful in development.
          if (dev) child.stdout!.pipe(process.stdout, { end: false });
          else child.stdout!.resume();
        },
        // Compiling and breakpoints can take any time.
        watchdog: dev ? null : WATCHDOG,
        startMs: dev ? null : START_MS,
        signal,
      }),
    say: warn,
    giveUp,
  });
  cleanups.push(() => supervisor.stop());
  await supervisor.started.catch((error: Error) => {
    throw new StartError(`The server could not start: ${error.message}.`);
  });
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

function giveUp(line: string): void {
  if (stopping) return;
  warn(line);
  void stop(1);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopped.abort();
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup();
    } catch {
      // continue with the other cleanup functions
    }
  }
  process.exit(code);
}

async function main(): Promise<void> {
  const envFile = path.join(root, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const embedded = !process.env.DATABASE_URL;
  say('Undersigned');
  // Validates the environment before the slow steps; the embedded database's URL is not known yet.
  if (embedded) lockDataFolder();
  const early: Env = parseEnv(
    embedded ? embeddedDefaults('postgresql://embedded/undersigned') : process.env,
  );
  await checkPort(early.PORT, early.HOST);
  await step('preparing', generateClient);

  const databaseUrl = embedded
    ? await step('starting the database', startDatabase)
    : early.DATABASE_URL;
  await step('bringing the database up to date', () => migrate(databaseUrl));
  if (embedded) await loadDemonstration(databaseUrl);
  if (!dev && needsBuild(DIST_DIR))
    await step('building (about a minute, only after changes)', () =>
      build(DIST_DIR, stopped.signal),
    );
  const env = embedded ? embeddedDefaults(databaseUrl) : process.env;
  await step('starting the server', () =>
    serve({ ...env, APP_URL: early.APP_URL, PORT: String(early.PORT) }),
  );

  if (embedded) {
    const { DEMONSTRATION_COORDINATOR, DEMONSTRATION_SLUG } =
      await import('@/prisma/demonstration/load');
    say('');
    say(`  The letter      ${early.APP_URL}/en/letters/${DEMONSTRATION_SLUG}`);
    say(`  Coordinators    ${early.APP_URL}/en/admin   sign in as ${DEMONSTRATION_COORDINATOR}`);
    if (early.MAIL_TRANSPORT) say(`  All mail        ${early.APP_URL}/dev/mailbox`);
    say('');
    say('  Ctrl-C stops it; what was entered is kept.');
  } else {
    say(`  Serving ${early.APP_URL} on port ${early.PORT}.`);
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop(0));

main().catch(async (error: unknown) => {
  if (stopping) return;
  if (error instanceof EnvError) {
    process.stderr.write(`${error.explanation}\n`);
  } else {
    process.stderr.write(
      `${error instanceof StartError ? error.message : ((error as Error).stack ?? String(error))}\n`,
    );
  }
  await stop(1);
});
