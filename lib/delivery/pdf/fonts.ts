import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LETTER_FACES, OTHER_FACES, type Face } from './faces';

/** The path of a font file of a package. */
export const inModules = (file: string) =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules', file);

/** The folders of faces, for Typst. */
export function foldersOf(faces: Iterable<Face>): string[] {
  return [...faces].flatMap(({ folders }) => folders.map(inModules));
}

/**
 * Ranges of the code points for which a TrueType or OpenType file has glyphs, from its `cmap` table
 * in formats 4 and 12 (OpenType 1.9).
 */
function* segments(font: Buffer): Generator<[first: number, last: number]> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  const record = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap');
  if (record === undefined) return;
  const cmap = font.readUInt32BE(record + 8);
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const table = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
    const format = font.readUInt16BE(table);
    if (format === 12) {
      for (let group = 0; group < font.readUInt32BE(table + 12); group += 1) {
        const at = table + 16 + 12 * group;
        yield [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
      }
    } else if (format === 4) {
      const twice = font.readUInt16BE(table + 6);
      for (let at = 0; at < twice - 2; at += 2)
        yield [font.readUInt16BE(table + 16 + twice + at), font.readUInt16BE(table + 14 + at)];
    }
  }
}

const coverage = new Map<Face, Set<number>>();

/** The code points of a face, read when first asked for. */
function charactersOf(face: Face): Set<number> {
  const known = coverage.get(face);
  if (known) return known;
  const found = new Set<number>();
  for (const [first, last] of segments(readFileSync(inModules(face.regular)))) {
    for (let codePoint = first; codePoint <= last; codePoint += 1) found.add(codePoint);
  }
  coverage.set(face, found);
  return found;
}

/** Invisible code points, for which no face needs a glyph. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The first face that has all of a cluster, a letter with its marks: Typst takes no letter from one
 * font and its mark from another. Null if there is none.
 */
export function faceOf(cluster: string): Face | null {
  const codePoints = [...cluster].flatMap((character) =>
    IGNORABLE.test(character) ? [] : [character.codePointAt(0)!],
  );
  const has = (face: Face) => {
    const characters = charactersOf(face);
    return codePoints.every((codePoint) => characters.has(codePoint));
  };
  return LETTER_FACES.find(has) ?? OTHER_FACES.find(has) ?? null;
}

/** Whether the letter's own faces have a character. Reads no other faces, as {@link faceOf} does. */
export const isInLetterFaces = (character: string): boolean =>
  LETTER_FACES.some((face) => charactersOf(face).has(character.codePointAt(0)!));
