/**
 * Rows of tables in one file: gzipped lines, each the name of a table, a tab and a row as JSON. The
 * first is `head`, with the format; the last is `end`, with the number and SHA-256 of the others.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { Readable, pipeline as pipe } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { decrypted, encrypted } from './encryption';
import { ArchiveError } from './error';

/** A row of a table, as the text of its JSON. */
export type Entry = readonly [table: string, json: string];

interface End {
  lines: number;
  sha256: string;
}

/** Lines are handed on in pieces of about this size. */
const PIECE = 2 ** 16;

/** The lines of a file, in pieces, with its first and last one. */
async function* withEnds(head: object, entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let lines = 0;
  let piece = '';
  const cut = () => {
    const bytes = Buffer.from(piece);
    hash.update(bytes);
    piece = '';
    return bytes;
  };
  const add = ([table, json]: Entry) => {
    lines += 1;
    piece += `${table}\t${json}\n`;
  };
  add(['head', JSON.stringify(head)]);
  for await (const entry of entries) {
    add(entry);
    if (piece.length >= PIECE) yield cut();
  }
  yield cut();
  yield Buffer.from(
    `end\t${JSON.stringify({ lines, sha256: hash.digest('hex') } satisfies End)}\n`,
  );
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Writes a file that only its owner can read, in bounded memory; encrypted if there is a passphrase.
 * It appears under its name when it is complete.
 * @throws {ArchiveError} if there is such a file
 */
export async function writeArchive(
  file: string,
  head: { format: string },
  entries: AsyncIterable<Entry>,
  passphrase?: string,
): Promise<void> {
  if (await exists(file)) throw new ArchiveError(`${file} exists; choose another name`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  const bytes = Readable.from(withEnds(head, entries), { objectMode: false });
  const out = createWriteStream(part, { mode: 0o600, flags: 'wx' });
  try {
    if (passphrase === undefined) await pipeline(bytes, createGzip(), out);
    else await pipeline(bytes, createGzip(), encrypted(passphrase), out);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** The lines of a stream of bytes. (`readline` also splits at separators that JSON may contain.) */
async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of source) {
    let from = 0;
    for (let to = chunk.indexOf(10); to !== -1; to = chunk.indexOf(10, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, to)]);
      begun = [];
      from = to + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) throw new ArchiveError('the file is incomplete');
}

/** The bytes of a file, decrypted and unzipped. */
function bytesOf(file: string, passphrase?: string): AsyncIterable<Buffer> {
  const raw = createReadStream(file);
  if (passphrase === undefined) return pipe(raw, createGunzip(), () => {});
  return pipe(raw, decrypted(passphrase), createGunzip(), () => {});
}

/** What is told of an error of the streams. */
function told(error: unknown, file: string): unknown {
  if (error instanceof ArchiveError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new ArchiveError(`there is no file ${file}`);
  if (/^Z_|ERR_STREAM_PREMATURE_CLOSE/.test(code))
    return new ArchiveError('the file was altered, is incomplete, or of another kind');
  return error;
}

/**
 * Reads the entries of a file, the first one its head. Only when it has ended without an error are
 * they known to be those that were written.
 * @throws {ArchiveError} with what to tell about a file that cannot be read
 */
async function* entriesOf(file: string, passphrase?: string): AsyncGenerator<Entry> {
  const hash = createHash('sha256');
  let lines = 0;
  let end: End | undefined;
  try {
    for await (const line of linesOf(bytesOf(file, passphrase))) {
      if (end) throw new ArchiveError('the file goes on after its end');
      const tab = line.indexOf(9);
      const name = line.subarray(0, tab).toString();
      const json = line.subarray(tab + 1).toString();
      if (name === 'end') {
        end = JSON.parse(json) as End;
        continue;
      }
      if (lines === 0 && name !== 'head') throw new ArchiveError('the file is of another kind');
      hash.update(line).update('\n');
      lines += 1;
      yield [name, json];
    }
  } catch (error) {
    throw told(error, file);
  }
  if (!end) throw new ArchiveError('the file is incomplete');
  if (end.lines !== lines || end.sha256 !== hash.digest('hex'))
    throw new ArchiveError('the file was altered: its contents have another hash');
}

/**
 * Reads a file from beginning to end, and checks that it is complete, unaltered and of a format.
 * @returns its head, and its rows to be read again
 * @throws {ArchiveError} with what to tell about a file that is not
 */
export async function openArchive<Head extends { format: string }>(
  file: string,
  format: Head['format'],
  passphrase?: string,
): Promise<{ head: Head; rows(): AsyncGenerator<Entry> }> {
  let head: Head | undefined;
  for await (const [, json] of entriesOf(file, passphrase)) {
    if (head) continue;
    head = JSON.parse(json) as Head;
    if (head.format !== format)
      throw new ArchiveError(`the file is ${head.format}; this version reads ${format}`);
  }
  return {
    head: head!,
    async *rows() {
      const entries = entriesOf(file, passphrase);
      await entries.next();
      yield* entries;
    },
  };
}
