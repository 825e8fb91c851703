import type { PasteNotice } from '../paste/left-out';
import { Numbering } from './numbering';
import type { WordParts } from './package';
import { formatOf, over, wordStyles, type Format, type Style, type WordStyles } from './styles';
import { child, element, elementsOf, saidIn, valueOf, within, type Xml } from './xml';

/** The names of the styles that a prepared text has; read.ts says what becomes of them. */
export const PREPARED = {
  title: 'us-title',
  subtitle: 'us-subtitle',
  heading: 'us-heading',
  quotation: 'us-quotation',
  center: 'us-center',
  right: 'us-right',
  item: 'us-item-',
  mark: 'us-mark',
} as const;

/** Properties, and what marks a place without being part of the text. */
const NO_CONTENT =
  /Pr$|^w:(?:proofErr|bookmark|comment|permStart|permEnd|move\w+Range|customXml\w+Range|ins\w*Range)/;
/** What of a run mammoth reads as text or as part of a field. */
const OF_RUN = [
  ...['w:t', 'w:tab', 'w:noBreakHyphen', 'w:softHyphen', 'w:sym'],
  ...['w:footnoteReference', 'w:endnoteReference', 'w:fldChar', 'w:instrText'],
];
const PICTURES = ['w:drawing', 'w:pict', 'w:object', 'm:oMath', 'm:oMathPara'];

/** Where text stands. */
interface Around {
  /** The style of its paragraph. */
  paragraph: Style;
  /** Text boxes that are fixed to the paragraph; their text follows it. */
  boxes: Xml[];
}

const text = (said: string) => element('w:t', { 'xml:space': 'preserve' }, [said]);

/**
 * Rewrites what mammoth would lose, change, or take for text: deleted, moved and hidden text and
 * comments go; text boxes, readings, styles and the marks of lists become plain paragraphs and runs
 * (docs/decisions/0033-word-files.md).
 */
export class Preparation {
  readonly #styles: WordStyles;
  readonly #numbering: Numbering;

  /** @param count is told what was left out or changed */
  constructor(
    parts: Pick<WordParts, 'styles' | 'numbering'>,
    private readonly count: (notice: PasteNotice) => void,
  ) {
    this.#styles = wordStyles(parts.styles);
    this.#numbering = new Numbering(parts.numbering);
  }

