import writeExcelFile from 'write-excel-file/node';
import type { Cell } from './table';

/** Written `_x0041_` in a file, a text would be read as `A` (ECMA-376 part 1, 22.9.2.19). */
const textCell = (value: string) => ({
  type: String,
  value: value.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_'),
});

const cellOf = (cell: Cell) => {
  if (typeof cell === 'number') return cell;
  return textCell(typeof cell === 'string' ? cell : cell.free);
};

/**
 * A file of contacts as XLSX. Its cells say that they are text, so that no spreadsheet changes or
 * evaluates what people typed. Made in memory, so the caller bounds the rows.
 */
export async function contactsXlsx(
  header: readonly string[],
  batches: AsyncIterable<Cell[][]>,
): Promise<Buffer> {
  const rows = [];
  for await (const batch of batches) rows.push(...batch.map((row) => row.map(cellOf)));
  return writeExcelFile(
    [header.map((value) => ({ ...textCell(value), fontWeight: 'bold' as const })), ...rows],
    { stickyRowsCount: 1, columns: header.map(() => ({ width: 24 })) },
  ).toBuffer();
}
