import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, storedAddress, tidyAddress } from '@/lib/platform/mail/address';

describe('an e-mail address', () => {
  it.each([
    'info@example.org',
    'r&d@example.org',
    'a=b@example.org',
    'info/office@example.org',
    "o'brien@example.org",
    'first.last+tag@mail.example.co.jp',
    'first.@docomo.ne.jp',
    'a..b@ezweb.ne.jp',
    '_-_@example.museum',
    '{curly}@example.org',
    'x@a-b.example',
  ])('may be %s, and is stored as typed', (address) => {
    expect(storedAddress(address)).toBe(address);
  });

  it.each([
    ['info@пример.рф', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@XN--E1AFMKFD.xn--p1ai', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@日本語.jp', 'info@xn--wgv71a119e.jp'],
    ['info@日本語。jp', 'info@xn--wgv71a119e.jp'],
    ['Info@Bücher.Example', 'Info@xn--bcher-kva.example'],
  ])('%s is stored with its host in one form: %s', (typed, stored) => {
    expect(storedAddress(typed)).toBe(stored);
    expect(addressKey(typed)).toBe(stored.toLowerCase());
  });

  it.each([
    '\u202ainfo@example.org\u202c',
    'info@example.org\u200e',
    '\ufeffinfo@\u200bexample.org',
    ' info@example.org\u00a0',
    'mailto:info@example.org',
    'MAILTO:info@example.org?subject=Hello',
    'Peace Group <info@example.org>',
    '"Group, Peace" <info@example.org>;',
    '<info@example.org>',
    '<mailto:info@example.org>',
    '(info@example.org)',
    '「info@example.org」。',
    '“info@example.org”',
    'info@example.org;',
    'info@example.org,',
    'info@example.org.',
    'info@example.org、',
    'ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｏｒｇ',
  ])('is freed of what pasting brought with it: %j', (typed) => {
    expect(tidyAddress(typed)).toBe('info@example.org');
    expect(storedAddress(typed)).toBe('info@example.org');
  });

  it.each([
    '',
    'info',
    '@example.org',
    'info@',
    'info@localhost',
    'info@127.0.0.1',
    'info@[127.0.0.1]',
    'info@example.org/path',
    'info@example.org:25',
    'info@user@example.org',
    'in fo@example.org',
    'a@example.org, b@example.org',
    '.first@example.org',
    'info@-example.org',
    'info@exam_ple.org',
    'info@example..org',
    'info@example.123',
    '会@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.org`,
    'a@b.org\r\nBcc: c@d.org',
  ])('may not be %j', (typed) => {
    expect(storedAddress(typed)).toBeNull();
  });

  it('is one line of ASCII without spaces, whatever is typed, and is stored once and for all', () => {
    const typed = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: 'binary' }).map((text) => `info@${text}.org`),
      fc.string({ unit: 'binary' }).map((text) => `${text}@example.org`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const stored = storedAddress(text);
        if (stored === null) return;
        expect(stored).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
        expect(storedAddress(stored)).toBe(stored);
        expect(tidyAddress(tidyAddress(text))).toBe(tidyAddress(text));
      }),
    );
  });
});
