import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/** Chromium must not look anything up by itself: a closed network would fill the log with its failures. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * How to start a browser on this machine without a download: on Linux the Chromium that an npm package carries, with the
 * system libraries that it carries, too; elsewhere the installed Chrome. `BROWSER_PATH` names another.
 */
export async function browserLaunch(): Promise<LaunchOptions> {
  if (process.env.BROWSER_PATH)
    return { executablePath: process.env.BROWSER_PATH, args: ['--no-sandbox', ...QUIET] };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { channel: 'chrome', args: QUIET };
  // The package unpacks its libraries only where it believes to be in a Lambda function, which lacks them as well.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  return {
    executablePath,
    args: ['--no-sandbox', '--no-zygote', ...QUIET],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, path.join(tmpdir(), 'al2023', 'lib')]
        .filter(Boolean)
        .join(':'),
    },
  };
}
