import { randomUUID } from 'node:crypto';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { log } from '@/lib/platform/log';
import { logRequests } from '@/lib/platform/request-log';
import { requestId, requestIdFrom } from '@/lib/platform/request-id';
import { routeKind } from '@/lib/platform/route-kind';

describe('the id of a request', () => {
  it.each(['a1b2c3d4', randomUUID(), 'A'.repeat(64), 'trace_0-123456'])('%s is kept', (given) => {
    expect(requestIdFrom(given)).toBe(given);
  });
  it.each([
    undefined,
    '',
    'short',
    'A'.repeat(65),
    'me@mailbox.example',
    'a b c d e f g h',
    'abcdefgh\n',
    'x'.repeat(100_000),
    ['abcdefgh', 'abcdefgh'],
  ])('%j is replaced', (given) => {
    expect(requestIdFrom(given)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });
});

it.each([
  ['/', 'page'],
  ['/en', 'page'],
  ['/ja/privacy?x=1', 'page'],
  ['/en/letters/a-letter', 'letter'],
  ['/en/letters/a-letter/feed.xml', 'letter'],
  ['/en/lettersx', 'page'],
  ['/ja/admin', 'admin'],
  ['/ja/admin/letters/x/review', 'admin'],
  ['/en/administer', 'page'],
  ['/en/confirm/a-token', 'private'],
  ['/en/entry/data.json/a-token', 'private'],
  ['/en/entry', 'private'],
  ['/api/letters/x', 'api'],
  ['/api/health/live', 'probe'],
  ['/_next/static/x.js', 'static'],
  ['/robots.txt', 'file'],
  ['/.well-known/security.txt', 'file'],
])('%s is of the kind %s', (target, kind) => {
  expect(routeKind(target)).toBe(kind);
});

describe('a server process', () => {
  let server: Server;
  let url: string;
  const written: Record<string, unknown>[] = [];
  beforeAll(async () => {
    logRequests();
    logRequests(); // as in development, where it is called again
    server = createServer((request, response) => {
      if (request.url === '/en/hangs') return void response.writeHead(200).write('begun');
      const before = requestId();
      void (async () => {
        await sleep(request.url === '/en/slow' ? 60 : 1);
        log('warn', 'on the way', { before });
        response.writeHead(request.url?.startsWith('/api') ? 503 : 200).end('x');
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.spyOn(process.stderr, 'write').mockImplementation((line) =>
      Boolean(written.push(JSON.parse(String(line)) as Record<string, unknown>)),
    );
  });
  afterEach(() => void (written.length = 0));
  afterAll(async () => {
    vi.restoreAllMocks();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const lines = (message: string, count: number) =>
    vi.waitFor(() => {
      const found = written.filter((line) => line.message === message);
      expect(found).toHaveLength(count);
      return found;
    });

  it('answers with the id, and has it in all lines of the request, also when several come at once', async () => {
    const ids = ['slow-request', 'fast-request-1', 'fast-request-2'];
    const answers = await Promise.all(
      ids.map((id) =>
        fetch(`${url}/en/${id.split('-')[0]}?victim@mailbox.example`, {
          headers: { 'X-Request-Id': id },
        }),
      ),
    );
    expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(ids);
    const way = await lines('on the way', 3);
    expect(way.map((line) => line.requestId).sort()).toEqual([...ids].sort());
    for (const line of way) expect(line.before).toBe(line.requestId);
    const requests = await lines('request', 3);
    expect(requests.map((line) => line.requestId).sort()).toEqual([...ids].sort());
    expect(requests[0]).toMatchObject({ level: 'info', method: 'GET', kind: 'page', status: 200 });
    expect(JSON.stringify(written)).not.toMatch(/victim|slow\?|\/en/);
  });

  it('gives requests of one connection ids of their own', async () => {
    const ids = new Set<string | null>();
    for (const path of ['/api/x', '/api/y', '/api/z']) {
      const answer = await fetch(url + path, { headers: { 'X-Request-Id': 'me@mailbox.example' } });
      await answer.text(); // so that the connection is used again
      ids.add(answer.headers.get('x-request-id'));
    }
    expect(ids.size).toBe(3);
    const requests = await lines('request', 3);
    expect(new Set(requests.map((line) => line.requestId))).toEqual(ids);
    expect(requests[0]).toMatchObject({ kind: 'api', status: 503 });
  });

  it('logs neither probes nor static files', async () => {
    await fetch(`${url}/api/health/live`);
    await fetch(`${url}/_next/static/x.js`);
    await fetch(`${url}/en`);
    await lines('request', 1);
  });

  it('logs a request whose reader went away', async () => {
    await new Promise<void>((resolve) => {
      const asked = get(`${url}/en/hangs`, (answer) =>
        answer.once('data', () => {
          asked.destroy();
          resolve();
        }),
      );
    });
    const [line] = await lines('request', 1);
    expect(line).toMatchObject({ aborted: true, status: 200 });
  });

  it('has no id in the background', () => {
    log('info', 'in the background');
    expect(written).toEqual([
      { at: expect.any(String), level: 'info', message: 'in the background' },
    ]);
  });
});
