import { spawn, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(import.meta.dirname, '..');

const SOURCES = [
  'app',
  'components',
  'lib',
  'emails',
  'messages',
  'prisma/schema.prisma',
  'next.config.ts',
  'proxy.ts',
  'instrumentation.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'tsconfig.next.json',
  'package-lock.json',
];
const CLIENT = 'lib/platform/db/generated';

function* filesUnder(relative: string): Generator<string> {
  const absolute = path.join(root, relative);
  if (relative === CLIENT || !existsSync(absolute)) return;
  if (!statSync(absolute).isDirectory()) return yield relative;
  for (const name of readdirSync(absolute).sort()) yield* filesUnder(path.join(relative, name));
}

function fingerprint(sources: string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of sources.flatMap((source) => [...filesUnder(source)]))
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function isCurrent(stampFile: string, stamp: string): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
}

/** Generates the Prisma client if the schema has changed. */
export function generateClient(): void {
  const stampFile = path.join(root, CLIENT, '.stamp');
  const stamp = fingerprint(['prisma/schema.prisma', 'package-lock.json']);
  if (isCurrent(stampFile, stamp)) return;
  execFileSync(
    process.execPath,
    [path.join(root, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      cwd: root,
      stdio: 'pipe', // its output is included in the error message on failure
      // Prisma requires the path of an engine that it does not use; with any executable, nothing is
      // downloaded (ADR 0003).
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  );
  writeFileSync(stampFile, stamp);
}

/** Whether the production build in `distDir` is out of date. */
export function needsBuild(distDir: string): boolean {
  return !isCurrent(path.join(root, distDir, 'undersigned-sources'), fingerprint(SOURCES));
}

/**
 * Runs the production build in `distDir` (a folder of the project). Rejects with Next's output if
 * it fails.
 * @param signal aborts the build
 */
export async function build(distDir: string, signal?: AbortSignal): Promise<void> {
  generateClient();
  const stamp = fingerprint(SOURCES);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [path.join(root, 'node_modules/next/dist/bin/next'), 'build'],
      {
        cwd: root,
        signal,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          NEXT_DIST_DIR: distDir,
          NEXT_TELEMETRY_DISABLED: '1',
        },
      },
    );
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (printed += chunk));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the build failed:\n${printed}`)),
    );
  });
  writeFileSync(path.join(root, distDir, 'undersigned-sources'), stamp);
}

const STANDALONE_DIR = '.next-standalone';

/**
 * Creates the standalone build: a folder with a `server.js` that runs without the project folder.
 */
async function buildStandalone(): Promise<void> {
  process.env.NEXT_OUTPUT = 'standalone';
  rmSync(path.join(root, STANDALONE_DIR), { recursive: true, force: true });
  await build(STANDALONE_DIR);
  // Next expects these to be served by a CDN.
  cpSync(
    path.join(root, STANDALONE_DIR, 'static'),
    path.join(root, STANDALONE_DIR, 'standalone', STANDALONE_DIR, 'static'),
    { recursive: true },
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--standalone') await buildStandalone();
  else await build(process.argv[2] ?? '.next');
}
