import { setImmediate } from 'node:timers/promises';
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  TextRun,
  type IParagraphOptions,
  type ISectionOptions,
  type IStylesOptions,
  type Table,
} from 'docx';
import { fullTitle } from '@/lib/letter/rules';
import { hasKigaki, KIGAKI, marksOf } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';
import palette from '@/lib/platform/palette.json' with { type: 'json' };
import { shownNames, type ShownName } from '@/lib/platform/text/shown-names';
import type { PrintedLetter, PrintedList } from './print';
import { BULLETS, INDENT, STYLES, wordBody, type OrderedList } from './word/body';
import { namesXml } from './word/names';
import { placeOf, reproducible } from './word/reproducible';
import { FONTS, LANGUAGES_OF_TEXT, runsOf, usualLook, writable } from './word/runs';

/** A4 with the measure of the PDF, in twentieths of a point. */
const PAGE = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1_600, bottom: 1_680, left: 1_753, right: 1_753, header: 700, footer: 800 },
};
/** The numbering of the calls. */
const CALLS = 'calls';
/** Names looked at per turn of the event loop. */
const NAMES_PER_TURN = 200;
/** Names without a second one stand in two columns if there are more than these. */
const FEW = 4;

const colour = (name: keyof typeof palette.light) => palette.light[name].replace('#', '');

function stylesIn(language: Language): IStylesOptions {
  const isJapanese = language === 'ja';
  const size = isJapanese ? 21 : 22;
  const spacing = {
    line: isJapanese ? 380 : 300,
    lineRule: LineRuleType.AUTO,
    after: isJapanese ? 60 : 160,
  };
  const heading = { color: colour('ink'), bold: true };
  return {
    default: {
      document: { run: { font: FONTS, size, language: LANGUAGES_OF_TEXT, color: colour('ink') } },
      title: {
        run: { ...heading, size: isJapanese ? 30 : 36 },
        paragraph: {
          alignment: isJapanese ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { after: 120 },
          keepNext: true,
        },
      },
      heading1: {
        run: { ...heading, size: size + 1 },
        paragraph: { spacing: { before: 520, after: 200 }, keepNext: true },
      },
      heading2: {
        run: { ...heading, size },
        paragraph: { spacing: { before: 320, after: 160 }, keepNext: true },
      },
      hyperlink: { run: { color: colour('indigo'), underline: {} } },
      footnoteText: { run: { size: 17 }, paragraph: { spacing: { after: 40 } } },
    },
    paragraphStyles: [
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        run: { size: isJapanese ? 24 : 26 },
        paragraph: {
          alignment: isJapanese ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: { after: 240 },
          keepNext: true,
        },
      },
      {
        id: STYLES.text,
        name: 'Letter Text',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { spacing, ...(isJapanese && { indent: { firstLine: 210 } }) },
      },
      {
        id: STYLES.quotation,
        name: 'Quote',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { spacing, indent: { left: INDENT } },
      },
      { id: STYLES.cell, name: 'Table Text', basedOn: 'Normal', run: { size: 19 } },
      {
        id: 'Signatory',
        name: 'Signatory',
        basedOn: 'Normal',
        quickFormat: true,
        paragraph: { spacing: { after: 80 }, keepLines: true },
      },
    ],
  };
}

/** The numberings of a letter: its bullets and each of its lists with numbers. */
function numberingOf(language: Language, lists: OrderedList[]) {
  const isJapanese = language === 'ja';
  const levels = (format: 'bullet' | 'decimal', start: number) =>
    Array.from({ length: 9 }, (_, level) => ({
      level,
      format: LevelFormat[format === 'bullet' ? 'BULLET' : 'DECIMAL'],
      text: format === 'decimal' ? `%${level + 1}.` : isJapanese ? '・' : '•',
      start,
      alignment: AlignmentType.LEFT,
      style: {
        // Word's own font of signs would show other ones.
        run: { font: { ...FONTS, hint: 'eastAsia' } },
        paragraph: { indent: { left: (level + 1) * INDENT, hanging: isJapanese ? 210 : 320 } },
      },
    }));
  return {
    config: [
      { reference: BULLETS, levels: levels('bullet', 1) },
      ...lists.map(({ reference, start }) => ({ reference, levels: levels('decimal', start) })),
    ],
  };
}

/** A line of a list of signatories. */
const signatory = (children: TextRun[]) => new Paragraph({ style: 'Signatory', children });

/** A part of the letter's pages, in one column or two. */
interface Part {
  columns: 1 | 2;
  children: (Paragraph | Table)[];
}

/**
 * A list of signatories.
 * @param inserted to which the XML of its names is added; their place is in the parts
 */
async function listParts(
  { heading, isCategory, names, others }: PrintedList,
  leading: Language,
  language: Language,
  inserted: string[],
): Promise<Part[]> {
  const look = usualLook(language);
  const shown: ShownName[][] = [];
  for (const each of names) {
    shown.push(shownNames(each, leading));
    // Other requests are not to wait for thousands of names.
    if (shown.length % NAMES_PER_TURN === 0) await setImmediate();
  }
  const isRegister = shown.some((each) => each.length > 1);
  const columns = !isRegister && shown.length > FEW ? 2 : 1;
  const rest =
    others === null ? [] : [signatory(runsOf(others, { ...look, color: colour('quiet') }))];
  const lines = shown.length === 0 ? [] : [new Paragraph(placeOf(inserted.length))];
  if (shown.length > 0) inserted.push(namesXml(shown, isRegister, colour('quiet')));
  return [
    {
      columns: 1,
      children:
        heading === null
          ? []
          : [
              new Paragraph({
                heading: isCategory ? 'Heading2' : 'Heading1',
                children: runsOf(heading, look),
              }),
            ],
    },
    { columns, children: columns === 2 ? [...lines, ...rest] : lines },
    ...(columns === 2 ? [] : [{ columns, children: rest } as const]),
  ];
}

