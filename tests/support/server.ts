import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { WEBHOOK_SECRET } from './webhook';
import { TEST_SECRET } from './secret';

/** The production build for tests, made by `npm test` beside that of a running product. */
export const TEST_DIST_DIR = process.env.UNDERSIGNED_TEST_DIST ?? '.next-test';

export interface RunningServer {
  url: string;
  process: ChildProcess;
  /** Its output to standard error so far. */
  errors(): string;
  stop(): Promise<void>;
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The ways to start a server process: as `npm start` does, with plain `next start`, or the standalone build's server. */
export type ServerKind = 'npm start' | 'next start' | 'standalone';

/** Made by `npm run build:standalone`. */
export const STANDALONE_SERVER = path.resolve('.next-standalone/standalone/server.js');

const commandOf = (kind: ServerKind, port: number): [script: string, args: string[]] =>
  ({
    'npm start': ['scripts/server.mjs', []],
    'next start': [
      'node_modules/next/dist/bin/next',
      ['start', '--port', String(port), '--hostname', '127.0.0.1'],
    ],
    standalone: [STANDALONE_SERVER, []],
  })[kind] as [string, string[]];

/** Resolves when the server listens. Only ours reports it; the others are polled. */
async function listening(child: ChildProcess, kind: ServerKind, url: string): Promise<void> {
  if (kind === 'npm start') return new Promise((resolve) => child.once('message', () => resolve()));
  while (!(await fetch(`${url}/api/health/live`).catch(() => null))?.ok)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The environment of a server process for tests, at `port` and with the database at `databaseUrl`. */
export function serverEnvironment(
  databaseUrl: string,
  port: number,
  env: Record<string, string> = {},
): Record<string, string | undefined> {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_DIST_DIR: TEST_DIST_DIR,
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    APP_URL: `http://localhost:${port}`,
    APP_SECRET: TEST_SECRET,
    PORT: String(port),
    HOST: '127.0.0.1',
    MAIL_TRANSPORT: 'mailbox',
    RESEND_API_KEY: '',
    RESEND_BASE_URL: '',
    RESEND_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SMTP_URL: '',
    MAIL_FROM: '',
    MAIL_PER_SECOND: '100',
    DECISION_MAIL_DELAY_SECONDS: '2',
    // All tests share one client address, so limits are off by default; tests of limits enable
    // them.
    RATE_LIMITS: 'off',
    // By default any coordinator can create and open letters; tests of these permissions set the
    // product's default.
    LETTERS_MADE_BY: 'coordinators',
    FIRST_OPENING_BY: 'owners',
    OPERATOR: 'Example Foundation, Tokyo',
    ...env,
  };
}

/**
 * Starts a server process of the product with the database at `databaseUrl`, and waits until it
 * responds.
 */
export async function startServer(
  databaseUrl: string,
  env: Record<string, string> = {},
  kind: ServerKind = 'npm start',
): Promise<RunningServer> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const [script, args] = commandOf(kind, port);
  // The standalone server has variables of its own; the build folder is fixed in it.
  const standalone = { HOSTNAME: '127.0.0.1', NEXT_DIST_DIR: undefined };
  const child = fork(script, args, {
    execArgv: [],
    silent: true,
    env: {
      ...serverEnvironment(databaseUrl, port, env),
      ...(kind === 'standalone' && standalone),
    } as NodeJS.ProcessEnv,
  });
  let errors = '';
  child.stdout!.resume();
  child.stderr!.on('data', (chunk) => (errors += chunk));
  await Promise.race([
    listening(child, kind, url),
    new Promise<never>((_, reject) =>
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${errors}`))),
    ),
  ]);
  return {
    url,
    process: child,
    errors: () => errors,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