  /** The text of a document. */
  document(document: Xml): Xml {
    const body = child(document, 'w:body');
    return element('w:document', {}, [element('w:body', {}, body ? this.#blocks(body) : [])]);
  }

  /** Footnotes or endnotes. */
  notes(part: Xml): Xml {
    const notes = elementsOf(part).map((note) =>
      element(note.name, note.attributes, this.#blocks(note)),
    );
    return element(part.name, {}, notes);
  }

  #leaveOut(left: Xml, why: PasteNotice) {
    if (saidIn(left).trim() !== '') this.count(why);
  }

  /** Whether an element never reaches the letter, wherever it stands; counts what it says. */
  #isLeftOut(each: Xml): boolean {
    switch (each.name) {
      case 'w:del':
      case 'w:moveFrom':
        this.#leaveOut(each, 'deleted');
        return true;
      case 'w:altChunk':
      case 'w:subDoc':
        this.count('embedded');
        return true;
      default:
        return NO_CONTENT.test(each.name);
    }
  }

  #blocks(parent: Xml): Xml[] {
    return elementsOf(parent).flatMap((each): Xml[] => {
      if (this.#isLeftOut(each)) return [];
      switch (each.name) {
        case 'w:p':
          return this.#paragraph(each);
        case 'w:tbl':
          return [this.#table(each)];
        case 'mc:AlternateContent':
          return this.#blocks(alternative(each));
        case 'm:oMathPara':
          this.count('pictures');
          return [];
        default:
          return this.#blocks(each);
      }
    });
  }

  #paragraph(paragraph: Xml): Xml[] {
    const properties = child(paragraph, 'w:pPr');
    const id = valueOf(properties, 'w:pStyle');
    const style = id === undefined ? this.#styles.usual : this.#styles.byId(id);
    const around: Around = { paragraph: style, boxes: [] };
    const outline = valueOf(properties, 'w:outlineLvl');
    const kind =
      style.kind ?? (outline !== undefined && Number(outline) < 9 ? ('heading' as const) : 'text');
    const runs = this.#inline(elementsOf(paragraph), around);
    const mark = child(properties, 'w:rPr');
    const isJoined =
      child(mark, 'w:del') !== undefined ||
      child(mark, 'w:moveFrom') !== undefined ||
      // An initial over several lines is a paragraph of its own before its word.
      child(properties, 'w:framePr')?.attributes['w:dropCap'] !== undefined;
    const item = isJoined && runs.length === 0 ? null : this.#item(properties, style);
    const align = valueOf(properties, 'w:jc') ?? style.align;
    let name: string | undefined = kind === 'text' ? undefined : PREPARED[kind];
    if (item && kind === 'text') {
      name = PREPARED.item + item.level;
      runs.unshift(
        element('w:r', {}, [
          element('w:rPr', {}, [element('w:rStyle', { 'w:val': PREPARED.mark })]),
          text(item.mark),
        ]),
      );
    } else if (item && runs.length > 0 && /[\p{L}\p{N}※]/u.test(item.mark)) {
      const isLatin = /[\x21-\x7e]$/.test(item.mark);
      runs.unshift(element('w:r', {}, [text(isLatin ? `${item.mark} ` : item.mark)]));
    }
    if (!name && align === 'center') name = PREPARED.center;
    if (!name && (align === 'right' || align === 'end')) name = PREPARED.right;
    const made = element('w:p', {}, [
      element('w:pPr', {}, [
        ...(name === undefined ? [] : [element('w:pStyle', { 'w:val': name })]),
        ...(isJoined ? [element('w:rPr', {}, [element('w:del')])] : []),
      ]),
      ...runs,
    ]);
    return [made, ...around.boxes];
  }

  #item(properties: Xml | undefined, { list }: Style) {
    const own = child(properties, 'w:numPr');
    const id = valueOf(own, 'w:numId') ?? list?.id;
    // 0 takes a paragraph out of its style's list.
    if (id === undefined || id === '0') return null;
    return this.#numbering.next(id, Number(valueOf(own, 'w:ilvl') ?? list?.level ?? 0));
  }

  #inline(nodes: Xml[], around: Around): Xml[] {
    return nodes.flatMap((each): Xml[] => {
      if (PICTURES.includes(each.name)) return this.#picture(each, around);
      if (this.#isLeftOut(each)) return [];
      switch (each.name) {
        case 'w:r':
          return this.#run(each, around);
        case 'w:hyperlink': {
          const link = each.attributes['r:id'];
          const inner = this.#inline(elementsOf(each), around);
          return link === undefined ? inner : [element(each.name, { 'r:id': link }, inner)];
        }
        case 'mc:AlternateContent':
          return this.#inline(elementsOf(alternative(each)), around);
        default:
          return this.#inline(elementsOf(each), around);
      }
    });
  }

  #formatOf(run: Xml, { paragraph }: Around): Format {
    const properties = child(run, 'w:rPr');
    const { kind, hidden, strong, emphasis, struck, raised } = paragraph;
    // The look of headings and quotations is that of the letter.
    const below = kind === undefined ? { hidden, strong, emphasis, struck, raised } : { hidden };
    const style = valueOf(properties, 'w:rStyle');
    const named: Format = style === undefined ? {} : this.#styles.byId(style);
    return over(over<Format>(below, named), formatOf(properties));
  }

