import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedRows } from '@/lib/endorsement/table/columns';
import { countryIn, languageIn } from '@/lib/endorsement/table/values';
import { TABLE_FILE } from '@/lib/platform/limits';
import { readPastedTable, readTableFile } from '@/lib/platform/table-file/read';
import { TableError } from '@/lib/platform/table-file/table';
import { formulaCell, numberCell, workbook } from '@/tests/support/workbook';

/** 団体名,国 / 日本平和の会①,日本, as Excel writes it in Japan. */
const SHIFT_JIS = Buffer.from(
  '92c391cc96bc2c8d910d0a93fa967b95bd98618ccc89ef87402c93fa967b0d0a',
  'hex',
);

/** Why a list is refused, and in which row. */
async function refused(list: Buffer | string): Promise<unknown> {
  try {
    return typeof list === 'string' ? readPastedTable(list) : await readTableFile(list);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return [error.problem, error.row];
  }
}

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** What a cell of any list can hold. */
const aCell = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((text) => text.replace(/[\p{Cc}\ufeff\ufffd]/gu, ''))
  .filter((text) => text.trim() !== '');
const someRows = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.array(fc.array(aCell, { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 8,
  }),
);

describe('lists in text', () => {
  const TEXT = 'name,country\r\nÉcole 平和,FR\r\n';
  const rows = [
    { number: 1, cells: ['name', 'country'] },
    { number: 2, cells: ['École 平和', 'FR'] },
  ];

  it('reads UTF-8 and UTF-16 with and without a byte order mark', async () => {
    for (const [bytes, format] of [
      [Buffer.from(TEXT), 'utf-8'],
      [Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
      [Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16'],
      [Buffer.from(TEXT, 'utf16le'), 'utf-16'],
      [utf16be(`\ufeff${TEXT}`), 'utf-16'],
      [utf16be(TEXT), 'utf-16'],
    ] as const)
      expect(await readTableFile(bytes)).toEqual({ format, rows });
  });

  it('reads Shift_JIS as Excel writes it, with the characters that Windows added', async () => {
    const text = new TextDecoder('shift_jis').decode(SHIFT_JIS);
    const { format, rows: read } = await readTableFile(SHIFT_JIS);
    expect(format).toBe('shift_jis');
    expect(read.map(({ cells }) => cells.join(',')).join('\r\n')).toBe(text.trim());
    expect(text).toContain('①');
  });

  it('refuses bytes that are no text in any of them', async () => {
    expect(await refused(Buffer.from([0x6e, 0x2c, 0xff, 0xfd, 0x80]))).toEqual(['encoding', null]);
    expect(await refused(Buffer.from([1, 2, 3, 4]))).toEqual(['encoding', null]);
  });

  it('finds commas, semicolons and tabs, and keeps line breaks and quotation marks in cells', () => {
    for (const separator of [',', ';', '\t'])
      expect(
        readPastedTable(
          `name${separator}note\n"A, B; C\tD"${separator}"two\nlines ""quoted"""\nThe "Peace" Club${separator}x\n`,
        ).rows,
      ).toEqual([
        { number: 1, cells: ['name', 'note'] },
        { number: 2, cells: ['A, B; C\tD', 'two\nlines "quoted"'] },
        { number: 3, cells: ['The "Peace" Club', 'x'] },
      ]);
  });

  it('numbers rows as spreadsheets do: blank ones count, line breaks in cells do not', () => {
    expect(
      readPastedTable('\n\nname,note\n"A","1\n2\n3"\n,\nB,\n').rows.map(({ number }) => number),
    ).toEqual([3, 4, 6]);
  });

  it('reads what csv-stringify writes, whatever the cells, separators, line ends and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        someRows,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        async (written, delimiter, record_delimiter, encoding) => {
          const text = stringify(written, { delimiter, record_delimiter, quoted: true });
          const { rows: read } = await readTableFile(Buffer.from(`\ufeff${text}`, encoding));
          expect(read.map(({ cells }) => cells)).toEqual(written);
        },
      ),
    );
  });

  it('takes no separator that stands in quotation marks', () => {
    const cells = (text: string) => readPastedTable(text).rows.map((row) => row.cells);
    expect(cells('"!";","\n"!";"!"')).toEqual([
      ['!', ','],
      ['!', '!'],
    ]);
    expect(cells('"a, b, c"\t"1"')).toEqual([['a, b, c', '1']]);
    expect(cells('The "Peace" Group,JP;x')).toEqual([['The "Peace" Group', 'JP;x']]);
  });

  it('names the row of a fault', async () => {
    expect(await refused('name\nA\n"B\nC\n')).toEqual(['quote', 3]);
    const long = 'x'.repeat(TABLE_FILE.cell + 1);
    expect(await refused(`name\nA\n${long}\n`)).toEqual(['cellTooLong', 3]);
    expect(await refused(`name,x\n${','.repeat(TABLE_FILE.columns)}x\n`)).toEqual([
      'tooManyColumns',
      2,
    ]);
    const many = `name\n${'A\n'.repeat(TABLE_FILE.rows)}`;
    expect(readPastedTable(many).rows).toHaveLength(TABLE_FILE.rows + 1);
    expect(await refused(`${many}B\n`)).toEqual(['tooManyRows', TABLE_FILE.rows + 2]);
  });

  it('refuses what is empty, too big or another kind of file', async () => {
    expect(await refused('')).toEqual(['none', null]);
    expect(await refused(' \n,\n')).toEqual(['none', null]);
    expect(await refused(Buffer.alloc(TABLE_FILE.bytes + 1, 'a'))).toEqual(['tooBig', null]);
    expect(await refused(Buffer.from('%PDF-1.7'))).toEqual(['pdf', null]);
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]);
    expect(await refused(old)).toEqual(['old', null]);
    expect(await refused(Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]))).toEqual(
      ['locked', null],
    );
  });
});

