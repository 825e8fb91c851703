import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mendedLink } from '@/lib/platform/links';
import { newToken, tokenIn } from '@/lib/platform/tokens';

const TOKEN = newToken();
/** What mail programs and sentences leave after a link. */
const JUNK = [
  '.',
  ')',
  '>',
  '"',
  '。',
  '」',
  ',',
  ';',
  "'",
  ']',
  '\u200b',
  '%',
  '<',
  '».',
  '/',
  '&utm_source=mail',
  '?fbclid=x',
];

describe('a link mangled by a mail program or a sentence', () => {
  it.each([
    '',
    '.',
    ')',
    '>',
    '"',
    '%22',
    '%3E',
    '。',
    '」',
    ',',
    ';',
    '\u200b',
    '%E2%80%8B',
    '%',
    '<',
    ').',
    '」。',
    '_',
    '-',
    '%E3%80',
    '\u00ad',
  ])('contains its token before %j', (junk) => {
    expect(tokenIn(TOKEN + junk)).toBe(TOKEN);
  });

  it('contains its token despite zero-width characters and brackets', () => {
    expect(tokenIn(`${TOKEN.slice(0, 20)}\u200b${TOKEN.slice(20)}`)).toBe(TOKEN);
    expect(tokenIn(`<${TOKEN}>`)).toBe(TOKEN);
    expect(tokenIn(`%22${TOKEN.slice(0, 30)}%0A${TOKEN.slice(30)}%22%E3`)).toBe(TOKEN);
  });

  it('contains its token when words of the mail follow it', () => {
    for (const words of [
      ' and press the button',
      '%20Or%20copy',
      '\nThank you',
      '%0AThank',
      'を開く',
    ])
      expect(tokenIn(TOKEN + words), words).toBe(TOKEN);
  });

  it('contains its token when quoted-printable was not undone', () => {
    const broken = (at: string) => `${TOKEN.slice(0, 20)}${at}${TOKEN.slice(20)}`;
    for (const text of [
      `3D${TOKEN}`,
      `=3D${TOKEN}`,
      broken('=\r\n'),
      broken('=%0A'),
      broken('%3D%0D%0A'),
    ])
      expect(tokenIn(text), text).toBe(TOKEN);
    const like = `3D${TOKEN.slice(2)}`;
    expect(tokenIn(like)).toBe(like);
  });

  it('that was truncated, or has extra characters, contains no token', () => {
    for (const text of [
      '',
      TOKEN.slice(0, 42),
      `${TOKEN}x`,
      'x'.repeat(1_000_000),
      '%'.repeat(1_000),
      '\0',
    ])
      expect(tokenIn(text)).toBeNull();
  });

  it('never causes an exception, and any token found has the right format', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => tokenIn(text) === null || tokenIn(text)!.length === 43,
      ),
    );
  });
});

describe('the address of a link', () => {
  const PATHS = [
    '/en/confirm/',
    '/ja/reaffirm/',
    '/en/unsubscribe/',
    '/en/mailings/',
    '/ja/drafts/',
    '/en/entry/',
    '/ja/admin/sign-in/confirm?token=',
  ];

  it.each(PATHS)('%s… is mended, and stays as it is if nothing is wrong', (path) => {
    expect(mendedLink(path + TOKEN)).toBeNull();
    for (const junk of JUNK) {
      const encoded = encodeURIComponent(junk).replace(
        /[.')]/g,
        (c) => `%${c.charCodeAt(0).toString(16)}`,
      );
      expect(mendedLink(path + TOKEN + encoded), encoded).toBe(path + TOKEN);
    }
  });

  it.each(PATHS)('%s… may have further parameters', (path) => {
    const join = path.includes('?') ? '&' : '?';
    for (const more of ['failed=too-many', 'utm_source=x&fbclid=y'])
      expect(mendedLink(`${path}${TOKEN}${join}${more}`)).toBeNull();
    expect(mendedLink(`${path}${TOKEN}.${join}utm_source=x`)).toBe(`${path}${TOKEN}`);
  });

  it('of signing in is mended whatever became of its question mark and equals sign', () => {
    for (const query of [
      `?utm_source=x&amp;token=${TOKEN}`,
      `%3Ftoken%3D${TOKEN}`,
      `?token=3D${TOKEN}`,
      `?token%3D${TOKEN}`,
      `?token=${TOKEN.slice(0, 9)}%3D%0A${TOKEN.slice(9)}`,
      `/?token=${TOKEN}`,
    ])
      expect(mendedLink(`/ja/admin/sign-in/confirm${query}`), query).toBe(
        `/ja/admin/sign-in/confirm?token=${TOKEN}`,
      );
  });

  it('that is truncated, or is another page’s, is left alone', () => {
    for (const target of [
      '/en/confirm/',
      `/ja/admin/sign-in/confirm?utm_source=x&token=${TOKEN}`,
      `/en/confirm/${TOKEN.slice(1)}.`,
      `/en/confirm/done/a-letter`,
      `/en/letters/${TOKEN}.`,
      `/en/admin/sign-in?token=${TOKEN}.`,
      `/en/confirm/${'x'.repeat(10_000)}`,
      '/en/confirm/%E3%80',
    ])
      expect(mendedLink(target), target).toBeNull();
  });
});
