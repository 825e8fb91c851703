/**
 * Whether answers tell a stranger what is known of an address: signs up, asks for links to entries and
 * asks for sign-in links with addresses of every kind, in random order, and compares bytes and times.
 * New addresses come in two groups; how much these differ is what chance does.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { PrismaClient } from '@/lib/platform/db/generated/client';
import { anEndorsementIn } from '@/tests/support/factories';

/** An address of its kind that was not asked with before. */
type Addresses = Record<string, (n: number) => string>;

/** One thing to ask with an address. */
type Ask = (address: string) => Promise<Response>;

/** What of a response differs from one to the next by itself. */
const RANDOM = new Set(['date', 'x-request-id', 'set-cookie', 'content-security-policy', 'etag']);

async function bytesOf(response: Response, address: string): Promise<string> {
  const headers = [...response.headers].filter(([name]) => !RANDOM.has(name));
  // Their values are sealed, and when they expire is now and a term.
  const cookies = response.headers
    .getSetCookie()
    .map((cookie) => cookie.replace(/(^[^=]*=|expires=)[^;]*/gi, '$1'));
  const body = (await response.text())
    .replaceAll(address, 'ADDRESS')
    .replace(/nonce(?:="|\\":\\")[\w-]{22}/g, 'nonce');
  return JSON.stringify([response.status, headers, cookies, body]);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;

/** The z value of the Mann–Whitney test: beyond ±3.3, chance does it once in a thousand. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((ms) => ({ ms, first: 1 })), ...b.map((ms) => ({ ms, first: 0 }))].sort(
    (x, y) => x.ms - y.ms,
  );
  const ranks = all.reduce((sum, { first }, at) => sum + first * (at + 1), 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const spread = Math.sqrt((a.length * b.length * (all.length + 1)) / 12);
  return (u - (a.length * b.length) / 2) / spread;
}

/** Asks `tries` times, and prints what was found. */
async function compare(
  what: string,
  kinds: Addresses,
  ask: Ask,
  tries: number,
  say: (line: string) => void,
): Promise<void> {
  const names = Object.keys(kinds);
  const times = Object.fromEntries(names.map((name): [string, number[]] => [name, []]));
  const bytes = new Map<string, Set<string>>();
  for (let n = 0; n < tries; n += 1) {
    const kind = names[randomInt(names.length)]!;
    const address = kinds[kind]!(n);
    const begun = performance.now();
    const response = await ask(address);
    const answer = await bytesOf(response, address);
    times[kind]!.push(performance.now() - begun);
    bytes.set(answer, (bytes.get(answer) ?? new Set()).add(kind));
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  const [first, second] = [times['new']!, times['also new']!];
  const noise = Math.abs(median(first) - median(second));
  say(
    `${what}, ${tries} times: ${bytes.size === 1 ? 'the same bytes' : `${bytes.size} DIFFERENT ANSWERS: ${[...bytes].map(([answer, of]) => `${[...of].join('/')} ${answer.slice(0, 200)}`).join(' | ')}`}; medians of two groups of new addresses differ by ${noise.toFixed(2)} ms`,
  );
  for (const name of names.filter((kind) => kind !== 'new')) {
    const z = mannWhitney(times[name]!, first);
    const apart = median(times[name]!) - median(first);
    const told = Math.abs(z) > 3.3 && Math.abs(apart) > Math.max(0.2, 2 * noise);
    say(
      `  ${name}: ${times[name]!.length} tries, median ${median(times[name]!).toFixed(2)} ms, ${apart >= 0 ? '+' : ''}${apart.toFixed(2)} against new, z ${z.toFixed(1)}: ${told ? 'DIFFERS' : 'not told apart'}`,
    );
  }
}

/** Runs all comparisons against the server at `url`, whose rate limits must be off. */
export async function compareAnswers(
  db: PrismaClient,
  url: string,
  slug: string,
  tries: number,
  say: (line: string) => void,
): Promise<void> {
  const letter = await db.letter.findUniqueOrThrow({ where: { slug } });
  const mailbox = (kind: string) => `${kind}-${randomUUID().slice(0, 8)}@alike.example`;
  const known = Array.from({ length: 50 }, () => ({
    pending: mailbox('pending'),
    confirmed: mailbox('confirmed'),
    coordinator: mailbox('coordinator'),
    blocked: mailbox('blocked'),
  }));
  const { suppress } = await import('@/lib/platform/mail/suppression');
  for (const { pending, confirmed, coordinator, blocked } of known) {
    await anEndorsementIn(db, letter.id, { email: pending, state: 'submitted' });
    await anEndorsementIn(db, letter.id, { email: confirmed, state: 'approved' });
    await db.coordinator.create({ data: { email: coordinator } });
    await suppress(db, blocked, { reason: 'bounced', at: new Date() });
  }
  const oneOf = (kind: keyof (typeof known)[0]) => (n: number) => known[n % known.length]![kind];
  const fresh = { new: () => mailbox('new'), 'also new': () => mailbox('new') };
  const signUp: Ask = (representativeEmail) =>
    fetch(`${url}/api/letters/${slug}/endorsements`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        nameEn: 'Alike',
        website: 'example.org',
        country: 'JP',
        representativeName: 'A',
        representativeRole: 'A',
        representativeEmail,
        visibility: 'named',
        mayEndorse: true,
        privacyConsent: true,
        language: 'en',
      }),
    });
  /** Sends the form of a page as a browser without scripts does. */
  const submit = async (path: string): Promise<Ask> => {
    const page = await (await fetch(url + path)).text();
    const form = /<form[^>]*>(?:(?!<\/form>).)*name="email".*?<\/form>/s.exec(page)![0];
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)];
    return (address) => {
      const body = new FormData();
      for (const [, name = '', value = ''] of hidden)
        body.set(name, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
      body.set('email', address);
      return fetch(url + path, {
        method: 'POST',
        body,
        headers: { Origin: url },
        redirect: 'manual',
      });
    };
  };
  const ofEntries = {
    ...fresh,
    pending: oneOf('pending'),
    confirmed: oneOf('confirmed'),
    blocked: oneOf('blocked'),
  };
  await compare('signing up', ofEntries, signUp, tries, say);
  await compare('asking for links to entries', ofEntries, await submit('/en/entry'), tries, say);
  await compare(
    'asking for a sign-in link',
    { ...fresh, coordinator: oneOf('coordinator'), blocked: oneOf('blocked') },
    await submit('/en/admin/sign-in'),
    tries,
    say,
  );
}
