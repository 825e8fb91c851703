/** Generated requests to every page, API route and Server Action of the test build. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { connect } from '@/lib/platform/db/client';
import { hashToken, newToken } from '@/lib/platform/tokens';
import { DEMONSTRATION_COORDINATOR, loadDemonstration } from '@/prisma/demonstration/load';
import { build, needsBuild } from '@/scripts/build';
import { startTestServer } from '@/tests/support/postgres';
import { rawRequest, sendRaw } from '@/tests/support/raw-http';
import { startServer, TEST_DIST_DIR } from '@/tests/support/server';
import { actionsOf, wrongRequests, type Action } from '@/tests/support/wrong-requests';
import { text } from './texts';

const LETTER = 'icc-japan-2025';
const AT_ONCE = 8;
const BATCH = 500;

const manifest = (file: string): unknown =>
  JSON.parse(readFileSync(`${TEST_DIST_DIR}/${file}`, 'utf8'));

/** The parts of a request that are generated; who asks is known only when it is sent. */
interface Generated {
  method: string;
  target: string;
  headers: [string, string][];
  body: Buffer;
  signedIn: boolean;
}

const encoded = text.map((typed) =>
  // By way of bytes, since a lone surrogate has no encoding.
  encodeURIComponent(Buffer.from(typed).toString()).slice(0, 3_000).replace(/%.?$/, ''),
);
/** Mostly what leads further in. */
const SEGMENTS: Record<string, fc.Arbitrary<string>> = {
  slug: fc.constantFrom(LETTER, LETTER, LETTER, 'none'),
  locale: fc.constantFrom('en', 'ja', 'en', 'ja', 'fr'),
  number: fc.constantFrom('1', '1', '0', '99'),
  page: fc.constantFrom('2', 'added-2', 'search', '0'),
};
const pathOf = (route: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...route.split('/').map((segment) => {
        const name = /^\[(?:\.\.\.)?(\w+)\]$/.exec(segment)?.[1];
        if (!name) return fc.constant(segment);
        const usual = SEGMENTS[name] ?? fc.constant('A'.repeat(43));
        return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: encoded });
      }),
    )
    .map((segments) => segments.join('/') || '/');

const QUERY =
  'q cursor limit page language list token email id entry view notice at returnTo state country'.split(
    ' ',
  );
const query = fc
  .array(fc.tuple(fc.constantFrom(...QUERY), encoded), { maxLength: 3 })
  .map((pairs) => (pairs.length ? `?${pairs.map((pair) => pair.join('=')).join('&')}` : ''));

const FIELDS =
  'locale slug token email id version step reason note name nameJa nameEn reading website country representativeName representativeRole representativeEmail visibility mayEndorse privacyConsent language category title body label closesAt timeZone seen entries kind people role person texts preview rows'.split(
    ' ',
  );
const typed = fc.array(fc.tuple(fc.constantFrom(...FIELDS), text), { maxLength: 12 });

