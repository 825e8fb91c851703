import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  FootnoteReferenceRun,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IRunOptions,
  type ParagraphChild,
} from 'docx';
import type { Element, ElementContent, RootContent } from 'hast';
import { letterTree } from '@/lib/letter/text/markdown';
import { runsOf, usualLook } from './runs';

/** A list whose items Word numbers, by the name that its numbering has. */
export interface OrderedList {
  reference: string;
  start: number;
}

/** The body of a letter for a Word file. */
export interface Body {
  blocks: (Paragraph | Table)[];
  /** Its notes by number. */
  footnotes: Record<string, { children: Paragraph[] }>;
  orderedLists: OrderedList[];
}

/** The numbering of lists with bullets. */
export const BULLETS = 'bullets';
/** The styles of paragraphs; Word and this product know a quotation by its name. */
export const STYLES = { text: 'LetterText', quotation: 'Quote', cell: 'TableText' } as const;
/** How far each level of lists and quotations is indented, in twentieths of a point. */
export const INDENT = 420;
/** Word has nine levels. */
const DEEPEST = 8;

type Node = RootContent | ElementContent;
const isElement = (node: Node): node is Element => node.type === 'element';
const BLOCKS = ['p', 'blockquote', 'ul', 'ol', 'table'];

/** Where a block stands. */
interface Place {
  depth: number;
  isQuoted: boolean;
  /** The mark of the item that the first paragraph begins. */
  item?: { reference: string; level: number; instance: number };
}

class Writer {
  readonly orderedLists: OrderedList[] = [];
  readonly footnotes: Body['footnotes'] = {};
  #bulletLists = 0;

  constructor(
    private readonly language: string,
    private readonly notes: ReadonlyMap<number, ElementContent[]>,
  ) {}

