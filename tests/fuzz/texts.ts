/** What the fuzzer makes texts and values of. */
import fc from 'fast-check';

/** Texts that readers tend to stumble over, and those that lead them further in. */
const KNOWN = [
  '',
  ' ',
  '\0',
  '\r\n',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\udc00\ud800',
  'a\u0301\u0323',
  '\u202egnp',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1',
  '1e309',
  '9007199254740993',
  '99999999999999999999',
  '%00',
  '%E3%81',
  '%',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  "'; DROP TABLE letter; --",
  '${7*7}',
  '{{x}}',
  '{count}',
  '=1+1',
  '@import "x"',
  '$K1',
  '$ACTION_REF_1',
  '[',
  '{',
  '{"a":',
  '[[],{}]',
  'https://example.org/',
  'http://[',
  'javascript:alert(1)',
  'example.org',
  'xn--a.example',
  'someone@example.org',
  'a@b@c',
  '"a b"@example.org',
  'ja',
  'en',
  'zh-Hant',
  'x-klingon',
  'JP',
  'named',
  'withheld',
  'approve',
  'listed',
  'on',
  'true',
  'Asia/Tokyo',
  'Mars/Olympus',
  '2026-02-29',
  '2026-12-31',
  '2026-12-31T23:59',
  '0000-00-00',
  '25:61',
  '00000000-0000-4000-8000-000000000000',
  'A'.repeat(43),
  '株式会社　東京平和の会',
  'とうきょうへいわのかい',
  '㈱',
  'ﷺ',
  '👩‍👧',
  '# a\n\n- b\n\n|c|\n|-|\n|d|\n\n[^1]: e',
  '**a[b](javascript:c)![d](e)',
  'name,website\n"a""b",c\n',
  'a\tb\n\tc',
  "script-src 'nonce-a'",
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }) },
);

/** Mostly short; some pieces one after the other, some repeated up to 20,000 characters. */
export const text = fc.oneof(
  { weight: 10, arbitrary: piece },
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(piece, fc.integer({ min: 2, max: 400 }))
      .map(([repeated, times]) => repeated.repeat(times).slice(0, 20_000)),
  },
);

/** Bytes in any encoding, or in none. */
export const bytes = fc.oneof(
  text.map((typed) => Buffer.from(typed, 'utf8')),
  text.map((typed) => Buffer.from(`\ufeff${typed}`, 'utf16le')),
  text.map((typed) => Buffer.from(typed, 'latin1')),
  fc.uint8Array({ maxLength: 300 }).map((random) => Buffer.from(random)),
);

/** What JSON, and React's own encoding, can put where a text is expected. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: text },
  { weight: 2, arbitrary: fc.array(text, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, true, false, 0, -1, 1.5, 1e99, [], {}) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: text.map((typed) => JSON.stringify([typed])) },
);
