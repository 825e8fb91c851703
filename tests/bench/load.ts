/**
 * Whether the product keeps up with given rates of sign-ups, confirmations and readers, by itself and
 * behind the cache of deploy/nginx.conf.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { unseal } from '@/lib/platform/tokens';
import { aLetterIn, anEndorsementIn } from '@/tests/support/factories';
import { missingForNginx, NAME, startNginx } from '@/tests/support/nginx';
import { TEST_SECRET } from '@/tests/support/secret';
import { DEMONSTRATION, startInstance, type Instance } from './instance';
import { aNetwork, load, signUps } from './requests';
import { ms, quantile, type Row } from './table';

const LETTER = `/en/letters/${DEMONSTRATION}`;
const SIGN_UPS = `/api/letters/${DEMONSTRATION}/endorsements`;

/** Counters of what all sign-ups share go back to zero, so that they never run out during `work`. */
async function withoutSharedLimits<T>({ db }: Instance, work: Promise<T>): Promise<T> {
  let over = false;
  const clear = async () => {
    while (!over) {
      await db.$executeRaw`DELETE FROM rate_limit WHERE key LIKE 'signUpLetter:%' OR key LIKE 'signUpInstance:%'`;
      await Promise.race([wait(5_000), work.catch(() => undefined)]);
    }
  };
  const clearing = clear();
  try {
    return await work;
  } finally {
    over = true;
    await clearing;
  }
}

const atRate = (
  what: string,
  perSecond: number,
  limit: number,
  { requests, latency }: Awaited<ReturnType<typeof load>>,
): Row => ({
  what,
  measured: `${requests.average.toFixed(0)}/s, p99 ${ms(latency.p99)}, no error`,
  goal: `${perSecond}/s, p99 ≤ ${limit} ms`,
  holds: requests.average >= 0.98 * perSecond && latency.p99 <= limit,
});

async function sustainedSignUps(instance: Instance, seconds: number): Promise<Row> {
  const work = load(
    { ...signUps(instance.url + SIGN_UPS), overallRate: 300, duration: seconds },
    202,
  );
  const result = await withoutSharedLimits(instance, work);
  return atRate(`sign-ups for ${seconds} s`, 300, 250, result);
}

/** The hidden fields of the button on the page behind a link in a mail. */
async function hiddenFields(url: string): Promise<Record<string, string>> {
  const html = await (await fetch(url)).text();
  const form = /<main[\s\S]*?<form[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
  const inputs = form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(
    inputs.map((input) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]),
  );
}

