import type { IncomingMessage } from 'node:http';
import { beforeAll, expect, test } from 'vitest';
import { mailboxPage } from '@/app/dev/mailbox/page-html';
import { fromThisMachine, stampConnection, stampConnections } from '@/lib/platform/connection';

beforeAll(() => stampConnections());

/** A request as received by routes: with our connection header, whatever the client sent. */
const from = (host: string, peer = '127.0.0.1', sent: Record<string, string> = {}) => {
  const request = { headers: { host, ...sent }, socket: { remoteAddress: peer } };
  stampConnection(request as unknown as IncomingMessage);
  return fromThisMachine(new Headers(request.headers));
};

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])(
  'the local mailbox can be read from this machine at %s',
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
])('a website whose name (%j) resolves to this machine cannot read the local mailbox', (host) => {
  expect(from(host)).toBe(false);
});

test('the local mailbox cannot be read from another machine or through a proxy', () => {
  expect(from('localhost:3000', '203.0.113.9')).toBe(false);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host'])
    expect(from('localhost:3000', '127.0.0.1', { [name]: '127.0.0.1' }), name).toBe(false);
});

test('clients cannot forge the connection header: it is overwritten, and without it no request counts as local', () => {
  const forged = { 'x-undersigned-connection': 'guess 127.0.0.1 direct' };
  expect(from('localhost:3000', '203.0.113.9', forged)).toBe(false);
  expect(fromThisMachine(new Headers({ host: 'localhost:3000', ...forged }))).toBe(false);
  expect(fromThisMachine(new Headers({ host: 'localhost:3000' }))).toBe(false);
});

test('a malicious mail in the local mailbox cannot escape its iframe', () => {
  const message = {
    id: '1',
    to: '"<b>"@example.org',
    replyTo: '<i>@example.org',
    oneClickUrl: null,
    subject: '</h2><script>alert(1)</script>',
    html: '<html><head></head><body>"></iframe><script>alert(2)</script></body></html>',
    receivedAt: new Date(0),
  };
  const page = mailboxPage([message], null);
  expect(page).not.toContain('<script');
  expect(page).toContain('replies to &lt;i&gt;@example.org');
  expect(page.match(/<\/iframe>/g)).toHaveLength(1);
  expect(page).toMatch(/sandbox="(?!.*allow-scripts)(?!.*allow-same-origin)/);
});