  /** Emphasis in Japanese is dots beside the characters. */
  #look(tagName: string): IRunOptions {
    if (tagName === 'strong') return { bold: true };
    if (tagName !== 'em') return {};
    return this.language === 'ja' ? { emphasisMark: { type: 'dot' } } : { italics: true };
  }

  #inline(nodes: Node[], look: IRunOptions, isNote = false): ParagraphChild[] {
    return nodes.flatMap((node): ParagraphChild[] => {
      if (node.type === 'text') return runsOf(node.value, look);
      if (!isElement(node)) return [];
      const { tagName, properties, children } = node;
      if (tagName === 'br') return [new TextRun({ break: 1 })];
      if (tagName === 'sup') return [this.#reference(Number(properties.dataNote), look, isNote)];
      if (tagName === 'a') {
        const shown = this.#inline(children, { ...look, style: 'Hyperlink' }, isNote);
        return [new ExternalHyperlink({ link: String(properties.href), children: shown })];
      }
      return this.#inline(children, { ...look, ...this.#look(tagName) }, isNote);
    });
  }

  /** Word has one reference to a note, and none within notes: others are its number. */
  #reference(number: number, look: IRunOptions, isNote: boolean): ParagraphChild {
    const body = this.notes.get(number);
    if (!body || isNote || this.footnotes[number])
      return new TextRun({ ...look, text: String(number), superScript: true });
    this.footnotes[number] = { children: [] };
    const said = this.#blocks(body, { depth: 0, isQuoted: false }, true);
    this.footnotes[number].children = said.filter((block) => block instanceof Paragraph);
    return new FootnoteReferenceRun(number);
  }

  #paragraph(nodes: Node[], { depth, isQuoted, item }: Place, isNote: boolean): Paragraph {
    return new Paragraph({
      ...(isNote ? {} : { style: isQuoted ? STYLES.quotation : STYLES.text }),
      ...(item && { numbering: item }),
      ...(depth > 0 && !item && { indent: { left: depth * INDENT, firstLine: 0 } }),
      children: this.#inline(nodes, usualLook(this.language), isNote),
    });
  }

  #blocks(nodes: Node[], place: Place, isNote = false): (Paragraph | Table)[] {
    const made: (Paragraph | Table)[] = [];
    let loose: Node[] = [];
    let at = place;
    /** After the first paragraph of an item, the others are its continuation. */
    const next = () => {
      const { item: _, ...rest } = at;
      at = rest;
    };
    const gather = () => {
      if (loose.length > 0) made.push(this.#paragraph(loose, at, isNote));
      if (loose.length > 0) next();
      loose = [];
    };
    for (const node of nodes) {
      if (!isElement(node) || !BLOCKS.includes(node.tagName)) {
        if (isElement(node) || node.type === 'text') loose.push(node);
        continue;
      }
      gather();
      made.push(...this.#block(node, at, isNote));
      next();
    }
    gather();
    return made;
  }

  #block(block: Element, place: Place, isNote: boolean): (Paragraph | Table)[] {
    const { tagName, properties, children } = block;
    const { depth } = place;
    if (tagName === 'p') return [this.#paragraph(children, place, isNote)];
    if (tagName === 'table')
      return isNote
        ? this.#lines(block)
        : [this.#table(children), new Paragraph({ spacing: { after: 0 } })];
    if (tagName === 'blockquote')
      return this.#blocks(children, { depth: depth + 1, isQuoted: true }, isNote);
    const level = Math.min(depth, DEEPEST);
    const item = this.#list(tagName, Number(properties.start ?? 1), level);
    return children
      .filter(isElement)
      .flatMap(({ children: inner }) =>
        this.#blocks(inner, { ...place, depth: depth + 1, item }, isNote),
      );
  }

  /** The numbering of a new list. */
  #list(tagName: string, start: number, level: number) {
    if (tagName === 'ul') {
      this.#bulletLists += 1;
      return { reference: BULLETS, level, instance: this.#bulletLists };
    }
    const reference = `numbers-${this.orderedLists.length + 1}`;
    this.orderedLists.push({ reference, start });
    return { reference, level, instance: 0 };
  }

  /** A table as lines, for notes. */
  #lines({ children }: Element): Paragraph[] {
    return children
      .filter(isElement)
      .flatMap((part) => part.children.filter(isElement))
      .map((row) => {
        const cells = row.children
          .filter(isElement)
          .flatMap((cell, index): Node[] => [
            ...(index > 0 ? [{ type: 'text' as const, value: ' | ' }] : []),
            ...cell.children,
          ]);
        return new Paragraph({ children: this.#inline(cells, {}, true) });
      });
  }

  #table(parts: Node[]): Table {
    const rows = parts
      .filter(isElement)
      .flatMap(({ tagName, children }) =>
        children.filter(isElement).map((row) => ({ isHead: tagName === 'thead', row })),
      )
      .map(({ isHead, row }) => ({ isHead, cells: row.children.filter(isElement) }));
    const columns = Math.max(1, ...rows.map(({ cells }) => cells.length));
    const rule = { style: BorderStyle.SINGLE, size: 4, color: '666666' };
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders: {
        top: rule,
        bottom: rule,
        insideHorizontal: { ...rule, size: 2, color: 'BBBBBB' },
        left: none,
        right: none,
        insideVertical: none,
      },
      rows: rows.map(
        ({ isHead, cells }) =>
          new TableRow({
            tableHeader: isHead,
            cantSplit: true,
            children: [
              ...cells.map((cell) => this.#cell(cell, isHead)),
              ...(cells.length < columns
                ? [
                    new TableCell({
                      columnSpan: columns - cells.length,
                      children: [new Paragraph('')],
                    }),
                  ]
                : []),
            ],
          }),
      ),
    });
  }

  #cell({ properties, children }: Element, isHead: boolean): TableCell {
    const look = { ...usualLook(this.language), ...(isHead && { bold: true }) };
    const { align } = properties;
    return new TableCell({
      margins: { top: 60, bottom: 60, left: 80, right: 80 },
      children: [
        new Paragraph({
          style: STYLES.cell,
          ...(align === 'center' && { alignment: AlignmentType.CENTER }),
          ...(align === 'right' && { alignment: AlignmentType.RIGHT }),
          children: this.#inline(children, look),
        }),
      ],
    });
  }

  /** All of a body; notes without a reference follow it, as a list of their numbers. */
  all(nodes: Node[]): (Paragraph | Table)[] {
    const made = this.#blocks(nodes, { depth: 0, isQuoted: false });
    for (const [number, body] of this.notes) {
      if (this.footnotes[number]) continue;
      const item = this.#list('ol', number, 0);
      made.push(...this.#blocks(body, { depth: 1, isQuoted: false, item }));
    }
    return made;
  }
}

/** A letter's Markdown for a Word file, read as for the page and the PDF. */
export function wordBody(markdown: string, language: string): Body {
  const elements = letterTree(markdown).children.filter(isElement);
  const notes = new Map(
    elements
      .filter(({ tagName }) => tagName === 'section')
      .flatMap(({ children }) => children.filter(isElement))
      .flatMap(({ children }) => children.filter(isElement))
      .map(({ properties, children }) => [Number(properties.dataNote), children] as const),
  );
  const writer = new Writer(language, notes);
  const blocks = writer.all(elements.filter(({ tagName }) => tagName !== 'section'));
  return { blocks, footnotes: writer.footnotes, orderedLists: writer.orderedLists };
}
