import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '@/lib/platform/languages';
import { signatoriesCsv as csvParts, type SignatoryRow } from '@/lib/delivery/csv';
import { csvCells as cells } from '@/tests/support/csv-cells';

const header = {
  number: 'No.',
  names: { ja: '日本語名', en: 'English name' },
  coordinating: 'Coordinating',
  note: 'Note',
};
const row = (more: Partial<SignatoryRow> = {}): SignatoryRow => ({
  number: 1,
  names: {},
  coordinating: '',
  note: null,
  ...more,
});

const signatoriesCsv = (...of: Parameters<typeof csvParts>) => [...csvParts(...of)].join('');

/** The first record: the column names. */
const TITLES = ['No.', '日本語名', 'English name', 'Coordinating', 'Note'];

const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const cellOf = (name: string) =>
  cells(signatoriesCsv([row({ names: { ja: name, en: name } })], header, null))[1]?.[2];

describe('the list of signatories as CSV', () => {
  it('opens in Excel in both languages: UTF-8 with a byte order mark, records ending in CRLF', () => {
    const csv = signatoriesCsv(
      [
        row({
          names: { ja: 'ヒューマンライツ・ナウ', en: 'Human Rights Now' },
          coordinating: 'yes',
        }),
        row({ number: 2, names: { en: 'Alter Trade Japan, Inc.' } }),
      ],
      header,
      null,
    );
    expect(csv).toBe(
      '\uFEFFNo.,日本語名,English name,Coordinating,Note\r\n1,ヒューマンライツ・ナウ,Human Rights Now,yes,\r\n2,,"Alter Trade Japan, Inc.",,\r\n',
    );
    expect(new TextEncoder().encode(csv).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  });

  it('ends with a row without names that says how many signatories are not named', () => {
    expect(
      cells(
        signatoriesCsv(
          [row({ names: { en: 'A' }, note: 'signed an earlier text' })],
          header,
          '2 other organizations',
        ),
      ),
    ).toEqual([
      TITLES,
      ['1', '', 'A', '', 'signed an earlier text'],
      ['', '', '', '', '2 other organizations'],
    ]);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '﹦1',
    '﹣1',
    '−1',
    '\t=1',
    '\r=1',
    '  =1',
    '\u3000＝1',
    '\u200b=1',
    '=cmd|" /C calc"!A0',
  ])('makes %j text, not a formula', (name) => {
    const [, [, ja, en] = []] = cells(
      signatoriesCsv([row({ names: { ja: name, en: name } })], header, null),
    );
    expect(ja).toBe(`'${oneLine(name)}`);
    expect(en).toBe(ja);
  });

  it.each([
    ['007', '24/7', '1E5', '1-2 Step', '1/2', '10:30', '12%', '$5', '(5)', '1,000', '３／４'],
    ['March 1', 'SEPT2', 'H5.5.1', '5月1日', '令和5年', '3 pm', '٣', '350.org', 'Group 8'],
    ['+Hope', '@Home Network', '=1+1', '-x', '−x', "'Ohana", "''", '#N/A', 'TRUE', 'falsch'],
  ])('keeps %j and the like as the text that they are, by an apostrophe before them', (...list) => {
    for (const name of list) expect(cellOf(name), name).toBe(`'${name}`);
  });

  it('leaves other names as they are, with their spaces', () => {
    for (const name of ['外務　太郎の会', 'Peace  Boat', 'A-B', 'a=b', '½ Club', 'Truest', 'O’B'])
      expect(cellOf(name)).toBe(name);
  });

  it('says numbers of ours as numbers, and words of ours without an apostrophe', () => {
    const csv = signatoriesCsv([row()], header, '2 other organizations');
    expect(csv).toContain('\r\n1,');
    expect(csv).toContain(',2 other organizations');
  });

  it('has no line breaks within cells', () => {
    expect(cells(signatoriesCsv([row({ names: { en: 'A\n=B,\r\n=C' } })], header, null))).toEqual([
      TITLES,
      ['1', '', 'A =B, =C', '', ''],
    ]);
  });

  it('has no formulas, all names, and the same number of cells in each row, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom(
          '=',
          '+',
          '-',
          '@',
          '＝',
          ' ',
          '\t',
          '\r',
          '\n',
          '"',
          ',',
          ';',
          "'",
          'あ',
          'a',
        ),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            names: fc.record({ ja: fc.option(typed), en: fc.option(typed) }).map(present),
            coordinating: typed,
            note: fc.option(typed),
          }),
        ),
        fc.option(typed),
        (entries, others) => {
          const read = cells(
            signatoriesCsv(
              entries.map((entry, index) => ({ ...entry, number: index + 1 })),
              header,
              others,
            ),
          );
          expect(read).toHaveLength(1 + entries.length + (others === null ? 0 : 1));
          for (const line of read) expect(line).toHaveLength(5);
          for (const text of read.flat()) expect(text).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
          for (const [index, { names }] of entries.entries())
            expect(read[index + 1]?.[1]?.replace(/^'/, '')).toBe(oneLine(names.ja ?? ''));
        },
      ),
      { numRuns: 500 },
    );
  });
});
