import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newToken, tokenIn } from '@/lib/platform/tokens';

const TOKEN = newToken();

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
