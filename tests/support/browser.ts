import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/** Disables Chromium's own requests, whose failures would fill the log in a closed network. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/**
 * How to launch a browser without a download: on Linux, Chromium from an npm package that includes
 * its system libraries; elsewhere, the installed Chrome. `BROWSER_PATH` overrides it.
 */
export async function browserLaunch(): Promise<LaunchOptions> {
  if (process.env.BROWSER_PATH)
    return { executablePath: process.env.BROWSER_PATH, args: ['--no-sandbox', ...QUIET] };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { channel: 'chrome', args: QUIET };
  // The package unpacks its libraries only if it detects AWS Lambda, where they are missing, too.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  return {
    executablePath,
    args: ['--no-sandbox', ...QUIET],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, path.join(tmpdir(), 'al2023', 'lib')]
        .filter(Boolean)
        .join(':'),
    },
  };
}
