import JSZip from 'jszip';
import { WORD_FILE } from '@/lib/platform/limits';
import type { WordFileProblem } from '../schema';
import { parseXml, elementsOf, UnreadableXml, type Xml } from './xml';

/** A file cannot be opened, for a reason that its sender is told. */
export class WordFileError extends Error {
  constructor(readonly problem: WordFileProblem) {
    super(`A Word file cannot be opened: ${problem}`);
  }
}

/** The parts of a Word file that a letter is read from. */
export interface WordParts {
  document: Xml;
  footnotes: Xml | null;
  endnotes: Xml | null;
  styles: Xml | null;
  numbering: Xml | null;
  /** Headers and footers. */
  margins: Xml[];
  /** The targets of links by their id, of the text, its footnotes and its endnotes. */
  links: Record<'document' | 'footnotes' | 'endnotes', ReadonlyMap<string, string>>;
}

const begins = (bytes: Buffer, signature: string) =>
  bytes.subarray(0, signature.length).toString('latin1') === signature;

/** What a file is by its first bytes, if it is none that begins like a Word file. */
function otherKind(bytes: Buffer): WordFileProblem | null {
  if (bytes.length === 0) return 'none';
  if (begins(bytes, 'PK\u0003\u0004')) return null;
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  // The container of Word before 2007, and of documents with a password since.
  if (begins(bytes, '\u00d0\u00cf\u0011\u00e0'))
    return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'locked' : 'old';
  return 'other';
}

/**
 * Reads the text of an entry. What the archive says about its size may be false, so that what comes
 * out is counted.
 */
function textOf(entry: JSZip.JSZipObject, room: { bytes: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const stream = entry.nodeStream('nodebuffer');
    stream.on('data', (chunk: Buffer) => {
      room.bytes -= chunk.length;
      chunks.push(chunk);
      if (room.bytes >= 0) return;
      stream.pause();
      reject(new WordFileError('tooMuch'));
    });
    stream.on('error', () => reject(new WordFileError('damaged')));
    stream.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
      resolve(bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, ''));
    });
  });
}

/** The path that a relationship of a part leads to. */
function pathTo(target: string, part: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const at = part.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') at.pop();
    else if (step !== '.') at.push(step);
  }
  return at.join('/');
}

interface Relationship {
  id: string;
  /** The last word of its type: `footnotes`. */
  kind: string;
  target: string;
}

/**
 * Reads the parts of a Word file that a letter needs, and nothing else of it: no pictures, no
 * embedded files, nothing from the outside.
 * @throws {WordFileError}
 */
export async function wordParts(bytes: Buffer): Promise<WordParts> {
  if (bytes.length > WORD_FILE.bytes) throw new WordFileError('tooBig');
  const other = otherKind(bytes);
  if (other) throw new WordFileError(other);
  const zip = await JSZip.loadAsync(bytes).catch((error: unknown) => {
    const isLocked = error instanceof Error && /encrypt/i.test(error.message);
    throw new WordFileError(isLocked ? 'locked' : 'damaged');
  });
  if (Object.keys(zip.files).length > WORD_FILE.entries) throw new WordFileError('tooMuch');

  const room = { bytes: WORD_FILE.unpackedBytes };
  const read = async (path: string | undefined): Promise<Xml | null> => {
    const entry = path === undefined ? null : zip.file(path);
    if (!entry) return null;
    try {
      return parseXml(await textOf(entry, room));
    } catch (error) {
      if (!(error instanceof UnreadableXml)) throw error;
      throw new WordFileError(error.message === 'too many elements' ? 'tooMuch' : 'damaged');
    }
  };
  /** The relationships of a part; of the whole file without one. */
  const relationships = async (part = ''): Promise<Relationship[]> => {
    const name = part.lastIndexOf('/') + 1;
    const found = await read(`${part.slice(0, name)}_rels/${part.slice(name)}.rels`);
    return (found ? elementsOf(found) : []).map(({ attributes }) => ({
      id: attributes.Id ?? '',
      kind: (attributes.Type ?? '').split('/').at(-1)!,
      target: attributes.Target ?? '',
    }));
  };
  const linksIn = (all: Relationship[]) =>
    new Map(
      all.flatMap(({ id, kind, target }): [string, string][] =>
        kind === 'hyperlink' ? [[id, target]] : [],
      ),
    );

  const main = (await relationships()).find(({ kind }) => kind === 'officeDocument');
  const path = main ? pathTo(main.target, '') : 'word/document.xml';
  const document = await read(path);
  if (document?.name !== 'w:document') throw new WordFileError('other');
  const all = await relationships(path);
  const pathOf = (kind: string) => {
    const found = all.find((each) => each.kind === kind);
    return found && pathTo(found.target, path);
  };
  const notesLinks = async (kind: string) => {
    const part = pathOf(kind);
    return linksIn(part === undefined ? [] : await relationships(part));
  };
  const margins = [];
  for (const { kind, target } of all) {
    if (kind !== 'header' && kind !== 'footer') continue;
    const part = await read(pathTo(target, path));
    if (part) margins.push(part);
  }
  return {
    document,
    footnotes: await read(pathOf('footnotes')),
    endnotes: await read(pathOf('endnotes')),
    styles: await read(pathOf('styles')),
    numbering: await read(pathOf('numbering')),
    margins,
    links: {
      document: linksIn(all),
      footnotes: await notesLinks('footnotes'),
      endnotes: await notesLinks('endnotes'),
    },
  };
}
