import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collapse,
  difference,
  textDifference,
  type Gap,
  type Piece,
} from '@/lib/letter/text/difference';
import type { LetterContent } from '@/lib/letter/text/content';

/** Pieces as one text: -removed-, +added+. */
const inLine = (pieces: (Piece | Gap)[]) =>
  pieces
    .map(
      ({ kind, text }) =>
        ({ same: text, gap: text, removed: `[-${text}-]`, added: `[+${text}+]` })[kind],
    )
    .join('');
const joined = (pieces: Piece[], kind: Piece['kind']) =>
  pieces
    .filter((piece) => piece.kind === 'same' || piece.kind === kind)
    .map(({ text }) => text)
    .join('');

describe('a difference', () => {
  it.each([
    [
      'a replaced word',
      'The old house stands.',
      'The new house stands.',
      'The [-old-][+new+] house stands.',
    ],
    ['a removed word', 'one two three', 'one three', 'one [-two -]three'],
    ['an added word', 'one three', 'one two three', 'one [+two +]three'],
    [
      'the mark of a note as one word',
      'Since 2019[^1] we wait.',
      'Since 2019[^12] we wait.',
      'Since 2019[-[^1]-][+[^12]+] we wait.',
    ],
    [
      'a changed cell of a table, and no other',
      '| Year | n |\n| - | - |\n| 2019 | 5 |\n| 2020 | 6 |',
      '| Year | n |\n| - | - |\n| 2019 | 500 |\n| 2020 | 6 |',
      '| Year | n |\n| - | - |\n| 2019 | [-5-][+500+] |\n| 2020 | 6 |',
    ],
    ['changed white space', 'one two', 'one  two', 'one[+ +] two'],
    [
      'an added paragraph',
      'First.\n\nThird.',
      'First.\n\nSecond.\n\nThird.',
      'First.\n\n[+Second.\n\n+]Third.',
    ],
    ['a split paragraph', 'One. Two.', 'One.\n\nTwo.', 'One.[- -][+\n\n+]Two.'],
    [
      'two replacements with a short word between them as one',
      'war of words now',
      'peace of mind now',
      '[-war of words-][+peace of mind+] now',
    ],
    ['a new text as added', '', 'New.', '[+New.+]'],
    ['a removed text as removed', 'Old.', '', '[-Old.-]'],
    ['equal texts without changes', 'Same.', 'Same.', 'Same.'],
  ])('shows %s', (_what, before, after, shown) => {
    expect(inLine(difference(before, after, 'en'))).toBe(shown);
  });

  it.each([
    [
      '日本政府は、直ちに行動すべきです。',
      '日本政府は、速やかに行動すべきです。',
      '日本政府は、[-直ちに-][+速やかに+]行動すべきです。',
    ],
    ['私たちは要請します。', '私たちは強く要請します。', '私たちは[+強く+]要請します。'],
  ])('finds words in Japanese: %s', (before, after, shown) => {
    expect(inLine(difference(before, after, 'ja'))).toBe(shown);
  });

  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '日本',
          '政府',
          'は',
          '、',
          '。',
          'the ',
          'a',
          ' ',
          '  ',
          '\n',
          '\n\n',
          '\r\n',
          '\t',
          '👩‍👧',
          '🇯🇵',
          'e\u0301',
          '\u0301',
          'か\u3099',
          '𠮷',
          '\uD842',
          '\uDFB7',
          '…',
          '**',
          '[x](https://example.org)',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
  const language = fc.constantFrom('ja' as const, 'en' as const);

  it('contains both texts exactly, whatever they are', () => {
    fc.assert(
      fc.property(text, text, language, (before, after, inLanguage) => {
        const pieces = difference(before, after, inLanguage);
        expect(joined(pieces, 'removed')).toBe(before);
        expect(joined(pieces, 'added')).toBe(after);
        pieces.forEach((piece, index) => {
          expect(piece.text).not.toBe('');
          expect(piece.kind).not.toBe(pieces[index + 1]?.kind);
          if (piece.kind === 'added') expect(pieces[index + 1]?.kind).not.toBe('removed');
        });
        expect(pieces.every(({ kind }) => kind === 'same')).toBe(before === after);
      }),
      { numRuns: 500 },
    );
  });

  it('marks only the edited word as changed', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 1, maxLength: 6 }),
          { minLength: 1, maxLength: 30 },
        ),
        fc.nat(),
        (words, at) => {
          const place = at % words.length;
          const before = words.join(' ');
          const after = words.with(place, 'omega').join(' ');
          expect(difference(before, after, 'en').filter(({ kind }) => kind !== 'same')).toEqual([
            { kind: 'removed', text: words[place] },
            { kind: 'added', text: 'omega' },
          ]);
        },
      ),
    );
  });

  /** Words that differ between seeds. */
  const unlike = (seed: string, length: number, each = 8) =>
    Array.from({ length: Math.ceil(length / each) }, (_, n) =>
      `${seed}${n.toString(36)} `.padStart(each, seed),
    )
      .join('')
      .slice(0, length);
  const kanji = (from: number, length: number) =>
    Array.from({ length }, (_, n) =>
      n % 60 === 59 ? '\n' : String.fromCodePoint(from + ((n * 7919) % 5_000)),
    ).join('');

  it.each([
    ['English in one paragraph', unlike('q', 50_000), unlike('z', 50_000)],
    ['short English words', unlike('q', 50_000, 4), unlike('z', 50_000, 4)],
    ['Japanese in paragraphs', kanji(0x4e00, 50_000), kanji(0x6e00, 50_000)],
    ['lines of one character', 'a\n'.repeat(25_000), 'b\n'.repeat(25_000)],
  ])(
    'of two wholly different texts of 50,000 characters is one replacement, found in bounded time: %s',
    { timeout: 30_000 },
    (_what, before, after) => {
      // An exhaustive comparison would take minutes or exhaust the memory.
      const pieces = difference(before, after, 'ja');
      expect(
        pieces
          .slice(0, 2)
          .map(({ kind, text: whole }) => [
            kind,
            whole.trimEnd() === { removed: before, added: after, same: '' }[kind].trimEnd(),
          ]),
      ).toEqual([
        ['removed', true],
        ['added', true],
      ]);
    },
  );

  it('of two long texts that differ in one word is that word', () => {
    const before = unlike('q', 50_000);
    const after = before.replace('qqqqqrs ', 'changed ');
    expect(after).not.toBe(before);
    expect(
      difference(before, after, 'en')
        .filter(({ kind }) => kind !== 'same')
        .map(({ text: changed }) => changed.trim()),
    ).toEqual(['qqqqqrs', 'changed']);
  });
});