const BOUNDARY = 'aBoundary';
const MULTIPART: [string, string] = ['Content-Type', `multipart/form-data; boundary=${BOUNDARY}`];
const multipart = (fields: [string, string][]) =>
  Buffer.from(
    `${fields.map(([name, said]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${said}\r\n`).join('')}--${BOUNDARY}--\r\n`,
  );

/** A form of ours for an action, with or without scripts, with generated fields. */
const formFor = (action: Action) =>
  fc.tuple(typed, fc.boolean(), fc.constantFrom('en', 'ja')).map(([fields, scripts, locale]) => {
    const known: [string, string][] = [['locale', locale], ['slug', LETTER], ...fields];
    const takesState = action.id.startsWith('60');
    if (scripts)
      return {
        headers: [MULTIPART, ['Next-Action', action.id]] as [string, string][],
        body: multipart([
          ...known.map(([name, said]): [string, string] => [`_1_${name}`, said]),
          ['0', takesState ? '[{},"$K1"]' : '["$K1"]'],
        ]),
      };
    const hidden: [string, string][] = takesState
      ? [
          ['$ACTION_REF_1', ''],
          ['$ACTION_1:0', JSON.stringify({ id: action.id, bound: '$@1' })],
          ['$ACTION_1:1', '[{}]'],
          ['$ACTION_KEY', 'k'],
        ]
      : [[`$ACTION_ID_${action.id}`, '']];
    return { headers: [MULTIPART] as [string, string][], body: multipart([...hidden, ...known]) };
  });

const HEADERS: [string, string][] = [
  ['Accept-Language', 'ja,en;q=0.5'],
  ['RSC', '1'],
  ['If-None-Match', '"x"'],
  ['Range', 'bytes=0-1'],
  ['X-Forwarded-For', '192.0.2.1, x'],
  ['Cookie', 'NEXT_LOCALE=%'],
  ['Content-Encoding', 'gzip'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Authorization', 'Bearer x'],
];

function requestTo(routes: string[], actions: Action[]): fc.Arbitrary<Generated> {
  const signedIn = fc.boolean();
  const odd = fc.subarray(HEADERS, { maxLength: 2 });
  const get = fc.constantFrom(...routes).chain((route) =>
    fc.record({
      method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'),
      target: fc.tuple(pathOf(route), query).map((parts) => parts.join('')),
      headers: odd,
      body: fc.constant(Buffer.alloc(0)),
      signedIn,
    }),
  );
  const json = fc
    .constantFrom(...routes.filter((route) => route.startsWith('/api/')))
    .chain((route) =>
      fc
        .tuple(
          pathOf(route),
          fc.oneof(typed.map(Object.fromEntries), fc.jsonValue()),
          odd,
          signedIn,
        )
        .map(([target, said, headers, known]) => ({
          method: 'POST',
          target,
          headers: [['Content-Type', 'application/json'], ...headers] as [string, string][],
          body: Buffer.from(JSON.stringify(said)),
          signedIn: known,
        })),
    );
  const action = fc.constantFrom(...actions).chain((called) =>
    fc.tuple(formFor(called), signedIn).map(([{ headers, body }, known]) => ({
      method: 'POST',
      target: called.page,
      headers,
      body,
      signedIn: known,
    })),
  );
  return fc.oneof(
    { weight: 4, arbitrary: get },
    { weight: 2, arbitrary: json },
    { weight: 4, arbitrary: action },
  );
}

/** 503 is right where files are made, while others are being made; nowhere else. */
const mayBeBusy = (target: string) => /\/letter\.(?:pdf|docx)/.test(target);

/** Sends `count` requests to a server of its own, and says what was wrong with the answers. */
export async function overHttp(
  seed: number,
  count: number,
  say: (line: string) => void,
): Promise<{ sent: number; failures: number }> {
  if (needsBuild(TEST_DIST_DIR)) await build(TEST_DIST_DIR);
  const routes = Object.values(manifest('app-path-routes-manifest.json') as Record<string, string>);
  const actions = actionsOf(manifest('server/server-reference-manifest.json') as never);
  const postgres = await startTestServer();
  const databaseUrl = await postgres.create('fuzz');
  const db = connect(databaseUrl, 1);
  await loadDemonstration(db);
  const session = newToken();
  await db.session.create({
    data: {
      tokenHash: hashToken(session),
      expiresAt: new Date(Date.now() + 86_400_000),
      coordinator: { connect: { email: DEMONSTRATION_COORDINATOR } },
    },
  });
  const server = await startServer(databaseUrl, { MAIL_PER_SECOND: '0.001' });
  const port = Number(new URL(server.url).port);
  const asSent = ({ method, target, headers, body, signedIn }: Generated): Buffer =>
    rawRequest(
      method,
      target,
      [
        ['Host', `localhost:${port}`],
        ['Origin', server.url],
        ...(signedIn ? [['Cookie', `next-auth.session-token=${session}`] as [string, string]] : []),
        ...headers.map(([name, said]): [string, string] => [name, said]),
        ...(method === 'POST' || method === 'PUT'
          ? [['Content-Length', String(body.byteLength)] as [string, string]]
          : []),
      ],
      body,
    );

  const arbitrary = requestTo(routes, actions);
  const statuses: Record<string, number> = {};
  let failures = 0;
  let sent = 0;
  const begun = performance.now();
  async function send(name: string, bytes: Buffer, target: string): Promise<void> {
    const problem = await sendRaw(port, bytes).then(
      ({ status, body }) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status >= 500 && !(status === 503 && mayBeBusy(target))) return `status ${status}`;
        return /\n\s+at .+:\d+:\d+/.test(body) ? 'a stack' : null;
      },
      (error: Error) => error.message.split('\n', 1)[0]!.slice(0, 60),
    );
    sent += 1;
    if (problem === null) return;
    failures += 1;
    if (failures <= 20)
      say(
        `FAILED  ${problem}: ${name}\n  ${JSON.stringify(bytes.toString('latin1')).slice(0, 1_500)}`,
      );
  }

  for (let batch = 0; batch * BATCH < count; batch += 1) {
    const size = Math.min(BATCH, count - batch * BATCH);
    // Half of them are whole but for what they say, half malformed (tests/support/wrong-requests.ts).
    const whole = fc.sample(arbitrary, { seed: seed + batch, numRuns: Math.ceil(size / 2) });
    const cases: [string, Buffer, string][] = [
      ...whole.map((request): [string, Buffer, string] => [
        `${request.method} ${request.target.slice(0, 120)}`,
        asSent(request),
        request.target,
      ]),
      ...wrongRequests(seed + batch, size - whole.length, port, actions).map(
        ({ name, bytes }): [string, Buffer, string] => [name, bytes, name],
      ),
    ];
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let at = next++; at < cases.length; at = next++) {
          const [name, bytes, target] = cases[at]!;
          await send(`request ${at} of batch ${batch} (seed ${seed}): ${name}`, bytes, target);
        }
      }),
    );
  }
  const seconds = (performance.now() - begun) / 1_000;
  say(
    `${sent} requests to ${routes.length} routes and ${actions.length} actions in ${seconds.toFixed(0)} s, ${(sent / seconds).toFixed(0)}/s: ${JSON.stringify(statuses)}`,
  );
  const errors = server
    .errors()
    .split('\n')
    .filter((line) => line.includes('"level":"error"'));
  say(`${errors.length} lines of errors in the server's log`);
  for (const line of errors.slice(0, 5)) say(`  ${line.slice(0, 500)}`);
  await server.stop();
  await db.$disconnect();
  await postgres.stop();
  return { sent, failures };
}
