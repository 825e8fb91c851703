import { stringify } from 'csv-stringify/sync';

/** The row of an organization; its words are in the language of the file. */
export interface SignatoryRow {
  /** Position in the list, from 1. */
  number: number;
  nameJa: string | null;
  nameEn: string | null;
  /** "yes" for a coordinating organization, "" for others. */
  coordinating: string;
  /** A remark: signed an earlier text, or was added after the delivery. */
  note: string | null;
}

const COLUMNS = [
  'number',
  'nameJa',
  'nameEn',
  'coordinating',
  'note',
] as const satisfies readonly (keyof SignatoryRow)[];

/** Characters with which formulas begin in spreadsheets. */
const FORMULA = /^[=+\-@\u2212]/;
/** Characters that spreadsheets skip before a formula. */
const SKIPPED = /^[\s\p{Default_Ignorable_Code_Point}]+/u;

/**
 * A single-line cell that no spreadsheet evaluates: an apostrophe before a formula makes it text
 * (OWASP, "CSV Injection"). Full-width and small variants of the characters count, also after white
 * space, which csv-stringify's `escape_formulas` does not check. Line breaks are replaced because
 * csv-stringify does not quote a lone LF where records end in CRLF.
 */
function cell(value: string | null): string {
  const text = (value ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  // The first code point alone, since NFKC could compose it with a combining mark after it (`=` and
  // U+0338: ≠).
  const [first = ''] = text.replace(SKIPPED, '');
  return FORMULA.test(first.normalize('NFKC')) ? `'${text}` : text;
}

/**
 * The list of signatories as CSV that Excel opens correctly in Japanese and English: UTF-8 with a
 * byte order mark, records ending in CRLF (RFC 4180).
 * @param header names of the columns
 * @param others note for a last row without names, which says how many signatories are counted but
 * not named; null if none
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
