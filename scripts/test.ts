/**
 * `npm test`: all checks, fastest first. Ends with a summary line over all suites, `N passed, N
 * failed`, and a matching exit code. Can run beside a running instance: it has its own build,
 * database server and ports.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TEST_DIST_DIR } from '@/tests/support/server';
import { build, generateClient, needsBuild, root } from './build';

const reports = mkdtempSync(path.join(tmpdir(), 'undersigned-reports-'));

interface Tally {
  passed: number;
  failed: number;
  /** Titles of failed tests. */
  failures?: string[];
}

const total = { passed: 0, failed: 0, failures: [] as string[] };

/** Isolates tests from the machine's environment variables. */
function cleanEnvironment(): Record<string, string | undefined> {
  const {
    DATABASE_URL: _d,
    APP_URL: _a,
    APP_SECRET: _s,
    RESEND_API_KEY: _r,
    SMTP_URL: _m,
    PORT: _p,
    HOST: _h,
    ...rest
  } = process.env;
  return { ...rest, NEXT_TELEMETRY_DISABLED: '1' };
}

function run(
  binary: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules', binary), ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...cleanEnvironment(), ...env } as NodeJS.ProcessEnv,
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function suite(what: string, work: () => Promise<Tally>): Promise<void> {
  process.stdout.write(`\n── ${what}\n`);
  const begun = performance.now();
  const tally = await work().catch((error: unknown) => {
    process.stdout.write(`${(error as Error).message}\n`);
    return { passed: 0, failed: 1 } as Tally;
  });
  total.passed += tally.passed;
  total.failed += tally.failed;
  const failures = tally.failures?.length ? tally.failures : ['see above'];
  if (tally.failed > 0) total.failures.push(...failures.map((title) => `${what}: ${title}`));
  process.stdout.write(
    `── ${what}: ${tally.passed} passed, ${tally.failed} failed, ${((performance.now() - begun) / 1000).toFixed(0)} s\n`,
  );
}

/** A check that passes or fails as a whole. */
const check = (binary: string, args: string[]) => async (): Promise<Tally> =>
  (await run(binary, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/**
 * Counts a runner's results; a runner that failed or ran nothing counts as at least one failure.
 */
function tallied(exitCode: number, passed: number, failed: number, failures: string[]): Tally {
  return {
    passed,
    failed: exitCode !== 0 || passed === 0 ? Math.max(failed, 1) : failed,
    failures,
  };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    /** Why the file failed as a whole. */
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Titles of failed tests, and names of files that failed as a whole, with the reason. */
const failuresIn = ({ testResults }: VitestReport): string[] =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length > 0) return failed.map(({ fullName }) => `${file}: ${fullName}`);
    return status === 'failed' ? [`${file}: ${message}`] : [];
  });

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: { title: string; file: string; line: number; ok: boolean }[];
}

const failedSpecs = ({ suites = [], specs }: PlaywrightSuite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line}: ${title}`),
  ...suites.flatMap(failedSpecs),
];

const vitest =
  (...projects: string[]) =>
  async (): Promise<Tally> => {
    const report = path.join(reports, `${projects.join('-')}.json`);
    const code = await run('vitest/vitest.mjs', [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const results = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
    return tallied(code, results.numPassedTests, results.numFailedTests, failuresIn(results));
  };

const browser = async (): Promise<Tally> => {
  const report = path.join(reports, 'browser.json');
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const { stats, suites } = JSON.parse(readFileSync(report, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number };
    suites: PlaywrightSuite[];
  };
  const failures = suites.flatMap(failedSpecs);
  return tallied(code, stats.expected, stats.unexpected + stats.flaky, failures);
};

generateClient();
// Each of these uses one core, so two at a time.
await Promise.all([
  suite('types', check('typescript/bin/tsc', ['--noEmit'])),
  suite('lint', check('eslint/bin/eslint.js', ['.', '--max-warnings=0'])).then(async () => {
    await suite(
      'structure',
      check('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        'app',
        'components',
        'lib',
        'emails',
        'scripts',
        'prisma',
        'proxy.ts',
        'instrumentation.ts',
      ]),
    );
    await suite('format', check('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']));
  }),
]);
await suite('unit', vitest('unit'));
await suite('integration', vitest('integration'));
// Those that compare times use one core and count its time only.
await Promise.all([
  suite('timed', vitest('timed')),
  suite('production build', async () => {
    if (needsBuild(TEST_DIST_DIR)) await build(TEST_DIST_DIR);
    return { passed: 1, failed: 0 };
  }),
]);
await suite('browser', browser);

rmSync(reports, { recursive: true, force: true });
// Again at the end, where a log that was cut off still has them.
for (const failure of total.failures) process.stdout.write(`\n✗ ${failure}`);
process.stdout.write(`\n\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