/** Neighbouring parts with as many columns, as sections that go on on the same page. */
function sectionsOf(parts: Part[], edges: Pick<ISectionOptions, 'headers' | 'footers'>) {
  const joined: Part[] = [];
  for (const part of parts.filter(({ children }) => children.length > 0)) {
    const last = joined.at(-1);
    if (last?.columns === part.columns) last.children.push(...part.children);
    else joined.push({ ...part, children: [...part.children] });
  }
  return joined.map(({ columns, children }, index): ISectionOptions => ({
    ...(index === 0 && edges),
    properties: {
      page: PAGE,
      ...(index > 0 && { type: SectionType.CONTINUOUS }),
      ...(columns === 2 && { column: { count: 2, space: 360 } }),
    },
    children,
  }));
}

const escaped = (text: string) =>
  writable(text).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The file's properties, which name nobody but the coordinating organizations. */
function propertiesOf({ language, parts, authors = [], createdAt }: PrintedLetter): string {
  const at = createdAt.toISOString().replace(/\.\d+/, '');
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(fullTitle({ language, ...parts }))}</dc:title><dc:creator>${escaped(authors.join(', '))}</dc:creator><dc:language>${language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`;
}

/**
 * A letter with its lists as a Word file (.docx) on A4, of the same content as the PDF. The bytes
 * depend on the letter alone (docs/decisions/0033-word-files.md).
 */
export async function letterWordFile(letter: PrintedLetter): Promise<Uint8Array<ArrayBuffer>> {
  const { language, parts, lists, leading, draft, imprint } = letter;
  const isJapanese = language === 'ja';
  const look = usualLook(language);
  const { blocks, footnotes, orderedLists } = wordBody(parts.body, language);
  const line = (text: string | null, options: IParagraphOptions = {}) =>
    text === null || text === ''
      ? []
      : [
          new Paragraph({
            ...(options.style ? {} : { spacing: { after: 240 } }),
            ...options,
            children: runsOf(text, look),
          }),
        ];
  const right = isJapanese ? { alignment: AlignmentType.RIGHT } : {};
  const text = { style: STYLES.text };
  const marks = marksOf(parts);
  if (marks === 'numbers') orderedLists.push({ reference: CALLS, start: 1 });
  const mark = marks === 'bullets' ? BULLETS : CALLS;
  const calls = parts.calls.flatMap((call) =>
    line(call, {
      ...text,
      ...(marks !== 'none' && { numbering: { reference: mark, level: 0, instance: 0 } }),
    }),
  );
  const kigaki = hasKigaki(parts);
  const body: Part = {
    columns: 1,
    children: [
      ...line(parts.title, { heading: 'Title' }),
      ...line(parts.subject, { style: 'Subtitle' }),
      ...line(parts.dateLine, right),
      ...line(parts.addressee),
      ...line(parts.salutation),
      ...blocks,
      ...line(parts.callsIntro, { ...text, keepNext: true }),
      ...(kigaki ? [] : calls),
      ...line(parts.closing, { ...text, keepNext: parts.valediction !== null }),
      ...line(parts.valediction, { ...right, spacing: { before: 240, after: 240 } }),
      ...(kigaki
        ? [
            ...line(KIGAKI.above, { alignment: AlignmentType.CENTER, keepNext: true }),
            ...calls,
            ...line(KIGAKI.below, { alignment: AlignmentType.RIGHT }),
          ]
        : []),
    ],
  };
  const small = { ...look, size: 16, color: colour('quiet') };
  const end: Part = {
    columns: 1,
    children:
      imprint === null
        ? []
        : [
            new Paragraph({
              spacing: { before: 440 },
              border: {
                top: { style: BorderStyle.SINGLE, size: 4, space: 6, color: colour('quiet') },
              },
              children: runsOf(imprint, small),
            }),
          ],
  };
  const draftMark = draft !== null && {
    headers: {
      default: new Header({
        children: [
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            children: runsOf(draft, { ...look, size: 17, bold: true, color: colour('seal') }),
          }),
        ],
      }),
    },
  };
  const pages = new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            size: 17,
            color: colour('quiet'),
            children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });
  const inserted: string[] = [];
  const listed: Part[] = [];
  for (const list of lists) listed.push(...(await listParts(list, leading, language, inserted)));
  const document = new Document({
    styles: stylesIn(language),
    numbering: numberingOf(language, orderedLists),
    footnotes,
    sections: sectionsOf([body, ...listed, end], { ...draftMark, footers: { default: pages } }),
  });
  const bytes = await Packer.pack(document, 'uint8array', undefined, [
    { path: 'docProps/core.xml', data: propertiesOf(letter) },
  ]);
  return reproducible(bytes, letter.createdAt, inserted);
}
