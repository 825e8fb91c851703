import JSZip from 'jszip';

/** A part of a Word file as XML. */
export async function partOf(bytes: Uint8Array, path: string): Promise<string> {
  const zip = await JSZip.loadAsync(bytes);
  return (await zip.file(path)?.async('string')) ?? '';
}

const unescaped = (text: string) =>
  text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');

/** The text of each paragraph of a Word file. */
export async function wordLines(bytes: Uint8Array): Promise<string[]> {
  const xml = await partOf(bytes, 'word/document.xml');
  return xml
    .split(/<\/w:p>/)
    .map((paragraph) =>
      unescaped(
        [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/g)]
          .map(([, text]) => text ?? '\n')
          .join(''),
      ),
    );
}