/** Confirms what was signed up before; each by the link in its mail. */
async function confirmations({ db, url }: Instance, seconds: number): Promise<Row> {
  const mails = await db.mail.findMany({
    where: { kind: 'confirm', sealedToken: { not: null } },
    select: { sealedToken: true },
    take: 300 * seconds + 1_000,
  });
  const tokens = mails.map(({ sealedToken }) => unseal(sealedToken!, TEST_SECRET));
  const fields = await hiddenFields(`${url}/en/confirm/${tokens.pop()}`);
  const boundary = 'bench';
  let counter = 0;
  const result = await load(
    {
      url,
      amount: Math.min(tokens.length, 300 * seconds),
      overallRate: 300,
      requests: [
        {
          method: 'POST',
          setupRequest: (request) => {
            const token = tokens[counter++ % tokens.length]!;
            const parts = Object.entries({ ...fields, token }).map(
              ([name, value]) =>
                `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
            );
            return {
              ...request,
              path: `/en/confirm/${token}`,
              headers: {
                'content-type': `multipart/form-data; boundary=${boundary}`,
                origin: url,
                'x-forwarded-for': aNetwork(counter),
              },
              body: `${parts.join('')}--${boundary}--\r\n`,
            };
          },
        },
      ],
    },
    303,
  );
  const confirmed = await db.endorsement.count({ where: { state: 'verified' } });
  const row = atRate(`confirmations of ${counter} sign-ups`, 300, 150, result);
  return { ...row, holds: row.holds && confirmed >= counter * 0.99 };
}

/** How many of 200 letters' cached pages one change of one letter makes anew. */
async function invalidation({ db, url }: Instance): Promise<Row> {
  const slugs = Array.from({ length: 200 }, (_, n) => `cached-${n}`);
  for (const slug of slugs) await aLetterIn(db, { slug });
  const isHit = async (slug: string) =>
    (await fetch(`${url}/en/letters/${slug}`)).headers.get('x-nextjs-cache') === 'HIT';
  const hits = async () => {
    let count = 0;
    for (const slug of slugs) if (await isHit(slug)) count += 1;
    return count;
  };
  await wait(4_000); // until the server has seen the last of them
  await hits();
  const before = await hits();
  await db.letter.update({
    where: { slug: slugs[0]! },
    data: { publicVersion: { increment: 1 } },
  });
  await wait(4_000);
  const anew = before - (await hits());
  return {
    what: 'pages of 200 letters made anew after one approval',
    measured: `${anew} of ${before}`,
    goal: '1',
    holds: before === 200 && anew === 1,
  };
}

async function* behindNginx(instance: Instance, seconds: number): AsyncGenerator<Row> {
  const missing = missingForNginx();
  if (missing) {
    yield { what: 'behind nginx', measured: `not measured: no ${missing} here`, goal: '' };
    return;
  }
  const { db } = instance;
  // The sender's own entry is the one before nginx's.
  const server = await instance.another({
    APP_URL: `https://${NAME}`,
    CLIENT_ADDRESS: 'x-forwarded-for:2',
  });
  const nginx = await startNginx(new URL(server.url).host.replace('localhost', '127.0.0.1'));
  const site = { headers: { host: NAME }, servername: NAME };
  const page = await nginx.ask(LETTER);
  nginx.serve('page.html', page.text);
  const ratios: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const read = async (path: string) =>
      (await load({ ...site, url: nginx.url + path, duration: 2 }, 200)).requests.average;
    ratios.push((await read(LETTER)) / (await read('/copy/page.html')));
  }
  const ratio = quantile(ratios, 0.5);
  yield {
    what: 'letter page behind nginx / nginx with the same bytes',
    measured: ratio.toFixed(2),
    goal: '≥ 0.95',
    holds: ratio >= 0.95,
  };

  const reads = load(
    { ...site, url: nginx.url + LETTER, overallRate: 3_000, duration: seconds },
    200,
  );
  const writes = load(
    {
      ...site,
      ...signUps(nginx.url + SIGN_UPS, site.headers),
      overallRate: 150,
      duration: seconds,
    },
    202,
  );
  const delays = freshness(db, nginx, seconds);
  const [read, written] = await withoutSharedLimits(instance, Promise.all([reads, writes]));
  const oldest = quantile(await delays, 1);
  await nginx.stop();
  await server.stop();
  yield atRate(`sign-ups, with 3,000 reads/s, for ${seconds} s`, 150, 250, written);
  yield atRate('reads meanwhile', 3_000, 250, read);
  yield {
    what: 'an approval visible behind nginx meanwhile',
    measured: `after ${ms(oldest)} at the most`,
    goal: '≤ 5 s',
    holds: oldest <= 5_000,
  };
}

/** Milliseconds until each of several public changes could be read. */
async function freshness(
  db: Instance['db'],
  nginx: Awaited<ReturnType<typeof startNginx>>,
  seconds: number,
): Promise<number[]> {
  const delays: number[] = [];
  const end = performance.now() + seconds * 1_000 - 8_000;
  for (let n = 0; performance.now() < end; n += 1) {
    const nameEn = `Approved meanwhile ${n}`;
    const { id } = await db.letter.findUniqueOrThrow({ where: { slug: DEMONSTRATION } });
    await anEndorsementIn(db, id, { nameJa: null, nameEn, state: 'approved' });
    await db.letter.update({ where: { id }, data: { publicVersion: { increment: 1 } } });
    const began = performance.now();
    while (!(await nginx.ask(LETTER)).text.includes(nameEn)) await wait(50);
    delays.push(performance.now() - began);
  }
  return delays;
}

/** @param seconds how long rates are kept up; 300 for the goals */
export async function* underLoad(seconds: number): AsyncGenerator<Row> {
  const instance = await startInstance('load');
  try {
    yield await sustainedSignUps(instance, seconds);
    yield await confirmations(instance, Math.min(seconds, 60));
    yield await invalidation(instance);
    yield* behindNginx(instance, Math.min(seconds, 60));
  } finally {
    await instance.stop();
  }
}
