import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mailboxPage } from '@/app/dev/mailbox/page-html';
import { fromThisMachine } from '@/lib/platform/local-only';

beforeEach(() => void vi.stubEnv('LOCAL_PROOF', 'a-random-proof'));
afterEach(() => void vi.unstubAllEnvs());

const from = (host: string, proof?: string) =>
  fromThisMachine(new Headers({ host, ...(proof ? { 'x-undersigned-local': proof } : {}) }));

test.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'localhost'])(
  'a person at this machine reads the local mailbox at %s',
  (host) => {
    expect(from(host, 'a-random-proof')).toBe(true);
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
    expect(from(host, 'a-random-proof')).toBe(false);
  },
);

test('a stranger without the proof, or with a wrong one, does not read the local mailbox', () => {
  expect(from('localhost:3000')).toBe(false);
  expect(from('localhost:3000', 'guess')).toBe(false);
  expect(from('localhost:3000', 'a-random-proof ' + 'x')).toBe(false);
});

test('nobody reads the local mailbox of a server that has no proof', () => {
  vi.stubEnv('LOCAL_PROOF', '');
  expect(from('localhost:3000', 'undefined')).toBe(false);
  expect(from('localhost:3000')).toBe(false);
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
