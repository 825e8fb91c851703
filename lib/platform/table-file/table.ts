import { TABLE_FILE } from '@/lib/platform/limits';

/** Why a list cannot be read. The words are in `messages/*.json` under `endorsement.table.problems`. */
export type TableProblem =
  | 'none'
  | 'tooBig'
  | 'tooMuch'
  | 'tooManyRows'
  | 'tooManyColumns'
  | 'cellTooLong'
  | 'quote'
  | 'encoding'
  | 'pdf'
  | 'old'
  | 'locked'
  | 'damaged';

/** A list cannot be read, for a reason that its sender is told; `row`: where, if it is one place. */
export class TableError extends Error {
  constructor(
    readonly problem: TableProblem,
    readonly row: number | null = null,
  ) {
    super(`A list cannot be read: ${problem}`);
  }
}

/** What a list was written in. */
export type TableFormat = 'utf-8' | 'utf-16' | 'shift_jis' | 'xlsx' | 'pasted';

export interface TableRow {
  /** As spreadsheets count: from 1, with blank rows. */
  number: number;
  /** What was written; empty at the end where a row is shorter than others. */
  cells: string[];
}

/** A list as it was written, without its blank rows. */
export interface Table {
  format: TableFormat;
  rows: TableRow[];
}

/**
 * The rows that are not blank, numbered; the first is the header.
 * @throws {TableError} where there are too many of them, or a row or cell is too long
 */
export function boundedRows(all: readonly string[][]): TableRow[] {
  const rows = all
    .map((cells, at) => ({ number: at + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) throw new TableError('none');
  if (rows.length > TABLE_FILE.rows + 1)
    throw new TableError('tooManyRows', rows[TABLE_FILE.rows + 1]!.number);
  for (const { number, cells } of rows) {
    if (cells.length > TABLE_FILE.columns) throw new TableError('tooManyColumns', number);
    if (cells.some(({ length }) => length > TABLE_FILE.cell))
      throw new TableError('cellTooLong', number);
  }
  return rows;
}
