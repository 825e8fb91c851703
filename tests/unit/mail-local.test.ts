import type { IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { mailboxPage } from '@/app/dev/mailbox/page-html';
import { fromThisMachine, stampConnection, stampConnections } from '@/lib/platform/connection';

beforeAll(() => stampConnections());

/** A request as the server hands it on: with its stamp, whatever the client sent in its place. */
const from = (host: string, peer = '127.0.0.1', sent: Record<string, string> = {}) => {
  const request = { headers: { host, ...sent }, socket: { remoteAddress: peer } };
  stampConnection(request as unknown as IncomingMessage);
  return fromThisMachine(new Headers(request.headers));
};

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])(
  'a person at this machine reads the local mailbox at %s',
  (host) => {
    for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(from(host, peer)).toBe(true);
  },
);

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:3000',
  '',
  'user@evil.example',
  'localhost@evil.example',
])(
  'a site that makes its own name (%j) point at this machine does not read the local mailbox',
  (host) => {
    expect(from(host)).toBe(false);
  },
);

test('a machine elsewhere, or one behind a proxy, does not read the local mailbox', () => {
  expect(from('localhost:3000', '203.0.113.9')).toBe(false);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    expect(from('localhost:3000', '127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(false);
});

test('a stranger cannot forge the stamp: what they send is replaced, and where nothing stamps, nobody is local', () => {
  const forged = { 'x-undersigned-connection': 'guess 127.0.0.1 direct' };
  expect(from('localhost:3000', '203.0.113.9', forged)).toBe(false);
  expect(fromThisMachine(new Headers({ host: 'localhost:3000', ...forged }))).toBe(false);
  expect(fromThisMachine(new Headers({ host: 'localhost:3000' }))).toBe(false);
});

test('a hostile mail in the local mailbox stays in its frame', () => {
  const message = {
    id: '1',
    to: '"<b>"@example.org',
    subject: '</h2><script>alert(1)</script>',
    html: '<html><head></head><body>"></iframe><script>alert(2)</script></body></html>',
    receivedAt: new Date(0),
  };
  const page = mailboxPage([message], null);
  expect(page).not.toContain('<script');
  expect(page.match(/<\/iframe>/g)).toHaveLength(1);
  expect(page).toMatch(/sandbox="(?!.*allow-scripts)(?!.*allow-same-origin)/);
});
