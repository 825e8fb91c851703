import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * All fonts that letter.typ uses. Typst prefers them to installed fonts, but would use an installed
 * font for a weight or style that is missing here, and the PDF would depend on the machine.
 */
const FONTS = [
  'source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  'source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  'source-serif-4/700Bold/SourceSerif4_700Bold.ttf',
  'source-serif-4/700Bold_Italic/SourceSerif4_700Bold_Italic.ttf',
  'noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  'noto-serif-jp/600SemiBold/NotoSerifJP_600SemiBold.ttf',
  'noto-serif-jp/700Bold/NotoSerifJP_700Bold.ttf',
];

/** The path of a font file. */
export const inFonts = (file: string) =>
  path.join(/* turbopackIgnore: true */ process.cwd(), 'node_modules/@expo-google-fonts', file);

/** The folders of the fonts, one per font. */
export function fontFolders(): string[] {
  return FONTS.map((font) => path.dirname(inFonts(font)));
}

/**
 * Ranges of the code points for which a TrueType file has glyphs, from its `cmap` table in formats
 * 4 and 12 (OpenType 1.9).
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

let covered: Set<number> | undefined;

/** Whether one of the fonts has a glyph for a code point. */
export function isCovered(character: string): boolean {
  if (!covered) {
    covered = new Set();
    for (const font of FONTS.filter((name) => name.endsWith('_400Regular.ttf'))) {
      for (const [first, last] of segments(readFileSync(inFonts(font)))) {
        for (let codePoint = first; codePoint <= last; codePoint += 1) covered.add(codePoint);
      }
    }
  }
  return covered.has(character.codePointAt(0) ?? 0);
}
