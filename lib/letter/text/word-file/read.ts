import type { Element, ElementContent, Root } from 'hast';
import JSZip from 'jszip';
import mammoth from 'mammoth';
import { plainText } from '../markdown';
import { treeOf } from '../paste/html-tree';
import type { Notices, PasteNotice } from '../paste/left-out';
import { firstLabel, pastedMarkdown } from '../paste/paste';
import { classesOf, textOf } from '../paste/styles';
import type { WordFileProblem } from '../schema';
import { WordFileError, wordParts, type WordParts } from './package';
import { PREPARED, Preparation } from './prepare';
import { saidIn, writeXml, type Xml } from './xml';

const LEVELS = Array.from({ length: 9 }, (_, index) => index + 1);

/** What becomes of the styles of a prepared text: classes that the reader of pastes knows. */
const STYLE_MAP = [
  `p[style-name='${PREPARED.title}'] => h1.${PREPARED.title}:fresh`,
  `p[style-name='${PREPARED.subtitle}'] => h1.${PREPARED.subtitle}:fresh`,
  `p[style-name='${PREPARED.heading}'] => h2:fresh`,
  `p[style-name='${PREPARED.quotation}'] => p.MsoQuote:fresh`,
  ...[PREPARED.center, PREPARED.right, ...LEVELS.map((level) => PREPARED.item + level)].map(
    (name) => `p[style-name='${name}'] => p.${name}:fresh`,
  ),
  `r[style-name='${PREPARED.mark}'] => span.${PREPARED.mark}`,
];
const STYLE_SHEET = [
  ...LEVELS.map((level) => `.${PREPARED.item}${level}{mso-list:l0 level${level} lfo1}`),
  `.${PREPARED.mark}{mso-list:ignore}`,
  `.${PREPARED.center}{text-align:center}`,
  `.${PREPARED.right}{text-align:right}`,
].join('');

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const NAMESPACES = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'xmlns:wordml': 'http://schemas.microsoft.com/office/word/2010/wordml',
};
const written = (xml: Xml) =>
  DECLARATION + writeXml({ ...xml, attributes: { ...xml.attributes, ...NAMESPACES } });

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\p{Cc}/gu, '');

function relationships(links: ReadonlyMap<string, string>): string {
  const all = [...links].map(
    ([id, target]) =>
      `<Relationship Id="${escaped(id)}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="${escaped(target)}" TargetMode="External"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}

function styles(): string {
  const style = (type: string, name: string) =>
    `<w:style w:type="${type}" w:styleId="${name}"><w:name w:val="${name}"/></w:style>`;
  const { mark, item, ...named } = PREPARED;
  const paragraphs = [...Object.values(named), ...LEVELS.map((level) => item + level)];
  return `${DECLARATION}<w:styles xmlns:w="${NAMESPACES['xmlns:w']}">${[
    ...paragraphs.map((name) => style('paragraph', name)),
    style('character', mark),
  ].join('')}</w:styles>`;
}

/** The prepared parts as a Word file, which is all that mammoth gets to see. */
async function prepared(parts: WordParts, preparation: Preparation): Promise<Buffer> {
  const zip = new JSZip();
  // As bytes: JSZip would encode a string in pieces, and break a character between two of them.
  const add = (path: string, xml: string) => zip.file(path, Buffer.from(xml));
  add('word/document.xml', written(preparation.document(parts.document)));
  add('word/styles.xml', styles());
  add('word/_rels/document.xml.rels', relationships(parts.links.document));
  for (const kind of ['footnotes', 'endnotes'] as const) {
    const part = parts[kind];
    if (!part) continue;
    add(`word/${kind}.xml`, written(preparation.notes(part)));
    add(`word/_rels/${kind}.xml.rels`, relationships(parts.links[kind]));
  }
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** What the fields of a letter have, and how much they take. */
interface Fields {
  title: string;
  subject: string;
  body: string;
  max: { title: number; subject: number; body: number };
}

/** A Word file as the fields of a letter; null leaves a field as it is. */
export interface OpenedWordFile {
  title: string | null;
  subject: string | null;
  body: string;
  notices: Notices;
}

const isElement = (node: Root['children'][number]): node is Element => node.type === 'element';

/** An element's text in one line. */
function lineOf(found: Element): string {
  const paragraph: Element = { ...found, tagName: 'p', properties: {} };
  const { markdown } = pastedMarkdown({ type: 'root', children: [paragraph] });
  return plainText(markdown).replace(/\s+/g, ' ');
}

const folded = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/**
 * Takes the title, and the subtitle just after it, out of a document for fields that are empty. A
 * heading is one if the document begins with it. What the field says already is taken out, too.
 */
function takeTitles(tree: Root, { title, subject, max }: Fields) {
  const taken: { title: string | null; subject: string | null } = { title: null, subject: null };
  const all = tree.children.filter(isElement);
  const first = all.find((each) => textOf(each).trim() !== '');
  const found =
    all.find((each) => classesOf(each).includes(PREPARED.title) && textOf(each).trim() !== '') ??
    (first && /^h[12]$/.test(first.tagName) ? first : undefined);
  if (!found) return taken;
  const next = all[all.indexOf(found) + 1];
  const take = (field: 'title' | 'subject', typed: string, from: Element) => {
    const line = lineOf(from);
    if (line.length > max[field]) return;
    const isEmpty = typed.trim() === '';
    if (!isEmpty && folded(typed) !== folded(line)) return;
    if (isEmpty) taken[field] = line;
    tree.children.splice(tree.children.indexOf(from), 1);
  };
  take('title', title, found);
  if (next && classesOf(next).includes(PREPARED.subtitle)) take('subject', subject, next);
  return taken;
}

/**
 * Reads a Word file (.docx) into the fields of a letter, as a paste of all of it would come: the
 * title and subtitle into their fields if these are empty, the rest as the body's Markdown. Reads
 * nothing outside the file, and no pictures.
 * @returns why it cannot be opened, or what the fields get, with what was left out or changed
 */
export async function readWordFile(
  bytes: Buffer,
  fields: Fields,
): Promise<OpenedWordFile | WordFileProblem> {
  try {
    const notices: Notices = {};
    const count = (notice: PasteNotice, times = 1) => {
      notices[notice] = (notices[notice] ?? 0) + times;
    };
    const parts = await wordParts(bytes);
    for (const part of parts.margins) if (saidIn(part).trim() !== '') count('margins');
    const file = await prepared(parts, new Preparation(parts, count));
    const { value: html } = await mammoth.convertToHtml(
      { buffer: file },
      { styleMap: STYLE_MAP, includeDefaultStyleMap: false, includeEmbeddedStyleMap: false },
    );
    const tree = treeOf(html);
    // Twice as much as the field takes can be shortened there; of more, nothing is read.
    if (textOf(tree).length > fields.max.body * 2) return 'tooMuch';
    const titles = takeTitles(tree, fields);
    const sheet: ElementContent = { type: 'text', value: STYLE_SHEET };
    tree.children.unshift({ type: 'element', tagName: 'style', properties: {}, children: [sheet] });
    const pasted = pastedMarkdown(tree, firstLabel(fields.body));
    for (const [notice, times] of Object.entries(pasted.notices))
      count(notice as PasteNotice, times);
    if (pasted.markdown === '' && titles.title === null) return 'noText';
    return { ...titles, body: pasted.markdown, notices };
  } catch (error) {
    if (error instanceof WordFileError) return error.problem;
    throw error;
  }
}