  #run(run: Xml, around: Around): Xml[] {
    const format = this.#formatOf(run, around);
    if (format.hidden) {
      this.#leaveOut(run, 'hidden');
      return [];
    }
    const properties = element('w:rPr', {}, [
      ...(format.strong ? [element('w:b')] : []),
      ...(format.emphasis ? [element('w:i')] : []),
      ...(format.struck ? [element('w:strike')] : []),
      ...(format.raised ? [element('w:vertAlign', { 'w:val': format.raised })] : []),
    ]);
    const made: Xml[] = [];
    const add = (node: Xml) => made.push(element('w:r', {}, [properties, node]));
    for (const each of elementsOf(run)) {
      const { name, attributes } = each;
      if (OF_RUN.includes(name)) add(element(name, attributes, each.children));
      else if (name === 'w:cr' || name === 'w:br') {
        if (!/^(?:page|column)$/.test(attributes['w:type'] ?? '')) add(element('w:br'));
      } else if (name === 'w:commentReference') this.count('comments');
      else if (name === 'w:ruby') {
        const [base, reading] = ['w:rubyBase', 'w:rt'].map((part) => {
          const found = child(each, part);
          return found ? this.#inline(elementsOf(found), around) : [];
        });
        made.push(...base!);
        // As in pasted text, the reading stands in brackets after its word.
        if (reading!.length > 0) {
          add(text('（'));
          made.push(...reading!);
          add(text('）'));
        }
      } else if (PICTURES.includes(name)) made.push(...this.#picture(each, around));
      else if (name === 'mc:AlternateContent')
        made.push(...this.#run({ ...run, children: alternative(each).children }, around));
    }
    return made;
  }

  /** The text of a picture's boxes goes behind the paragraph; without any it is left out. */
  #picture(picture: Xml, around: Around): Xml[] {
    const boxes = within(picture, 'w:txbxContent');
    const said = boxes.filter((box) => saidIn(box).trim() !== '');
    for (const box of said) {
      this.count('boxes');
      around.boxes.push(...this.#blocks(box));
    }
    if (boxes.length === 0) this.count('pictures');
    return [];
  }

  #table(table: Xml): Xml {
    const properties = child(table, 'w:tblPr');
    const look = child(properties, 'w:tblLook')?.attributes ?? {};
    const styled =
      look['w:firstRow'] === '1' || (Number.parseInt(look['w:val'] ?? '0', 16) & 0x20) > 0;
    const isHeaded =
      styled && (this.#styles.byId(valueOf(properties, 'w:tblStyle')).strongHead ?? false);
    const rows = this.#rows(table).map((row, index) => this.#row(row, isHeaded && index === 0));
    return element('w:tbl', {}, rows);
  }

  /** The rows that belong into the letter. */
  #rows(parent: Xml): Xml[] {
    return elementsOf(parent).flatMap((each): Xml[] => {
      if (each.name !== 'w:tr')
        return this.#isLeftOut(each) || each.name === 'w:tblGrid' ? [] : this.#rows(each);
      const properties = child(each, 'w:trPr');
      const why = child(properties, 'w:del')
        ? 'deleted'
        : child(properties, 'w:hidden')
          ? 'hidden'
          : null;
      if (why) this.#leaveOut(each, why);
      return why ? [] : [each];
    });
  }

  #row(row: Xml, isHead: boolean): Xml {
    const properties = child(row, 'w:trPr');
    const head = isHead || child(properties, 'w:tblHeader') !== undefined;
    return element('w:tr', {}, [
      ...(head ? [element('w:trPr', {}, [element('w:tblHeader')])] : []),
      ...this.#cells(row),
    ]);
  }

  #cells(parent: Xml): Xml[] {
    return elementsOf(parent).flatMap((each): Xml[] => {
      if (each.name !== 'w:tc') return this.#isLeftOut(each) ? [] : this.#cells(each);
      const properties = child(each, 'w:tcPr');
      const isDeleted = child(properties, 'w:cellDel') !== undefined;
      if (isDeleted) this.#leaveOut(each, 'deleted');
      const kept = ['w:gridSpan', 'w:vMerge'].flatMap((name) => child(properties, name) ?? []);
      return [
        element('w:tc', {}, [
          element('w:tcPr', {}, kept),
          ...(isDeleted ? [element('w:p')] : this.#blocks(each)),
        ]),
      ];
    });
  }
}

/**
 * One of the alternatives that a Word file offers to programs of several ages: the newest, which is
 * written first, if it has text, since the others say the same.
 */
function alternative(content: Xml): Xml {
  const [choice, fallback] = ['mc:Choice', 'mc:Fallback'].map((name) => child(content, name));
  return choice ?? fallback ?? element('mc:Fallback');
}
