/** Random requests, most of them malformed; deterministic for a seed. */
import { rawRequest } from './raw-http';

export interface WrongRequest {
  /** Description for failure messages. */
  name: string;
  bytes: Buffer;
}

/** Must never be a line of its own in the log. */
export const FORGED = '{"at":"2020-01-01T00:00:00.000Z","level":"info","message":"forged"}';
/** Must never occur in the log. */
export const SECRETS = ['victim@mailbox.example', 'Zm9yZ2VkLXRva2VuLW9mLWEtbGluay0wMTIzNDU2Nzg5'];
const [ADDRESS, TOKEN] = SECRETS as [string, string];

const LETTER = 'icc-japan-2025';
const PAGES = [
  '/',
  '/ja',
  '/en',
  `/en/letters/${LETTER}`,
  `/ja/letters/${LETTER}/endorse`,
  `/en/letters/${LETTER}/signatories/search`,
  `/en/confirm/${TOKEN}`,
  `/en/reaffirm/${TOKEN}`,
  `/en/unsubscribe/${TOKEN}`,
  `/en/mailings/${TOKEN}`,
  `/ja/drafts/${TOKEN}`,
  '/ja/entry',
  `/en/entry/${TOKEN}`,
  `/ja/entry/edit/${TOKEN}`,
  `/en/entry/representatives/${TOKEN}`,
  `/ja/nomination/${TOKEN}`,
  '/en/admin',
  '/en/admin/sign-in',
  '/ja/admin/letters/new',
  `/en/admin/letters/${LETTER}/text`,
  `/en/admin/letters/${LETTER}/settings`,
  `/en/admin/letters/${LETTER}`,
  `/en/admin/letters/${LETTER}/review`,
  '/en/no/such/page',
];
const API = [
  `/api/letters/${LETTER}`,
  `/api/letters/${LETTER}/signatories`,
  `/api/letters/${LETTER}/endorsements`,
  `/api/letters/${LETTER}/deliveries/1/delivery.json`,
  `/api/letters/${LETTER}/revisions/1/revision.json`,
  '/api/none',
];
const OTHERS = [
  '/dev/mailbox',
  '/dev/mailbox.json',
  '/developer',
  '/icon.svg',
  '/.well-known/security.txt',
  '/_next/static/none.js',
  '/_next/image?url=%2Ficon.svg&w=64&q=75',
  '/_next/data/x/en.json',
  '/favicon.ico',
];
const ENDINGS = [
  '%00',
  '%E3%81',
  '%',
  '%zz',
  '%0A',
  `%0A${encodeURIComponent(FORGED)}`,
  '%2e%2e%2f',
  '//',
  '/%2F%2Fevil.example',
  '\\',
  ';a=b',
  '%C0%AF',
  '%ED%A0%80',
  'あ',
  '\u2028',
  'a'.repeat(3_000),
  'a'.repeat(9_000),
  `/${ADDRESS}`,
];
const QUERIES = [
  'to=%00',
  'q=%E3%81',
  'q=%',
  `q=%0A${encodeURIComponent(FORGED)}`,
  `cursor=%00`,
  'cursor[]=1',
  'limit=1e309',
  'page=-1',
  'page=99999999999999',
  'id=%00',
  'entry=%00',
  'language=%00',
  'at=%00',
  'notice=__proto__',
  'q=' + 'a'.repeat(5_000),
  'q=a&q=b',
  `returnTo=//evil.example`,
  `q=${ADDRESS}`,
  '_rsc=%00',
  'state=constructor',
  '?',
  '&&=&=',
];
const METHODS = [
  'TRACE',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'HEAD',
  'PROPFIND',
  'PURGE',
  'M-SEARCH',
  'LINK',
  'get',
  'BREW',
  'CONNECT',
];

