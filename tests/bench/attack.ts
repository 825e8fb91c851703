/**
 * `npm run bench:attack`: the effect of 5,000 malicious inputs of 64 kB on readers of the letter's
 * page, as the ratio of its p99 latency under attack to that without, in one run. Goal: at most 2.
 * Then whether answers tell what is known of an address (alike.ts), by `--tries 10000` of each kind of
 * request; `--alike` does only that.
 */
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { connect } from '@/lib/platform/db/client';
import { loadDemonstration } from '@/prisma/demonstration/load';
import { build, needsBuild } from '@/scripts/build';
import { startTestServer } from '@/tests/support/postgres';
import { TEST_SECRET } from '@/tests/support/secret';
import { startServer, TEST_DIST_DIR } from '@/tests/support/server';
import { compareAnswers } from './alike';

const INPUTS = 5_000;
const AT_ONCE = 4;
const READS_PER_SECOND = 50;
const BYTES = 64_000;
const LETTER = '/en/letters/icc-japan-2025';

const { values: options } = parseArgs({
  options: { alike: { type: 'boolean' }, tries: { type: 'string', default: '10000' } },
});

if (needsBuild(TEST_DIST_DIR)) await build(TEST_DIST_DIR);
const postgres = await startTestServer();
const databaseUrl = await postgres.create('attack');
const db = connect(databaseUrl, 1);
await loadDemonstration(db);
const server = await startServer(databaseUrl, {
  RATE_LIMITS: 'on',
  CLIENT_ADDRESS: 'x-forwarded-for',
  MAIL_PER_SECOND: '4',
});

const fill = (text: string) =>
  text.repeat(Math.ceil(BYTES / Buffer.byteLength(text))).slice(0, BYTES);
const TEXTS = [
  `a${'\u0301'.repeat(9_000)}${'\u0323'.repeat(9_000)}`,
  fill('ﷺ').slice(0, 20_000),
  fill('a@'),
  fill('[a]('),
  fill(' '),
  fill('漢').slice(0, 20_000),
  fill('{"a":'),
  fill('\r\n'),
];
const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: server.url },
});
const signUp = (text: string) => ({
  nameJa: text,
  reading: text,
  nameEn: text,
  website: text,
  country: 'JP',
  representativeName: text,
  representativeRole: text,
  representativeEmail: text,
  visibility: 'named',
  mayEndorse: true,
  privacyConsent: true,
  language: 'en',
});

/** Malicious requests one after the other, to every public endpoint. */
const KINDS: ((text: string) => Promise<Response>)[] = [
  (text) =>
    fetch(`${server.url}/api/letters/icc-japan-2025/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...signUp('x'), nameEn: text.slice(0, 10_000) }),
    }),
  (text) =>
    fetch(`${server.url}/api/letters/icc-japan-2025/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: text,
    }),
  (text) => fetch(`${server.url}${LETTER}/endorse`, { method: 'POST', ...form({ nameEn: text }) }),
  (text) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(signUp(text.slice(0, 8_000))))
      body.set(name, String(value));
    body.set('$ACTION_REF_1', '');
    body.set('$ACTION_1:0', text.slice(0, 1_000));
    return fetch(`${server.url}${LETTER}/endorse`, {
      method: 'POST',
      body,
      headers: { Origin: server.url },
    });
  },
  (text) => fetch(`${server.url}/en/admin/sign-in`, { method: 'POST', ...form({ email: text }) }),
  (text) =>
    fetch(`${server.url}/api/auth/callback/email`, { method: 'POST', ...form({ token: text }) }),
  (text) =>
    fetch(
      `${server.url}${LETTER}/signatories/search?q=${encodeURIComponent(text)
        .slice(0, 8_000)
        .replace(/%[^%]?$/, '')}`,
    ),
  (text) =>
    fetch(
      `${server.url}/en/confirm/${encodeURIComponent(text)
        .slice(0, 4_000)
        .replace(/%[^%]?$/, '')}`,
    ),
  (text) =>
    fetch(
      `${server.url}/api/letters/icc-japan-2025/signatories?cursor=${encodeURIComponent(text)
        .slice(0, 4_000)
        .replace(/%[^%]?$/, '')}`,
    ),
];

const statuses: Record<string, number> = {};
async function attack(): Promise<void> {
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < INPUTS; n = next++) {
      const answer = await KINDS[n % KINDS.length]!(TEXTS[n % TEXTS.length]!).then(
        async (response) => (await response.arrayBuffer(), String(response.status)),
        () => 'closed',
      );
      statuses[answer] = (statuses[answer] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/**
 * The p99 latency of the letter's page in milliseconds, at a steady request rate while `during`
 * runs.
 */
async function p99(during: () => Promise<void>): Promise<number> {
  const reading = autocannon({
    url: server.url + LETTER,
    connections: 10,
    overallRate: READS_PER_SECOND,
    duration: 600,
  });
  await during();
  (reading as unknown as { stop(): void }).stop();
  const { latency, errors, non2xx } = await reading;
  if (errors > 0 || non2xx > 0)
    throw new Error(`${errors} errors and ${non2xx} refusals for readers`);
  return latency.p99;
}

const seconds = (count: number) => () =>
  new Promise<void>((resolve) => setTimeout(resolve, count * 1_000));
async function attackReaders(): Promise<void> {
  await p99(seconds(5)); // warm
  const usual = await p99(seconds(20));
  const begun = performance.now();
  const attacked = await p99(attack);
  const took = (performance.now() - begun) / 1_000;
  process.stdout.write(
    `answers to ${INPUTS} hostile inputs in ${took.toFixed(0)} s: ${JSON.stringify(statuses)}\n`,
  );
  process.stdout.write(
    `letter page p99 under attack / usual: ${(attacked / usual).toFixed(2)} (${attacked} ms / ${usual} ms; goal at most 2)\n`,
  );
}
if (!options.alike) await attackReaders();

// The factories hash and seal as the server does, which has an environment of its own.
Object.assign(process.env, {
  DATABASE_URL: databaseUrl,
  APP_URL: 'http://localhost:3000',
  APP_SECRET: TEST_SECRET,
  MAIL_TRANSPORT: 'mailbox',
});
const unlimited = await startServer(databaseUrl, { MAIL_PER_SECOND: '0.001' });
await compareAnswers(db, unlimited.url, 'icc-japan-2025', Number(options.tries), (line) =>
  process.stdout.write(`${line}\n`),
);
await unlimited.stop();
await server.stop();
await db.$disconnect();
await postgres.stop();
process.exit(0);
