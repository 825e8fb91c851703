import { expect, test } from 'vitest';
import { MailError } from '@/lib/platform/mail/message';
import { backoffSeconds } from '@/lib/platform/mail/schedule';

test('the reason for a failed mail contains no address and no token', () => {
  const { message } = new MailError(
    'permanent',
    'SMTP 550 <yuki@example.org>: no\r\nmailbox https://x.example/ja/confirm/c2VjcmV0LXRva2VuLXNlY3JldC10b2tlbi1zZWNyZXQ yuki%40example.org',
  );
  expect(message).toBe('SMTP 550 [address] no mailbox https://x.example/ja/confirm/[…] [address]');
  expect(new MailError('retry', 'x '.repeat(500)).message.length).toBeLessThanOrEqual(200);
});

test('retries of a failing mail become less frequent, up to every eight hours', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 50].map(backoffSeconds)).toEqual([
    30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800, 28800,
  ]);
});
