import JSZip from 'jszip';

/** Names that the `docx` package draws at random. */
const RANDOM = /\brId[a-z0-9_-]{15,}/g;

/** A text that no letter has, in the place of what is inserted with a number. */
export const placeOf = (number: number) => `\ufdd0${number}\ufdd1`;
const PLACE = /<w:p>(?:(?!<w:p>)[^\ufdd0])*\ufdd0(\d+)\ufdd1.*?<\/w:p>/gs;

/**
 * A Word file whose bytes depend on its content alone.
 * @param inserted XML in place of the paragraphs with {@link placeOf} its index
 */
export async function reproducible(
  bytes: Uint8Array,
  at: Date,
  inserted: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = await JSZip.loadAsync(bytes);
  const made = new JSZip();
  const named = new Map<string, string>();
  for (const path of Object.keys(zip.files).sort()) {
    const entry = zip.file(path);
    if (!entry) continue;
    const text = (await entry.async('string')).replace(RANDOM, (id) => {
      const known = named.get(id) ?? `rIdLink${named.size + 1}`;
      named.set(id, known);
      return known;
    });
    const whole =
      path === 'word/document.xml'
        ? text.replace(PLACE, (_, number: string) => inserted[Number(number)] ?? '')
        : text;
    // As bytes: JSZip would encode a string in pieces, and break a character between two of them.
    made.file(path, Buffer.from(whole), { date: at, createFolders: false });
  }
  const buffer = await made.generateAsync({
    type: 'arraybuffer',
    compression: 'DEFLATE',
    platform: 'DOS',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  });
  return new Uint8Array(buffer);
}
