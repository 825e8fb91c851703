import { Parser } from 'htmlparser2';
import JSZip from 'jszip';
import { readSheet } from 'read-excel-file/universal';
import { TABLE_FILE } from '@/lib/platform/limits';
import { TableError } from './table';

/** The last row of a sheet that Excel can make. */
const LAST_ROW = 1_048_576;

/**
 * Reads the bytes of an entry. What the archive says about its size may be false, so that what comes
 * out is counted.
 */
function bytesOf(entry: JSZip.JSZipObject, room: { bytes: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const stream = entry.nodeStream('nodebuffer');
    stream.on('data', (chunk: Buffer) => {
      room.bytes -= chunk.length;
      chunks.push(chunk);
      if (room.bytes >= 0) return;
      stream.pause();
      reject(new TableError('tooMuch'));
    });
    stream.on('error', () => reject(new TableError('damaged')));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

interface Tag {
  /** Without its prefix. */
  name: string;
  attributes: Record<string, string>;
}

/** Calls `open` with each start tag of a part; entities of its own are refused. */
function forEachTag(part: Buffer, open: (tag: Tag) => void): void {
  const parser = new Parser(
    {
      onopentag: (name, attributes) =>
        open({ name: name.slice(name.indexOf(':') + 1), attributes }),
      onprocessinginstruction(name) {
        if (name.startsWith('!')) throw new TableError('damaged');
      },
    },
    { xmlMode: true },
  );
  parser.end(part.toString('utf8'));
}

/** The number of a column from its letters: `AA` → 27. */
const columnOf = (letters: string) =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/**
 * Refuses a sheet with cells beyond the limits before the reader makes room for all cells up to
 * them. Formatted cells without a value do not count.
 */
function checkSheet(sheet: Buffer): void {
  let row = 0;
  let column = 0;
  forEachTag(sheet, ({ name, attributes }) => {
    if (name === 'row' || name === 'c') {
      const [, letters = '', digits = ''] =
        /^([A-Z]{0,3})(\d{0,7})$/.exec(attributes.r ?? '') ?? [];
      if (digits !== '') row = Number(digits);
      else if (name === 'row' && attributes.r === undefined) row += 1;
      // Sheets without addresses are rare, and the reader refuses them.
      else throw new TableError('damaged');
      if (row < 1 || row > LAST_ROW) throw new TableError('damaged');
      if (name === 'c') column = columnOf(letters);
    } else if (name === 'v' || name === 'is') {
      if (row > 2 * TABLE_FILE.rows) throw new TableError('tooManyRows', row);
      if (column > TABLE_FILE.columns) throw new TableError('tooManyColumns', row);
    }
  });
}

/** The path in the archive that a relationship of the workbook leads to. */
const pathTo = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

const WORKBOOK = 'xl/workbook.xml';
const RELATIONSHIPS = 'xl/_rels/workbook.xml.rels';

/**
 * A workbook of its first sheet alone, unpacked and with nothing of the outside, so that the reader
 * can meet neither a zip bomb nor an endless sheet.
 */
async function firstSheet(bytes: Buffer): Promise<ArrayBuffer> {
  const zip = await JSZip.loadAsync(bytes).catch(() => {
    throw new TableError('damaged');
  });
  if (Object.keys(zip.files).length > TABLE_FILE.entries) throw new TableError('tooMuch');
  const room = { bytes: TABLE_FILE.unpackedBytes };
  const small = new JSZip();
  const take = async (path: string): Promise<Buffer> => {
    const entry = zip.file(path);
    if (!entry) throw new TableError('damaged');
    const part = await bytesOf(entry, room);
    small.file(path, part);
    return part;
  };

  const sheets: string[] = [];
  forEachTag(await take(WORKBOOK), ({ name, attributes }) => {
    const id = Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
    if (name === 'sheet' && id !== undefined) sheets.push(id);
  });
  const paths: { kind: string; id: string; path: string }[] = [];
  forEachTag(await take(RELATIONSHIPS), ({ name, attributes }) => {
    if (name !== 'Relationship' || attributes.Target === undefined) return;
    const kind = (attributes.Type ?? '').split('/').at(-1)!;
    paths.push({ kind, id: attributes.Id ?? '', path: pathTo(attributes.Target) });
  });
  const sheet = paths.find(({ kind, id }) => kind === 'worksheet' && id === sheets[0]);
  if (!sheet) throw new TableError('damaged');
  checkSheet(await take(sheet.path));
  for (const { kind, path } of paths)
    if (kind === 'sharedStrings' || kind === 'styles') await take(path);
  return small.generateAsync({ type: 'arraybuffer', compression: 'STORE' });
}

/** A cell as text: numbers as they are, dates as `2026-11-29`, results in place of formulas. */
function written(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return cell === null ? '' : String(cell);
}

/**
 * The rows of the first sheet of an XLSX file.
 * @throws {TableError}
 */
export async function workbookRows(bytes: Buffer): Promise<string[][]> {
  const sheet = await firstSheet(bytes);
  const rows = await readSheet(sheet, 1, { trim: false }).catch(() => {
    throw new TableError('damaged');
  });
  return rows.map((cells) => cells.map(written));
}
