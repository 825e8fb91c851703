/**
 * The throughput of the two busiest endpoints, relative to what this server does at the least, in
 * one run. Rounds alternate, so that other load on the machine affects both equally.
 */
import { DEMONSTRATION, startInstance, type Instance } from './instance';
import { load, signUps } from './requests';
import { quantile, type Row } from './table';

// Many short ones: what else the machine does lasts for seconds.
const ROUNDS = 15;
const SECONDS = 2;

const rate = async (options: Parameters<typeof load>[0], expected: number): Promise<number> =>
  (await load({ duration: SECONDS, ...options }, expected)).requests.average;

/**
 * The page for comparison with the same response size as `path`; its text occurs twice, as HTML and
 * as data.
 */
async function pageOfSameSize(url: string, path: string): Promise<string> {
  const sizeOf = async (page: string) => (await (await fetch(url + page)).arrayBuffer()).byteLength;
  const wanted = await sizeOf(path);
  let filler = Math.round(wanted / 2);
  for (let tries = 0; tries < 5; tries += 1)
    filler += Math.round((wanted - (await sizeOf(`/en/bench/${filler}`))) / 2);
  return `/en/bench/${filler}`;
}

async function compare(
  { db }: Instance,
  what: string,
  goal: number,
  tested: () => Promise<number>,
  least: () => Promise<number>,
): Promise<Row> {
  await tested();
  await least(); // warm
  const rates: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await db.rateLimit.deleteMany(); // shared budgets must not run out
    rates.push([await tested(), await least()]);
  }
  const ratio = quantile(
    rates.map(([a, b]) => a / b),
    0.5,
  );
  const list = rates.map(([a, b]) => `${a.toFixed(0)}/${b.toFixed(0)}`).join(' ');
  return {
    what,
    measured: `${ratio.toFixed(2)} (median of ${ROUNDS}; requests/s ${list})`,
    goal: `≥ ${goal}`,
    holds: ratio >= goal,
  };
}

/** The letter page and the sign-up. */
export async function* ratios(): AsyncGenerator<Row> {
  const instance = await startInstance('ratios');
  const { url } = instance;
  const letter = `/en/letters/${DEMONSTRATION}`;
  const trivial = await pageOfSameSize(url, letter);
  try {
    yield await compare(
      instance,
      'letter page / trivial cached page of its size',
      0.95,
      () => rate({ url: url + letter }, 200),
      () => rate({ url: url + trivial }, 200),
    );
    yield await compare(
      instance,
      'sign-up / handler with one insert',
      0.7,
      () => rate(signUps(`${url}/api/letters/${DEMONSTRATION}/endorsements`), 202),
      () => rate(signUps(`${url}/api/letters/bench/endorsements`), 202),
    );
  } finally {
    await instance.stop();
  }
}
