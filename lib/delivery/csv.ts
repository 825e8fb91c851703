import { stringify } from 'csv-stringify/sync';

/** A signatory in the table; `note` says what sets it apart from the others. */
export interface SignatoryRow {
  nameJa: string | null;
  nameEn: string | null;
  coordinating: boolean;
  note: string | null;
}

/** The words of the table, in its file's language. */
export interface CsvWords {
  number: string;
  nameJa: string;
  nameEn: string;
  coordinating: string;
  note: string;
  yes: string;
}

/** What a spreadsheet may take for the beginning of a formula, behind white space, too, and in its full-width forms. */
const FORMULA_START = /^[\s\uFEFF]*[=+\-@＝＋－＠\t\r|]/u;

/** A cell that no spreadsheet computes: an apostrophe before it makes it text. */
const cell = (text: string | null) => (text && FORMULA_START.test(text) ? `'${text}` : (text ?? ''));

/**
 * Signatories as CSV, numbered in their order. UTF-8 with a byte order mark and CRLF, which Excel opens rightly in
 * Japanese and in English.
 * @param others the last line, for those counted but not named; null for none
 */
export function signatoriesCsv(rows: SignatoryRow[], words: CsvWords, others: string | null): string {
  const lines = rows.map(({ nameJa, nameEn, coordinating, note }, index) => [index + 1, cell(nameJa), cell(nameEn), coordinating ? words.yes : '', cell(note)]);
  const header = [words.number, words.nameJa, words.nameEn, words.coordinating, words.note];
  const last = others === null ? [] : [['', cell(others), '', '', '']];
  return stringify([header, ...lines, ...last], { bom: true, record_delimiter: 'windows' });
}
