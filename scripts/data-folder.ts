/**
 * The data folder of an instance without DATABASE_URL, and the lock of the process that uses it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './build';

export const dataFolder = path.resolve(root, process.env.DATA_DIR || '.data');

const lockFile = path.join(dataFolder, 'running.pid');
const addressFile = path.join(dataFolder, 'database-url');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process, or null if the platform does not provide it. */
function commandOf(pid: number): string | null {
  try {
    return existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  } catch {
    return null;
  }
}

/**
 * The PID of the process that uses the folder, or null. A killed process leaves its PID file
 * behind, and its PID may since have been reused by another program.
 */
export function runningProcess(): number | null {
  const pid = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : 0;
  if (!pid || pid === process.pid || !isAlive(pid)) return null;
  return commandOf(pid)?.includes('start.ts') === false ? null : pid;
}

/**
 * Writes this process's PID file in the folder, which is created if necessary. Throws file system
 * errors.
 */
export function takeFolder(): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(lockFile, String(process.pid));
}

export function leaveFolder(): void {
  rmSync(addressFile, { force: true });
  rmSync(lockFile, { force: true });
}

/** Stores the database URL for the command-line tools, which work while the product runs. */
export function writeDatabaseUrl(url: string): void {
  writeFileSync(addressFile, url, { mode: 0o600 });
}

/** The database URL stored by the running process, or null if none is running. */
export function databaseUrlOfRunning(): string | null {
  return runningProcess() && existsSync(addressFile) ? readFileSync(addressFile, 'utf8') : null;
}
