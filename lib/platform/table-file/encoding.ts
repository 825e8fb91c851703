import { TableError, type TableFormat } from './table';

/** The text of bytes in an encoding, without its byte order mark; null if they are none. */
function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** How many of the first bytes at even or odd places are zero, as those of Latin text in UTF-16. */
function zeros(bytes: Buffer, from: 0 | 1): number {
  const first = bytes.subarray(0, 4_096);
  let count = 0;
  for (let at = from; at < first.length; at += 2) if (first[at] === 0) count += 1;
  return count;
}

/** The encoding that a byte order mark, or the zero bytes of UTF-16 without one, tell. */
function toldUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const [even, odd] = [zeros(bytes, 0), zeros(bytes, 1)];
  if (even === odd) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Control characters that no list has, but text in a wrongly guessed encoding does. */
const NOT_WRITTEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/;

/**
 * The text of a file of UTF-8, UTF-16 or Shift_JIS (Windows-31J, as Excel writes it in Japan). Valid
 * UTF-8 is taken for that, since hardly any text in Shift_JIS is; what is left is Shift_JIS only if
 * every byte of it is. The answer is shown, so that a person can see a wrong guess.
 * @throws {TableError} `encoding` where it is none of them
 */
export function textOfFile(bytes: Buffer): { text: string; format: TableFormat } {
  const utf16 = toldUtf16(bytes);
  const guesses: [string, TableFormat][] = utf16
    ? [[utf16, 'utf-16']]
    : [
        ['utf-8', 'utf-8'],
        ['shift_jis', 'shift_jis'],
      ];
  for (const [encoding, format] of guesses) {
    const text = decoded(bytes, encoding);
    if (text !== null && !NOT_WRITTEN.test(text)) return { text, format };
  }
  throw new TableError('encoding');
}
