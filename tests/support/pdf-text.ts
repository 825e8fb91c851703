import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfText {
  /** The lines of each page in file order. */
  lines: string[][];
  /** Each page's text: its lines joined by line breaks. */
  pages: string[];
  title: string | null;
  author: string | null;
  language: string | null;
  /** Whether the PDF is tagged (heading, list, link …). */
  tagged: boolean;
  /** The structure elements of a tagged PDF in order: `H1`, `P`, `L` … */
  roles: string[];
  /** Whether it claims to conform to PDF/UA-1. */
  accessible: boolean;
  /** The right edge of the text on any page, in points; A4 is 595 wide. */
  rightmost: number;
  /** The targets of its links, once per line. */
  links: string[];
}

interface Structure {
  role?: string;
  children?: Structure[];
}

const rolesOf = ({ role, children = [] }: Structure): string[] => [
  ...(role && role !== 'Root' ? [role] : []),
  ...children.flatMap(rolesOf),
];

/** Reads a PDF like a PDF reader. */
export async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
  });
  const document = await task.promise;
  const { info, metadata } = await document.getMetadata();
  const said = info as { Title?: string; Author?: string; Language?: string };
  const lines: string[][] = [];
  const roles: string[] = [];
  const links: string[] = [];
  let rightmost = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const onPage = [''];
    for (const item of items) {
      if (!('str' in item)) continue;
      onPage[onPage.length - 1] += item.str;
      if (item.str.trim() !== '')
        rightmost = Math.max(rightmost, Number(item.transform[4]) + item.width);
      if (item.hasEOL) onPage.push('');
    }
    lines.push(onPage.filter((line) => line.trim() !== ''));
    const tree = (await page.getStructTree()) as Structure | null;
    if (tree) roles.push(...rolesOf(tree));
    for (const { url } of (await page.getAnnotations()) as { url?: string }[])
      if (url) links.push(url);
  }
  const marked = await document.getMarkInfo();
  await task.destroy();
  return {
    lines,
    pages: lines.map((page) => page.join('\n')),
    title: said.Title ?? null,
    author: said.Author ?? null,
    language: said.Language ?? null,
    tagged: marked?.Marked ?? false,
    roles,
    accessible: String(metadata?.get('pdfuaid:part')) === '1',
    rightmost,
    links,
  };
}
