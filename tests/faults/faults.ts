/**
 * `npm run test:faults`: what becomes of the product under faults, each beside its goal. With names
 * (`npm run test:faults -- provider migration`) only those; `--seed N` repeats a run. Exits with 1 if a
 * row falls short. docs/reliability.md says how, and what the figures mean.
 */
import { cpus, platform, release, totalmem } from 'node:os';
import { build, generateClient, needsBuild } from '@/scripts/build';
import { TEST_SECRET } from '@/tests/support/secret';
import { TEST_DIST_DIR } from '@/tests/support/server';
import { chanceFrom, type Finding } from './row';

// What is loaded of the product here hashes and seals as the servers do; they have an environment of
// their own.
Object.assign(process.env, {
  DATABASE_URL: 'postgresql://localhost/none',
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
  RESEND_API_KEY: '',
  SMTP_URL: '',
});

const ROWS = await (async () => {
  generateClient();
  return (await import('./rows')).ROWS;
})();

const args = process.argv.slice(2);
const seedAt = args.indexOf('--seed');
const [, given] = seedAt < 0 ? [] : args.splice(seedAt, 2);
const seed = given === undefined ? Date.now() % 1_000_000 : Number(given);
const unknown = args.filter((name) => !ROWS.some((row) => row.name === name));
if (unknown.length > 0 || !Number.isInteger(seed)) {
  process.stderr.write(
    `Usage: npm run test:faults [-- [--seed N] ${ROWS.map(({ name }) => `[${name}]`).join(' ')}]\n`,
  );
  process.exit(2);
}
const chosen = ROWS.filter(({ name }) => args.length === 0 || args.includes(name));

if (needsBuild(TEST_DIST_DIR)) await build(TEST_DIST_DIR);
const [{ model } = { model: 'unknown' }] = cpus();
process.stdout.write(
  `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()} ${release()}, Node.js ${process.versions.node}, fsync on; seed ${seed}\n\n`,
);

const SAID = { true: 'holds', false: 'FALLS SHORT', null: 'not measured' };
const results: Finding[] = [];
for (const row of chosen) {
  const begun = performance.now();
  const result = await row.run(chanceFrom(seed)).catch((error: Error): Finding => ({
    holds: false,
    measured: 'it could not be carried out to the end',
    shortfalls: [error.stack ?? error.message],
  }));
  results.push(result);
  process.stdout.write(
    [
      `${row.name}: ${SAID[`${result.holds}`]} (${((performance.now() - begun) / 1_000).toFixed(0)} s)`,
      `  fault     ${row.fault}`,
      `  goal      ${row.goal}`,
      `  measured  ${result.measured}`,
      ...result.shortfalls.slice(0, 10).map((line) => `  ✗ ${line}`),
      ...(result.shortfalls.length > 10 ? [`  ✗ … ${result.shortfalls.length - 10} more`] : []),
      '\n',
    ].join('\n'),
  );
}
const short = chosen.filter((_row, at) => results[at]!.holds === false);
const skipped = chosen.filter((_row, at) => results[at]!.holds === null);
process.stdout.write(
  `${chosen.length - short.length - skipped.length} of ${chosen.length} rows hold` +
    (short.length > 0 ? `; short of their goal: ${short.map(({ name }) => name).join(', ')}` : '') +
    (skipped.length > 0 ? `; not measured: ${skipped.map(({ name }) => name).join(', ')}` : '') +
    '\n',
);
process.exit(short.length > 0 ? 1 : 0);