describe('lists in workbooks', () => {
  it('reads texts, numbers, dates and results of formulas, and numbers rows as Excel does', async () => {
    const { format, rows } = await readTableFile(
      await workbook([
        ['団体名', 'No', 'date', 'note'],
        [],
        ['平和の会', '007', numberCell(46355, 1), formulaCell('A1&"x"', 'a & b')],
        [null, numberCell(7, 2), numberCell(0.5), ' spaces and\nlines '],
      ]),
    );
    expect(format).toBe('xlsx');
    expect(rows).toEqual([
      { number: 1, cells: ['団体名', 'No', 'date', 'note'] },
      { number: 3, cells: ['平和の会', '007', '2026-11-29', 'a & b'] },
      { number: 4, cells: ['', '7', '0.5', ' spaces and\nlines '] },
    ]);
  });

  it('leaves out the furigana that Excel notes behind a name', async () => {
    const file = await workbook([['団体名'], ['平和の会']], {
      readings: new Map([['平和の会', 'ヘイワノカイ']]),
    });
    expect((await readTableFile(file)).rows[1]!.cells).toEqual(['平和の会']);
  });

  it('reads any cells', async () => {
    await fc.assert(
      fc.asyncProperty(someRows, async (written) => {
        const { rows } = await readTableFile(await workbook(written));
        expect(rows.map(({ cells }) => cells)).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what would unpack to too much, whatever the archive says about it', async () => {
    const bomb = await workbook([], {
      parts: { strings: ' '.repeat(TABLE_FILE.unpackedBytes + 1) },
    });
    expect(bomb.length).toBeLessThan(TABLE_FILE.bytes);
    expect(await refused(bomb)).toEqual(['tooMuch', null]);
  });

  it('refuses cells beyond the limits before it makes room for them, and entities of its own', async () => {
    const sheet = (rows: string, before = '') =>
      workbook([], {
        parts: { sheet: `${before}<worksheet><sheetData>${rows}</sheetData></worksheet>` },
      });
    const cell = (address: string) =>
      `<row r="${/\d+/.exec(address)![0]}"><c r="${address}"><v>1</v></c></row>`;
    expect(await refused(await sheet(cell('A1000000')))).toEqual(['tooManyRows', 1_000_000]);
    expect(await refused(await sheet(cell('XFD2')))).toEqual(['tooManyColumns', 2]);
    expect(await refused(await sheet(cell('A99999999999')))).toEqual(['damaged', null]);
    expect(await refused(await sheet(cell('A1'), '<!DOCTYPE x [<!ENTITY a "b">]>'))).toEqual([
      'damaged',
      null,
    ]);
  });

  it('allows formatted rows without values as far down as Excel goes', async () => {
    const { rows } = await readTableFile(
      await workbook([], {
        parts: {
          sheet:
            '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>',
        },
      }),
    );
    expect(rows).toEqual([{ number: 1, cells: ['1'] }]);
  });

  it('refuses archives that are none, or hold something else', async () => {
    expect(await refused(Buffer.from('PK\u0003\u0004 and no more'))).toEqual(['damaged', null]);
    const part = await workbook([['a']]);
    expect(await refused(part.subarray(0, part.length / 2))).toEqual(['damaged', null]);
  });
});

describe('columns', () => {
  const listed = (text: string) => listedRows(readPastedTable(text));

  it('are known by their headings in Japanese and English', () => {
    expect(
      listed('団体名（必須）\tフリガナ\t英語名\t国名\t備考\nA\tえー\tB\t日本\tfax\n'),
    ).toMatchObject({
      ok: true,
      rows: [
        {
          number: 2,
          values: { name: 'A', reading: 'えー', nameEn: 'B', country: '日本', evidence: 'fax' },
        },
      ],
    });
    expect(
      listed('Organization Name,E-Mail,Representative’s name,Role,Phone\nA,a@b.example,C,D,1\n'),
    ).toMatchObject({
      headings: [
        { column: 'name' },
        { column: 'representativeEmail' },
        { column: 'representativeName' },
        { column: 'representativeRole' },
        { heading: 'Phone', column: null },
      ],
    });
  });

  it('a list of plainly names and addresses needs no headings', () => {
    const [a, b] = ['info@a.example', 'B <info@b.example>'];
    expect(listed(`平和の会\t${a}\t日本\nPeace Club\t${b}`)).toMatchObject({
      ok: true,
      rows: [
        { number: 1, values: { name: '平和の会', representativeEmail: a, country: '日本' } },
        { number: 2, values: { name: 'Peace Club', representativeEmail: b, country: '' } },
      ],
    });
    expect(listed(`1\t${a}\t\tPeace Club\n2\tnone\t\tJapan`)).toMatchObject({
      rows: [
        { values: { name: 'Peace Club', representativeEmail: a } },
        { values: { name: 'Japan', representativeEmail: 'none' } },
      ],
    });
    // Which one names the organization, nobody can tell.
    expect(listed(`Peace Club\tA. Person\t${a}`)).toMatchObject({ reason: 'no-name-column' });
    expect(listed(`Peace Club\t${a}\tinfo@c.example`)).toMatchObject({
      reason: 'no-name-column',
    });
    expect(listed(a)).toMatchObject({ reason: 'no-name-column' });
    expect(listed(`Peace Club\tnone\nOther\t${a}`)).toMatchObject({ reason: 'no-name-column' });
  });

  it('a list without a column of names, with one twice, or without rows is refused', () => {
    expect(listed('Peace Club,JP\nOther,FR\n')).toMatchObject({ reason: 'no-name-column' });
    expect(listed('name,団体名\nA,B\n')).toMatchObject({ reason: 'column-twice', column: 'name' });
    expect(listed('name\n')).toMatchObject({ reason: 'no-rows' });
  });

  it('countries and languages are read as people write them; what is not known stays', () => {
    expect(
      ['jp', '日本', 'Japan', 'U.S.', 'アメリカ合衆国', '国際', 'Atlantis'].map(countryIn),
    ).toEqual(['JP', 'JP', 'JP', 'US', 'US', 'XX', 'Atlantis']);
    expect(['ja', '日本語', 'Japanese', 'English', '英語', 'Klingon'].map(languageIn)).toEqual([
      'ja',
      'ja',
      'ja',
      'en',
      'en',
      'Klingon',
    ]);
  });
});