const HEADERS = (port: number): [string, string][] => [
  ['Origin', 'http://evil.example'],
  ['Origin', 'null'],
  ['Origin', ''],
  ['Origin', `https://localhost:${port}`],
  ['Origin', `http://localhost:${port + 1}`],
  ['Origin', 'not a url'],
  ['Origin', 'http://['],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-Forwarded-Host', `evil${FORGED}`],
  ['X-Forwarded-Host', 'a b'],
  ['X-Forwarded-Proto', 'javascript'],
  ['X-Forwarded-For', '%00'],
  ['X-Forwarded-Port', 'x'],
  ['Forwarded', 'for=_x;host="evil'],
  ['RSC', '1'],
  ['Next-Router-State-Tree', '%'],
  ['Next-Router-State-Tree', '[]'],
  ['Next-Router-State-Tree', `%0A${FORGED}`],
  ['Next-Router-Prefetch', 'x'],
  ['Next-Router-Segment-Prefetch', '/../_tree'],
  ['Next-Router-Segment-Prefetch', '%00'],
  ['Next-Url', '%00'],
  ['Next-HMR-Refresh', '1'],
  ['Next-Action', 'x'],
  ['Next-Action', `x${FORGED}`],
  ['Next-Action', 'toString'],
  ['Next-Action', '40'.padEnd(42, '0')],
  ['Next-Action', ADDRESS],
  ['X-Nextjs-Data', '1'],
  ['X-Middleware-Subrequest', 'proxy:proxy:proxy:proxy:proxy'],
  ['X-Middleware-Prefetch', '1'],
  ['X-Matched-Path', '/%00'],
  ['X-Invoke-Path', '/x'],
  ['X-Invoke-Status', '500'],
  ['X-Next-Resume-State-Length', '5'],
  ['Next-Resume', '1'],
  ['X-Now-Route-Matches', '%00'],
  ['X-Action-Forwarded', '1'],
  ['X-Prerender-Revalidate', 'x'],
  ['Purpose', 'prefetch'],
  ['Cookie', '%E3%81=%; next-auth.session-token=%00'],
  ['Cookie', `next-auth.session-token=${TOKEN}`],
  ['Cookie', `next-auth.session-token=x%0A${encodeURIComponent(FORGED)}`],
  ['Cookie', '__proto__=1; =; ;;'],
  ['Cookie', `NEXT_LOCALE=%0A; __prerender_bypass=${TOKEN}`],
  ['Cookie', `next-auth.session-token=${'x'.repeat(6_000)}`],
  ['Accept-Language', 'あ;q=x,,,-'],
  ['Accept-Language', '*'],
  ['Accept', FORGED],
  ['User-Agent', FORGED],
  ['Referer', `http://x/%0A${FORGED}`],
  ['If-None-Match', '"'],
  ['If-Modified-Since', 'x'],
  ['Range', 'bytes=9-1'],
  ['Range', 'bytes=-'],
  ['Accept-Encoding', 'br;q=x, *'],
  ['Upgrade', 'websocket'],
  ['Expect', '100-continue'],
  ['Content-Encoding', 'gzip'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Authorization', `Bearer ${TOKEN}`],
  ['X-Undersigned-Connection', 'x'],
  ['X-Undersigned-Missing-Page', '1'],
];

/** The seeded generator mulberry32. */
function generator(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    chance: (probability: number) => next() < probability,
    one: <T>(of: readonly T[]): T => of[below(of.length)]!,
  };
}

const BOUNDARY = '----aBoundary';
const part = (name: string, value: string, more = '') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const multipart = (fields: [string, string][]) =>
  `${fields.map(([name, value]) => part(name, value)).join('')}--${BOUNDARY}--\r\n`;

