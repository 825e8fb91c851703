/**
 * `npm run bench`: the throughput of the two busiest endpoints, relative to baseline pages of the
 * same server, in one run. Rounds alternate, so that other load on the machine affects both
 * equally. Figures are requests per second.
 */
import autocannon from 'autocannon';
import { connect } from '@/lib/platform/db/client';
import { loadDemonstration } from '@/prisma/demonstration/load';
import { build } from '@/scripts/build';
import { startTestServer } from '@/tests/support/postgres';
import { startServer } from '@/tests/support/server';

const DIST_DIR = '.next-bench';
const ROUNDS = 5;
const SECONDS = 6;
const CONNECTIONS = 32;

process.env.UNDERSIGNED_BENCH = '1';
await build(DIST_DIR);
const postgres = await startTestServer();
const databaseUrl = await postgres.create('bench');
const db = connect(databaseUrl, 1);
await loadDemonstration(db);
await db.$executeRaw`CREATE TABLE bench (id bigserial PRIMARY KEY, body text NOT NULL)`;
// Mails are enqueued but not sent: the benchmark measures the sign-up, not the mailbox. Every
// sign-up comes from its own network and domain, so that limits are counted but never exceeded.
const server = await startServer(databaseUrl, {
  NEXT_DIST_DIR: DIST_DIR,
  MAIL_PER_SECOND: '0.001',
  RATE_LIMITS: 'on',
  CLIENT_ADDRESS: 'x-forwarded-for',
});

const sizeOf = async (path: string) =>
  (await (await fetch(server.url + path)).arrayBuffer()).byteLength;

/**
 * The baseline page with the same response size as the letter's; text occurs twice, as HTML and as
 * data.
 */
async function pageOfSameSize(path: string): Promise<string> {
  const wanted = await sizeOf(path);
  let filler = Math.round(wanted / 2);
  for (let tries = 0; tries < 5; tries += 1)
    filler += Math.round((wanted - (await sizeOf(`/en/bench/${filler}`))) / 2);
  return `/en/bench/${filler}`;
}

let counter = 0;
const signUp = () =>
  JSON.stringify({
    nameJa: '東京平和の会',
    reading: 'とうきょうへいわのかい',
    nameEn: `Organization ${(counter += 1)}`,
    website: 'https://example.org/',
    country: 'JP',
    representativeName: 'H',
    representativeRole: 'R',
    representativeEmail: `office@bench-${counter}.example`,
    visibility: 'named',
    mayEndorse: true,
    privacyConsent: true,
    language: 'en',
  });

async function rate(
  options: Partial<autocannon.Options> & { path: string },
  expected: number,
): Promise<number> {
  const { path, ...rest } = options;
  const result = await autocannon({
    url: server.url + path,
    connections: CONNECTIONS,
    duration: SECONDS,
    ...rest,
  });
  const right =
    Object.entries(result.statusCodeStats ?? {}).find(
      ([status]) => Number(status) === expected,
    )?.[1].count ?? 0;
  const all = result['1xx'] + result['2xx'] + result['3xx'] + result['4xx'] + result['5xx'];
  if (right !== all || result.errors > 0)
    throw new Error(
      `${path}: ${all - right} of ${all} answers were not ${expected}, ${result.errors} errors`,
    );
  return result.requests.average;
}

const post = (path: string): Partial<autocannon.Options> & { path: string } => ({
  path,
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      setupRequest: (request) => ({
        ...request,
        headers: {
          ...request.headers,
          'x-forwarded-for': `2001:${(counter >> 16).toString(16)}:${(counter & 0xffff).toString(16)}::1`,
        },
        body: signUp(),
      }),
    },
  ],
});

async function compare(
  what: string,
  tested: () => Promise<number>,
  least: () => Promise<number>,
): Promise<void> {
  await tested();
  await least(); // warm
  const ratios: number[] = [];
  const rates: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await db.rateLimit.deleteMany(); // shared budgets must not run out
    const pair: [number, number] = [await tested(), await least()];
    rates.push(pair);
    ratios.push(pair[0] / pair[1]);
  }
  const median = (values: number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
  const list = rates.map(([a, b]) => `${a.toFixed(0)}/${b.toFixed(0)}`).join(' ');
  process.stdout.write(
    `${what}: ${median(ratios).toFixed(2)} (median of ${ROUNDS}; requests/s each round ${list})\n`,
  );
}

const letter = '/en/letters/icc-japan-2025';
const trivial = await pageOfSameSize(letter);
process.stdout.write(
  `letter ${await sizeOf(letter)} bytes, trivial page ${await sizeOf(trivial)} bytes\n`,
);
await compare(
  'letter page / trivial cached page of the same size',
  () => rate({ path: letter }, 200),
  () => rate({ path: trivial }, 200),
);
await compare(
  'JSON sign-up / handler with one insert',
  () => rate(post('/api/letters/icc-japan-2025/endorsements'), 202),
  () => rate(post('/api/letters/bench/endorsements'), 202),
);
process.stdout.write(
  `endorsements written: ${(await db.endorsement.count()) - 25}, mails waiting: ${await db.mail.count()}\n`,
);

await server.stop();
await db.$disconnect();
await postgres.stop();
process.exit(0);
