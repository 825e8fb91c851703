import { CsvError, parse } from 'csv-parse/sync';
import { TABLE_FILE } from '@/lib/platform/limits';
import { TableError } from './table';

/** What separates cells; the first one wins where several could. */
const SEPARATORS = ['\t', ',', ';'] as const;

interface Reading {
  delimiter: string;
  /** A quotation mark inside a cell that does not begin with one is a part of it. */
  relax_quotes: boolean;
  /** How many records to read at most. */
  to: number;
}

const recordsOf = (text: string, reading: Reading): string[][] =>
  parse(text, { ...reading, record_delimiter: '\n', relax_column_count: true });

/** Into how many cells a separator divides the first row; 0 if its quotation marks do not fit. */
function cellsOf(text: string, delimiter: string, relax_quotes: boolean): number {
  try {
    return recordsOf(text, { delimiter, relax_quotes, to: 1 })[0]?.length ?? 0;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return 0;
  }
}

/**
 * The separator that divides the first row into most cells. One with which each quotation mark
 * opens or closes a cell goes first: with another one, the marks of `"a";","` are text.
 */
function separatorOf(text: string): string {
  for (const relaxed of [false, true]) {
    const cells = SEPARATORS.map((separator) => cellsOf(text, separator, relaxed));
    const most = Math.max(...cells);
    if (most > 1) return SEPARATORS[cells.indexOf(most)] ?? ',';
  }
  return ',';
}

/**
 * The rows of a text whose cells are separated by commas, semicolons or tabs, as files of
 * spreadsheets and what is copied from them. A quoted cell can have line breaks.
 * @throws {TableError}
 */
export function separatedRows(text: string): string[][] {
  const inLines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const begins = inLines.search(/\S/);
  if (begins < 0) throw new TableError('none');
  const first = inLines.lastIndexOf('\n', begins) + 1;
  try {
    // Rows beyond the limit are not read, but for one that tells of them; blank ones count here.
    return recordsOf(inLines, {
      delimiter: separatorOf(inLines.slice(first)),
      relax_quotes: true,
      to: 2 * TABLE_FILE.rows,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quotation mark opens a cell, and none closes it.
    const before = 'records' in error ? Number(error.records) : 0;
    throw new TableError('quote', before + 1);
  }
}
