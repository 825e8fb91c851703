/**
 * `npm run fuzz`: generated input for everything that reads what others send, in this process and
 * over HTTP. Nothing may throw, answer 5xx, show a stack or take long. Prints its seed, how many
 * cases each reader got at which rate, and for each failure how to run it again; exit 1 if there was
 * one. See docs/security.md for what a run has shown.
 *
 *     npm run fuzz -- --cases 950000 --requests 50000 --seed 1
 *     npm run fuzz -- --only websiteUrl --seed 1 --path 12:0:3    one failure again
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { TEST_SECRET } from '@/tests/support/secret';

Object.assign(process.env, {
  DATABASE_URL: 'postgresql://localhost/none',
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
  CLIENT_ADDRESS: 'x-forwarded-for',
});

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '950000' },
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
    path: { type: 'string' },
  },
});
const seed = Number(options.seed);
/** How long one case may take, in milliseconds; far more than any takes, for loaded machines. */
const LONGEST = 5_000;

const { readers } = await import('./readers');
const { overHttp } = await import('./requests');

const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${seed}, Node.js ${process.version}`);

let failures = 0;
let ran = 0;
const begun = performance.now();

const chosen = (await readers()).filter(({ name }) => !options.only || name === options.only);
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
for (const { name, input, read, share } of chosen) {
  const numRuns = Math.max(1, Math.round((Number(options.cases) * share) / shares));
  const start = performance.now();
  let longest = 0;
  const result = await fc.check(
    fc.asyncProperty(input, async (given) => {
      const from = performance.now();
      await read(given as never);
      const took = performance.now() - from;
      longest = Math.max(longest, took);
      if (took > LONGEST) throw new Error(`took ${Math.round(took)} ms`);
    }),
    { seed, numRuns, path: options.path },
  );
  ran += result.numRuns;
  const rate = result.numRuns / ((performance.now() - start) / 1_000);
  say(
    `${result.failed ? 'FAILED' : 'ok'}  ${name}: ${result.numRuns} cases, ${rate.toFixed(0)}/s, the longest ${longest.toFixed(0)} ms`,
  );
  if (!result.failed) continue;
  failures += 1;
  say(`  ${String(result.errorInstance)}`);
  say(`  ${fc.stringify(result.counterexample).slice(0, 1_000)}`);
  say(`  npm run fuzz -- --only '${name}' --seed ${seed} --path ${result.counterexamplePath}`);
}
say(`${ran} cases in this process in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);

if (!options.only && Number(options.requests) > 0) {
  const result = await overHttp(seed, Number(options.requests), say);
  ran += result.sent;
  failures += result.failures;
}
say(`${ran} cases, ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