/** Bodies of Server Action calls and form submissions, for an existing action. */
function formBodies(action: string): string[] {
  const roots = [
    '["$K1"]',
    '[null,"$K1"]',
    '[]',
    '',
    '[',
    'null',
    '"$K1"',
    '["$K1","$K1"]',
    '["$F1"]',
    '["$1"]',
    '["$@9"]',
    '["$Q0"]',
    '["$W0"]',
    '["$n' + '9'.repeat(200) + '"]',
    '["$nx"]',
    '["$B9"]',
    '["$R1"]',
    '["$X1"]',
    '["$O1"]',
    '["$h1"]',
    '["$T"]',
    '[{"a":"$0:0"},"$K1"]',
    '[1,"$K1"]',
    '[{"__proto__":{"x":1}},"$K1"]',
    `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
    `[${FORGED},"$K1"]`,
    '["\\u0000","$K1"]',
  ];
  const calls = roots.map((root) =>
    multipart([
      ['_1_locale', 'en'],
      ['_1_slug', LETTER],
      ['0', root],
    ]),
  );
  const fields: [string, string][] = [
    ['locale', 'en'],
    ['slug', LETTER],
    ['token', TOKEN],
    ['email', ADDRESS],
  ];
  const submissions: [string, string][][] = [
    [[`$ACTION_ID_${action}`, '']],
    [
      [`$ACTION_ID_${action}`, ''],
      [`$ACTION_ID_${action}`, ''],
    ],
    [['$ACTION_ID_', '']],
    [['$ACTION_ID_x', '']],
    [[`$ACTION_ID_40${'0'.repeat(40)}`, '']],
    [['$ACTION_REF_1', '']],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', '{'],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${action}","bound":null}`],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`],
      ['$ACTION_1:1', '[null]'],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`],
      ['$ACTION_1:1', '[1,2,3]'],
    ],
    [
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`],
      ['$ACTION_1:1', '["$Q9"]'],
      ['$ACTION_KEY', '%00'],
    ],
    [
      ['$ACTION_REF_', ''],
      ['$ACTION_:0', '"$0"'],
    ],
    [['$ACTION_KEY', 'k']],
    [['$ACTION_1:0', '{}']],
    [],
  ];
  const whole = submissions.map((hidden) => multipart([...hidden, ...fields]));
  const odd = [
    multipart([
      [`$ACTION_ID_${action}`, ''],
      ['slug', '\0'],
      ['locale', '\0'],
    ]),
    multipart([
      ['_1_slug', '\0'],
      ['0', '["$K1"]'],
    ]),
    `${part('email', 'x', '; filename="x"')}${multipart([[`$ACTION_ID_${action}`, '']])}`,
    multipart([[`$ACTION_ID_${action}`, '']]).slice(0, 60),
    'no multipart at all',
    '',
    `--${BOUNDARY}--`,
    `--${BOUNDARY}\r\n\r\n`,
    `${part('a"b', 'x')}`,
    '\0'.repeat(500),
    multipart([
      [`$ACTION_ID_${action}`, ''],
      ['token', 'x'.repeat(70_000)],
    ]),
    multipart([
      [`$ACTION_ID_${action}`, ''],
      ['email', `${ADDRESS}\n${FORGED}`],
      ['slug', '../../x'],
      ['locale', '__proto__'],
    ]),
  ];
  return [...calls, ...whole, ...odd];
}

const CONTENT_TYPES = [
  `multipart/form-data; boundary=${BOUNDARY}`,
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary="x',
  'application/x-www-form-urlencoded',
  'text/plain;charset=UTF-8',
  'application/json',
  'text/x-component',
  '',
  FORGED,
  'multipart/mixed; boundary=x',
];
const JSON_BODIES = [
  '',
  '{',
  '[]',
  'null',
  '1',
  '"\\ud800"',
  '{"revision":1.5}',
  '{"revision":"1"}',
  '{"revision":[]}',
  '{"revision":1e99}',
  '{"nameEn":"\\u0000"}',
  '{"nameEn":{"a":1},"website":["x"]}',
  '{"__proto__":{"nameEn":"x"}}',
  `${'['.repeat(15_000)}`,
  `{"representativeEmail":"${ADDRESS}","language":"%"}`,
  `{"website":"http://[","country":"\\u2028"}`,
  'x'.repeat(40_000),
];

const chunked = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** A Server Action and a page that uses it. */
export interface Action {
  id: string;
  page: string;
}

/** The actions of a build, from its `server-reference-manifest.json`. */
export function actionsOf(manifest: {
  node: Record<string, { workers: Record<string, unknown> }>;
}): Action[] {
  return Object.entries(manifest.node).map(([id, { workers }]) => ({
    id,
    page: Object.keys(workers)[0]!
      .replace(/^app|\/page$/g, '')
      .replace('[locale]', 'en')
      .replace('[slug]', LETTER)
      .replace('[token]', TOKEN),
  }));
}

/** `count` requests for a server at `port` whose build has these `actions`. */
export function wrongRequests(
  seed: number,
  count: number,
  port: number,
  actions: Action[],
): WrongRequest[] {
  const { below, chance, one } = generator(seed);
  const ours: [string, string] = ['Host', `localhost:${port}`];
  const origin: [string, string] = ['Origin', `http://localhost:${port}`];
  const odd = HEADERS(port);

  const address = () => {
    const target = `${one([PAGES, PAGES, API, OTHERS].flat())}${chance(0.4) ? one(ENDINGS) : ''}`;
    return chance(0.4) ? `${target}${target.includes('?') ? '&' : '?'}${one(QUERIES)}` : target;
  };
  const sent = (type: string, body: string): { headers: [string, string][]; body: string } =>
    chance(0.15)
      ? {
          headers: [
            ['Content-Type', type],
            ['Transfer-Encoding', 'chunked'],
          ],
          body: chunked(body),
        }
      : {
          headers: [
            ['Content-Type', type],
            ['Content-Length', String(Buffer.byteLength(body))],
          ],
          body,
        };

  const kinds: (() => [string, string, [string, string][], string])[] = [
    () => ['GET', address(), [ours, ...Array.from({ length: below(3) }, () => one(odd))], ''],
    () => [one(METHODS), address(), [ours, ...(chance(0.5) ? [one(odd)] : [])], ''],
    () => [
      'GET',
      one([
        `http://localhost:${port}/en`,
        'http://evil.example/en',
        'https://[/',
        'en',
        '*',
        '//evil.example/%2f..',
        '/..//..',
        '\\en',
        `http:${address()}`,
      ]),
      [ours],
      '',
    ],
    () => [
      'GET',
      one(PAGES),
      [
        [
          'Host',
          one(['', 'a b', '[', 'evil.example', 'x:99999', 'あ', '%00', `localhost:${port}, evil`]),
        ],
      ],
      '',
    ],
    () => {
      const action = one(actions);
      const { headers, body } = sent(
        chance(0.8) ? CONTENT_TYPES[0]! : one(CONTENT_TYPES),
        one(formBodies(action.id)),
      );
      return [
        'POST',
        chance(0.1) ? address() : chance(0.2) ? one(PAGES) : action.page,
        [ours, chance(0.8) ? origin : one(odd), ...headers, ...(chance(0.2) ? [one(odd)] : [])],
        body,
      ];
    },
    () => {
      const action = one(actions);
      const { headers, body } = sent(
        chance(0.85) ? CONTENT_TYPES[0]! : one(CONTENT_TYPES),
        one(formBodies(action.id)),
      );
      return [
        'POST',
        chance(0.2) ? one(PAGES) : action.page,
        [ours, chance(0.9) ? origin : one(odd), ['Next-Action', action.id], ...headers],
        body,
      ];
    },
    () => {
      const { headers, body } = sent(
        chance(0.8) ? 'application/json' : one(CONTENT_TYPES),
        one(JSON_BODIES),
      );
      return [
        'POST',
        chance(0.8) ? API[2]! : one(API),
        [ours, ...headers, ...(chance(0.2) ? [one(odd)] : [])],
        body,
      ];
    },
  ];
  return Array.from({ length: count }, () => {
    const [method, target, headers, body] = one(kinds)();
    const shown = `${method} ${target.slice(0, 120)} ${headers.map(([name, value]) => `${name}: ${value.slice(0, 60)}`).join(' | ')} ${JSON.stringify(body.slice(0, 200))}`;
    return {
      name: shown,
      bytes: rawRequest(
        method,
        Buffer.from(target).toString('latin1'),
        headers.map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
        body,
      ),
    };
  });
}
