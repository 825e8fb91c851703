import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '@/lib/platform/languages';
import { signatoriesCsv, type SignatoryRow } from '@/lib/delivery/csv';

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

/** The first record: the column names. */
const TITLES = ['No.', '日本語名', 'English name', 'Coordinating', 'Note'];

const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** The cells as parsed by RFC 4180. */
function cells(csv: string): string[][] {
  const lines: string[][] = [[]];
  for (const { 1: quoted, 2: plain = '', 3: end } of csv
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',') lines.push([]);
  }
  return lines.slice(0, -1);
}

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

  it('has no line breaks within cells', () => {
    expect(cells(signatoriesCsv([row({ names: { en: 'A\n=1+1,\r\n=2' } })], header, null))).toEqual(
      [TITLES, ['1', '', 'A =1+1, =2', '', '']],
    );
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
            expect(read[index + 1]?.[1]?.replace(/^'/, '')).toBe(
              oneLine(names.ja ?? '').replace(/^'/, ''),
            );
        },
      ),
      { numRuns: 500 },
    );
  });
});
