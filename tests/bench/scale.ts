/** What a letter with 100,000 signatories costs beside one with 25, on the same server in turns. */
import { hashToken, newToken } from '@/lib/platform/tokens';
import { DEMONSTRATION_COORDINATOR } from '@/prisma/demonstration/load';
import { aLetterIn, manySignatories } from '@/tests/support/factories';
import { startInstance, type Instance } from './instance';
import { ms, quantile, type Row } from './table';

const FEW = 25;
const MANY = 100_000;
const ROUNDS = 40;
const ROUNDS_REVIEW = 120;

/** Milliseconds until a page has arrived; anything but 200 fails the benchmark. */
async function timeOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { headers, redirect: 'manual' });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  return performance.now() - began;
}

/** The median times of addresses, each asked for in turn, after the page cache was emptied. */
async function medians(instance: Instance, paths: string[]): Promise<number[]> {
  const times = paths.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [n, path] of paths.entries()) {
      await timeOf(`${instance.url}/api/letters/bench/emptied`);
      const time = await timeOf(instance.url + path);
      if (round >= 5) times[n]!.push(time); // after the code is warm
    }
  return times.map((each) => quantile(each, 0.5));
}

async function ratioRow(
  instance: Instance,
  what: string,
  [few, many]: [string, string],
  goal: number,
): Promise<Row> {
  const [a, b] = (await medians(instance, [few, many])) as [number, number];
  const ratio = b / a;
  return {
    what,
    measured: `${ms(a)} and ${ms(b)}: ${ratio.toFixed(2)} ×`,
    goal: `≤ ${goal} ×`,
    holds: ratio <= goal,
  };
}

async function session({ db }: Instance): Promise<string> {
  const token = newToken();
  await db.session.create({
    data: {
      tokenHash: hashToken(token),
      expiresAt: new Date(Date.now() + 3_600_000),
      coordinator: { connect: { email: DEMONSTRATION_COORDINATOR } },
    },
  });
  return `next-auth.session-token=${token}`;
}

/** A coordinator's page: all but one of a hundred answers in `limit` milliseconds. */
async function quickRow(
  instance: Instance,
  cookie: string,
  what: string,
  path: string,
  limit: number,
): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS_REVIEW; round += 1) {
    const time = await timeOf(instance.url + path, { Cookie: cookie });
    if (round >= 10) times.push(time);
  }
  const p99 = quantile(times, 0.99);
  return {
    what,
    measured: `median ${ms(quantile(times, 0.5))}, p99 ${ms(p99)}`,
    goal: `p99 ≤ ${limit} ms`,
    holds: p99 <= limit,
  };
}

/** Public pages, the API and the review. */
export async function* scale(): AsyncGenerator<Row> {
  const instance = await startInstance('scale');
  try {
    yield* rowsAt(instance);
  } finally {
    await instance.stop();
  }
}

async function* rowsAt(instance: Instance): AsyncGenerator<Row> {
  const { db } = instance;
  const few = await aLetterIn(db, { slug: 'few' });
  const many = await aLetterIn(db, { slug: 'many' });
  await manySignatories(db, few, FEW);
  await manySignatories(db, many, MANY);
  const { id: coordinatorId } = await db.coordinator.findUniqueOrThrow({
    where: { email: DEMONSTRATION_COORDINATOR },
  });
  await db.letterRole.create({ data: { letterId: many.id, coordinatorId, role: 'owner' } });
  await db.$executeRawUnsafe('ANALYZE');
  const both = (path: (slug: string) => string): [string, string] => [path('few'), path('many')];

  yield await ratioRow(
    instance,
    'GET /api/letters/{slug}',
    both((slug) => `/api/letters/${slug}`),
    1.3,
  );
  yield await ratioRow(
    instance,
    'first 25 of …/signatories',
    both((slug) => `/api/letters/${slug}/signatories?limit=${FEW}`),
    1.3,
  );
  yield await ratioRow(
    instance,
    'letter page, not cached',
    both((slug) => `/en/letters/${slug}`),
    1.3,
  );
  yield await ratioRow(
    instance,
    'page 300 of the list beside page 2, not cached',
    ['/en/letters/many/signatories/2', '/en/letters/many/signatories/300'],
    1.3,
  );
  yield await ratioRow(
    instance,
    'public search',
    both((slug) => `/en/letters/${slug}/signatories/search?q=Organization+7`),
    2,
  );

  const cookie = await session(instance);
  const review = '/en/admin/letters/many/review';
  for (const [what, path, limit] of [
    ['review: approved entries, first page', `${review}?state=approved`, 100],
    ['review: approved entries, page 1,000', `${review}?state=approved&page=1000`, 100],
    ['review: search for 777', `${review}?state=approved&q=777`, 100],
    ['list settings with preview', '/en/admin/letters/many/signatories', 200],
  ] as const)
    yield await quickRow(instance, cookie, what, path, limit);
}
