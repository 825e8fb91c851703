import JSZip from 'jszip';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = [
  `xmlns:w="${W}" xmlns:r="${R}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ');
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Parts of a Word file, each as the XML inside its root. */
export interface WordFileParts {
  body: string;
  styles?: string;
  numbering?: string;
  footnotes?: string;
  endnotes?: string;
  comments?: string;
  header?: string;
  footer?: string;
  /** Targets of links by id. */
  links?: Record<string, string>;
}

const ROOTS = {
  styles: 'styles',
  numbering: 'numbering',
  footnotes: 'footnotes',
  endnotes: 'endnotes',
  comments: 'comments',
  header: 'hdr',
  footer: 'ftr',
} as const;

/** A Word file as Word packs it. */
export async function wordFile({ body, links = {}, ...parts }: WordFileParts): Promise<Buffer> {
  const zip = new JSZip();
  const related: string[] = [];
  for (const [kind, root] of Object.entries(ROOTS)) {
    const inner = parts[kind as keyof typeof ROOTS];
    if (inner === undefined) continue;
    zip.file(`word/${kind}.xml`, `${HEAD}<w:${root} ${NAMESPACES}>${inner}</w:${root}>`);
    related.push(`<Relationship Id="${kind}" Type="${R}/${kind}" Target="${kind}.xml"/>`);
  }
  for (const [id, target] of Object.entries(links))
    related.push(
      `<Relationship Id="${id}" Type="${R}/hyperlink" Target="${target}" TargetMode="External"/>`,
    );
  const relationships = (all: string[]) =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  zip.file(
    '_rels/.rels',
    relationships([
      `<Relationship Id="rId1" Type="${R}/officeDocument" Target="word/document.xml"/>`,
    ]),
  );
  zip.file('word/_rels/document.xml.rels', relationships(related));
  zip.file(
    'word/document.xml',
    `${HEAD}<w:document ${NAMESPACES}><w:body>${body}<w:sectPr/></w:body></w:document>`,
  );
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** A run of text. */
export const run = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
/** A paragraph of runs, or of a text. */
export const paragraph = (content: string, properties = '') =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : run(content)}</w:p>`;
