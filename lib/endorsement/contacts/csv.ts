import { named, records, words } from '@/lib/platform/csv';
import type { Cell } from './table';

const cellOf = (cell: Cell): string | number => {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'string' ? words(cell) : named(cell.free);
};

/**
 * A file of contacts as CSV, part by part. What people typed stays text in every spreadsheet
 * (docs/csv.md).
 */
export async function* contactsCsv(
  header: readonly string[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<string> {
  yield records([header.map(words)]);
  for await (const rows of batches)
    yield records(
      rows.map((row) => row.map(cellOf)),
      { isBeginning: false },
    );
}
