import { CsvError, parse } from 'csv-parse/sync';
import { TABLE_FILE } from '@/lib/platform/limits';
import { TableError } from './table';

/** What separates cells; the first one wins where several could. */
const SEPARATORS = ['\t', ',', ';'] as const;

function recordsOf(text: string, delimiter: string, to?: number): string[][] {
  return parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    // A quotation mark inside a cell that does not begin with one is a part of it.
    relax_quotes: true,
    ...(to !== undefined && { to }),
  });
}

/** The separator that divides the first row into most cells. */
function separatorOf(text: string): string {
  let best: { separator: string; cells: number } = { separator: ',', cells: 0 };
  for (const separator of SEPARATORS) {
    let cells = 0;
    try {
      cells = recordsOf(text, separator, 1)[0]?.length ?? 0;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
    }
    if (cells > best.cells) best = { separator, cells };
  }
  return best.separator;
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
  const separator = separatorOf(inLines.slice(first));
  try {
    // Rows beyond the limit are not read, but for one that tells of them; blank ones count here.
    return recordsOf(inLines, separator, 2 * TABLE_FILE.rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // A quotation mark opens a cell, and none closes it.
    const before = 'records' in error ? Number(error.records) : 0;
    throw new TableError('quote', before + 1);
  }
}
