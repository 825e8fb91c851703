/** The folder where an instance without DATABASE_URL keeps everything, and who works in it. */
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

/** The command line of a process, or null where the system does not tell. */
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
 * The process that works in the folder, or null. A killed one leaves its number behind, which by now may be that of
 * another program.
 */
export function runningProcess(): number | null {
  const pid = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : 0;
  if (!pid || pid === process.pid || !isAlive(pid)) return null;
  return commandOf(pid)?.includes('start.ts') === false ? null : pid;
}

/** Marks the folder as this process's, made if need be. Throws what the file system throws. */
export function takeFolder(): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(lockFile, String(process.pid));
}

export function leaveFolder(): void {
  rmSync(addressFile, { force: true });
  rmSync(lockFile, { force: true });
}

/** Leaves the database's address for the command-line tools, which work while the product runs. */
export function writeDatabaseUrl(url: string): void {
  writeFileSync(addressFile, url, { mode: 0o600 });
}

/** The address that the running process left, or null when none runs. */
export function databaseUrlOfRunning(): string | null {
  return runningProcess() && existsSync(addressFile) ? readFileSync(addressFile, 'utf8') : null;
}
