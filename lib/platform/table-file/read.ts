import { TABLE_FILE } from '@/lib/platform/limits';
import { textOfFile } from './encoding';
import { separatedRows } from './separated';
import { boundedRows, TableError, type Table } from './table';
import { workbookRows } from './workbook';

const begins = (bytes: Buffer, signature: string) =>
  bytes.subarray(0, signature.length).toString('latin1') === signature;

/** Refuses files that are neither text nor XLSX, by what they begin with. */
function refuseOthers(bytes: Buffer): void {
  if (bytes.subarray(0, 1_024).includes('%PDF-')) throw new TableError('pdf');
  // The container of Excel before 2007, and of workbooks with a password since.
  if (begins(bytes, '\u00d0\u00cf\u0011\u00e0'))
    throw new TableError(
      bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'locked' : 'old',
    );
}

/**
 * Reads a list from a file: CSV or TSV in UTF-8, UTF-16 or Shift_JIS, or the first sheet of an XLSX
 * file. Within the limits of `TABLE_FILE`.
 * @throws {TableError}
 */
export async function readTableFile(bytes: Buffer): Promise<Table> {
  if (bytes.length === 0) throw new TableError('none');
  if (bytes.length > TABLE_FILE.bytes) throw new TableError('tooBig');
  refuseOthers(bytes);
  if (begins(bytes, 'PK\u0003\u0004'))
    return { format: 'xlsx', rows: boundedRows(await workbookRows(bytes)) };
  const { text, format } = textOfFile(bytes);
  return { format, rows: boundedRows(separatedRows(text)) };
}

/**
 * Reads a list from text that was pasted, as from a spreadsheet; like {@link readTableFile}.
 * @throws {TableError}
 */
export function readPastedTable(text: string): Table {
  if (Buffer.byteLength(text) > TABLE_FILE.bytes) throw new TableError('tooBig');
  return { format: 'pasted', rows: boundedRows(separatedRows(text.replaceAll('\0', ''))) };
}