describe('the difference between two texts of a letter', () => {
  const letter: LetterContent = {
    title: 'Joint letter',
    subject: null,
    dateLine: '23 April 2025',
    addressee: null,
    salutation: 'Dear Minister,',
    body: 'We write to you.',
    callsIntro: 'We call on Japan to:',
    calls: ['Act', 'Speak'],
    closing: null,
    valediction: 'Sincerely,',
  };

  it('lists the fields that differ in the order of the letter', () => {
    const after: LetterContent = {
      ...letter,
      valediction: 'Respectfully,',
      calls: ['Act now', 'Speak', 'Pay'],
      subject: 'Re: aid',
    };
    expect(
      textDifference(letter, after, 'en').map(({ field, pieces }) => [field, inLine(pieces)]),
    ).toEqual([
      ['subject', '[+Re: aid+]'],
      ['calls', '• Act[+ now+]\n• Speak[+\n• Pay+]'],
      ['valediction', '[-Sincerely-][+Respectfully+],'],
    ]);
  });

  it('is empty if the texts are equal', () => {
    expect(textDifference(letter, { ...letter, calls: [...letter.calls] }, 'en')).toEqual([]);
  });

  it('is the whole text if there was none before', () => {
    expect(
      textDifference(null, letter, 'en').map(({ field, pieces }) => [
        field,
        pieces.length,
        pieces[0]?.kind,
      ]),
    ).toEqual(
      ['title', 'dateLine', 'salutation', 'body', 'callsIntro', 'calls', 'valediction'].map(
        (field) => [field, 1, 'added'],
      ),
    );
  });
});

describe('a shortened difference', () => {
  const long = 'one two three four five six seven eight nine ten';
  it('keeps the given number of words on both sides of every change', () => {
    expect(
      inLine(collapse(difference(`${long} old ${long}`, `${long} new ${long}`, 'en'), 2)),
    ).toBe('… nine ten [-old-][+new+] one two …');
    expect(inLine(collapse(difference(`old ${long} old`, `new ${long} new`, 'en'), 2))).toBe(
      '[-old-][+new+] one two … nine ten [-old-][+new+]',
    );
  });
  it('shows left-out paragraphs as a line of their own', () => {
    expect(
      inLine(
        collapse(
          difference(
            `old start.\n\n${long}\n\nAn end`,
            `new start.\n\n${long}\n\nAn end now`,
            'en',
          ),
          1,
        ),
      ),
    ).toBe('[-old-][+new+] start.\n…\nAn end[+ now+]');
  });
  it('counts Japanese words, and keeps a short sentence whole', () => {
    const text = `${'私たちは日本政府に対して次の三つの措置を'.repeat(8)}直ちに講じるよう強く要請します。`;
    expect(inLine(collapse(difference(`${text}旧`, `${text}新`, 'ja'), 2))).toMatch(
      /^….{2,8}\[-旧-\]\[\+新\+\]$/u,
    );
    const sentence = '第二に、石炭火力発電からの脱却を進めてください。';
    expect(
      inLine(collapse(difference(`${text}${sentence}旧`, `${text}${sentence}新`, 'ja'), 2)),
    ).toBe(`…${sentence}[-旧-][+新+]`);
  });
  it('keeps short unchanged texts, and a text without changes, whole', () => {
    expect(inLine(collapse(difference('old and new', 'older and newer', 'en'), 1))).toBe(
      '[-old-][+older+] and [-new-][+newer+]',
    );
    expect(collapse([{ kind: 'same', text: long }], 2)).toEqual([{ kind: 'same', text: long }]);
  });
  it('takes no longer for a text full of spaces', () => {
    const spaces = (end: string) =>
      collapse(
        difference(
          `${'w '.repeat(100)}${' '.repeat(48_000)}end of it ${end}`,
          `${'w '.repeat(100)}${' '.repeat(48_000)}end of it y`,
          'en',
        ),
        12,
      );
    const words = (end: string) =>
      collapse(
        difference(
          `${'word '.repeat(9_600)}end of it ${end}`,
          `${'word '.repeat(9_600)}end of it y`,
          'en',
        ),
        12,
      );
    const timeOf = (what: (end: string) => unknown) => {
      const began = performance.now();
      what('x');
      return performance.now() - began;
    };
    timeOf(words);
    expect(timeOf(spaces)).toBeLessThan(timeOf(words) * 3);
  });
  it('keeps no unchanged words if asked for none', () => {
    expect(
      inLine(collapse(difference(`${long} old ${long}`, `${long} new ${long}`, 'en'), 0)),
    ).toBe('… [-old-][+new+] …');
  });
});
