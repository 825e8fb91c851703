import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { log } from '@/lib/platform/log';
import { consoleFacts, errorFacts, frameOf, withoutSecrets } from '@/lib/platform/process-log';
import { securityTxt } from '@/lib/platform/security-txt';

afterEach(() => vi.restoreAllMocks());

it('a log line is one line without control characters for any untrusted input, and keeps its meaning', () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) =>
    Boolean(written.push(String(line))),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      written.length = 0;
      const given = `${value}\n\u2028\u202e\u0085\u001b[31m{"at":"x"}`;
      log('warn', 'a test', { given });
      expect(written).toHaveLength(1);
      expect(written[0]).toMatch(
        /^\{[^\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+\}\n$/,
      );
      expect(JSON.parse(written[0]!)).toMatchObject({ level: 'warn', message: 'a test', given });
    }),
  );
});

it('console output of libraries is logged without addresses, paths, tokens and stack traces', () => {
  const error = Object.assign(new TypeError('row of victim@mailbox.example'), {
    digest: '123',
    code: 'P2002',
  });
  const facts = consoleFacts([
    `Failed for victim@mailbox.example at /en/confirm/secret?x\n    at somewhere (/srv/file.js:1:2)`,
    error,
  ]);
  expect(facts).toMatchObject({
    error: 'TypeError',
    code: 'P2002',
    digest: '123',
    said: 'Failed for [address] at [path]',
  });
  expect(facts.where).toMatch(/process-log\.test\.ts:\d+:\d+$/);
  expect(JSON.stringify([facts, errorFacts(error), frameOf(error)])).not.toMatch(
    /victim|secret|srv|\/tests\//,
  );
  expect(withoutSecrets(`token ${'aB3-'.repeat(10)} of it`)).toBe('token [token] of it');
  expect(errorFacts(null)).toEqual({ error: 'object', code: undefined, digest: undefined });
});

it('a process does not log for ever that nobody reads its log any more', async () => {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--eval',
      `import('@/lib/platform/process-log').then(({ takeOverStandardError }) => {
        takeOverStandardError();
        let thrown = 0;
        process.on('uncaughtException', () => (thrown += 1));
        process.once('message', () => {
          console.error('nobody reads this');
          setTimeout(() => process.exit(Math.min(thrown, 255)), 200);
        });
        process.send('ready');
      });`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.once('message', resolve));
  child.stderr!.destroy();
  child.send('log');
  try {
    expect(await ended, 'exceptions').toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
}, 20_000);

it('security.txt has the contact and an expiry date', () => {
  const text = securityTxt(
    'security@example.org',
    'https://letters.example.org',
    new Date('2026-01-01T12:00:00Z'),
  );
  expect(text).toBe(
    'Contact: mailto:security@example.org\nExpires: 2026-04-01T00:00:00Z\nPreferred-Languages: ja, en\nCanonical: https://letters.example.org/.well-known/security.txt\n',
  );
  expect(securityTxt('https://example.org/report', 'https://x', new Date())).toContain(
    'Contact: https://example.org/report\n',
  );
});
