import { stringify } from 'csv-stringify/sync';

/** An organization's line; all words are in the file's language. */
export interface SignatoryRow {
  /** Its place in the list, from 1. */
  number: number;
  nameJa: string | null;
  nameEn: string | null;
  /** "yes" for a coordinating organization, "" for others. */
  coordinating: string;
  /** What is to be said of it: that it signed an earlier text, or was added after delivery. */
  note: string | null;
}

const COLUMNS = [
  'number',
  'nameJa',
  'nameEn',
  'coordinating',
  'note',
] as const satisfies readonly (keyof SignatoryRow)[];

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\u2212]/;
/** What does not keep a formula from being one, before it. */
const BEFORE = /^[\s\p{Default_Ignorable_Code_Point}]+/u;

/**
 * A cell of one line that no spreadsheet takes for a formula: an apostrophe, which shows it as text, goes before (OWASP,
 * "CSV Injection"). Signs in full width and small ones count, too, and so does a sign behind white space. csv-stringify's
 * `escape_formulas` lets the last pass, and it does not quote a lone line feed where lines end in CR LF.
 */
function cell(value: string | null): string {
  const text = (value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // The first character by itself: with the mark behind it, NFKC may make another sign of it (`=` and U+0338: ≠).
  const [first = ''] = text.replace(BEFORE, '');
  return FORMULA.test(first.normalize('NFKC')) ? `'${text}` : text;
}

/**
 * The list of signatories as CSV that Excel opens correctly in Japanese and English: UTF-8 with a byte order mark, lines
 * ending in CR LF (RFC 4180).
 * @param header the columns' names
 * @param others how many are counted but not named, in words; null when there are none. Its line has a note and no names.
 */
export function signatoriesCsv(
  rows: SignatoryRow[],
  header: Record<keyof SignatoryRow, string>,
  others: string | null,
): string {
  return stringify(
    [
      COLUMNS.map((column) => cell(header[column])),
      ...rows.map(({ number, nameJa, nameEn, coordinating, note }) => [
        number,
        cell(nameJa),
        cell(nameEn),
        cell(coordinating),
        cell(note),
      ]),
      ...(others === null ? [] : [['', '', '', '', cell(others)]]),
    ],
    { bom: true, record_delimiter: '\r\n' },
  );
}
