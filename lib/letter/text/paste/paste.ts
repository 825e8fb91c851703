import type { Element, Nodes, Root } from 'hast';
import type { Root as MarkdownRoot } from 'mdast';
import { Blocks } from './blocks';
import { notesOf, type PastedNotes } from './footnotes';
import { PLAIN, type Look } from './inline';
import { leftOut, type Notices, type PasteNotice } from './left-out';
import { markdownOf } from './markdown';
import { apart } from './raised';
import { classesOf, stylesOf, textOf, type Styles } from './styles';
import { tableOf } from './tables';
import { isQuotation, isWrittenBullet, listedItem, numberOf, wordItem } from './word';

/** Elements that are no part of the text. */
const NO_TEXT = [
  ...['head', 'title', 'style', 'script', 'noscript', 'template', 'xml'],
  ...['hr', 'rp', 'input', 'select', 'textarea', 'button'],
];
const BLOCK = [
  'address',
  'article',
  'aside',
  'body',
  'caption',
  'center',
  'dd',
  'details',
  'dialog',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'header',
  'hgroup',
  'html',
  'legend',
  'li',
  'main',
  'nav',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
];
const HEADING = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** A pasted text, and what it lacks of what was copied. */
export interface Pasted {
  markdown: string;
  notices: Notices;
}

/**
 * The target of a link if readers of the letter can follow it, which they cannot with links within
 * the source document.
 */
const targetOf = (element: Element) => {
  const href = String(element.properties.href ?? '').trim();
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s/?]+@)/i.test(href) && !/\s/.test(href) ? href : null;
};

/** Whether an element is set above or below the line. Its tag counts unless a style says otherwise. */
function raisedBy(element: Element, styles: Styles): Look['raised'] {
  const declared = styles(element);
  const align = declared.get('vertical-align') ?? '';
  if (/^(?:super|sub)$/.test(align)) return align as 'super' | 'sub';
  const isCell = ['td', 'th', 'tr'].includes(element.tagName);
  const shift = Number.parseFloat(declared.get('mso-text-raise') ?? (isCell ? '' : align));
  if (Math.abs(shift) >= 2) return shift > 0 ? 'super' : 'sub';
  const classes = classesOf(element);
  if (element.tagName === 'sup' || classes.includes('Superscript')) return 'super';
  return element.tagName === 'sub' || classes.includes('Subscript') ? 'sub' : null;
}

/**
 * The formatting of an element. Styles override tag names: Google Docs wraps everything in a `b`
 * that is not bold.
 */
function lookOf(element: Element, outer: Look, styles: Styles): Look {
  const declared = styles(element);
  const weight = /\w+/.exec(declared.get('font-weight') ?? '')?.[0];
  const slope = /\w+/.exec(declared.get('font-style') ?? '')?.[0];
  const { tagName } = element;
  const named = {
    strong: ['b', 'strong'].includes(tagName),
    emphasis: ['i', 'em', 'cite', 'dfn', 'var'].includes(tagName),
  };
  return {
    strong: weight ? /^(?:bold|bolder|[6-9]\d\d)$/.test(weight) : named.strong || outer.strong,
    emphasis: slope ? /^(?:italic|oblique)$/.test(slope) : named.emphasis || outer.emphasis,
    href: tagName === 'a' ? (targetOf(element) ?? outer.href) : outer.href,
    raised: raisedBy(element, styles) ?? outer.raised,
  };
}

const isStruck = (element: Element, styles: Styles) =>
  ['s', 'strike'].includes(element.tagName) ||
  /line-through/.test(
    `${styles(element).get('text-decoration')} ${styles(element).get('text-decoration-line')}`,
  );

/** Where a walk through a pasted page is. */
interface Place {
  look: Look;
  /** Whether line ends count. */
  preserved: boolean;
  /** The list just around. */
  list?: Element;
  isStruck: boolean;
}
const START: Place = { look: PLAIN, preserved: false, isStruck: false };

/** Walks through a pasted page and reports its blocks and text. */
class Walk {
  readonly notices: Notices = {};
  readonly #places = new Map<Element, number>();

  constructor(
    private readonly styles: Styles,
    private readonly notes: PastedNotes,
  ) {}

  readonly #count = (notice: PasteNotice, times = 1) => {
    this.notices[notice] = (this.notices[notice] ?? 0) + times;
  };
  readonly #raised = (times: number) => this.#count('raised', times);

  /** Whether an element belongs into the letter; counts it if not. */
  readonly #isKept = (element: Element): boolean => {
    const why = leftOut(element, this.styles);
    if (why && (why === 'pictures' || textOf(element).trim() !== '')) this.#count(why);
    return !why;
  };

  /** All of a page, its notes last. */
  document(tree: Root): MarkdownRoot {
    const blocks = new Blocks(this.#raised);
    this.#all(tree.children, START, blocks);
    blocks.endLine();
    for (const { label, body } of this.notes.all) {
      this.#count('notes');
      blocks.note(label, () => this.#all(body.children, START, blocks));
    }
    return blocks.root;
  }

  #all(nodes: Nodes[], place: Place, blocks: Blocks) {
    for (const node of nodes) {
      if (node.type === 'text') this.#text(node.value, place, blocks);
      else if (node.type === 'element') this.#element(node, place, blocks);
    }
  }

  #text(value: string, { look, preserved }: Place, blocks: Blocks) {
    const [first = '', ...more] = preserved ? value.split(/\r\n?|\n/) : [value];
    blocks.add({ ...look, text: first });
    for (const text of more) {
      blocks.break(look);
      blocks.add({ ...look, text });
    }
  }

  #element(element: Element, outer: Place, blocks: Blocks): void {
    const { styles, notes } = this;
    const { tagName, children } = element;
    if (NO_TEXT.includes(tagName) || isWrittenBullet(element, styles)) return;
    if (notes.isBody(element) || notes.isBackLink(element)) return;
    if (!this.#isKept(element)) return;
    if (tagName === 'br') return blocks.break(outer.look);
    const note = notes.referredTo(element);
    if (note) {
      return blocks.add({
        ...outer.look,
        raised: null,
        href: null,
        text: 'note',
        note: note.label,
      });
    }
    if (note === null) {
      this.#count('loneNotes');
      return blocks.add({ ...outer.look, raised: null, text: apart(textOf(element).trim()) });
    }

    const struck = isStruck(element, styles);
    if (struck && !outer.isStruck && textOf(element).trim() !== '') this.#count('struck');
    const place: Place = {
      look: lookOf(element, outer.look, styles),
      preserved: outer.preserved,
      isStruck: outer.isStruck || struck,
    };
    const fill = () => this.#all(children, place, blocks);
    if (tagName === 'ul' || tagName === 'ol') {
      this.#number(element);
      const items = () => this.#all(children, { ...place, look: PLAIN, list: element }, blocks);
      return outer.list ? blocks.inLastItem(items) : items();
    }
    if (tagName === 'li' && outer.list) {
      const item = listedItem(element, outer.list, styles, this.#places.get(element) ?? 1);
      return blocks.item(item, fill);
    }
    const item = wordItem(element, styles);
    if (item) return blocks.item(item, fill);
    if (tagName === 'blockquote') return blocks.quotation(fill);
    if (isQuotation(element, styles)) return blocks.quotation(fill, true);
    if (HEADING.includes(tagName)) return blocks.heading(fill);
    // The reading in ruby text goes into brackets after its word.
    if (tagName === 'rt') {
      blocks.add({ ...place.look, text: '（' });
      fill();
      return blocks.add({ ...place.look, text: '）' });
    }
    if (tagName === 'table') {
      const table = this.#table(element);
      if (table) return blocks.block(table);
    }
    if (BLOCK.includes(tagName)) {
      blocks.endLine();
      const preserved = place.preserved || tagName === 'pre';
      this.#all(children, { ...place, preserved, ...(outer.list && { list: outer.list }) }, blocks);
      return blocks.endLine();
    }
    this.#all(children, { ...place, ...(outer.list && { list: outer.list }) }, blocks);
  }

  /** Numbers the items of a list. */
  #number(list: Element) {
    let number = numberOf(list.properties.start) ?? 1;
    for (const item of list.children) {
      if (item.type !== 'element' || item.tagName !== 'li') continue;
      number = numberOf(item.properties.value) ?? number;
      this.#places.set(item, number);
      number += 1;
    }
  }

  #table(element: Element) {
    return tableOf(element, {
      styles: this.styles,
      isKept: this.#isKept,
      changed: (times) => this.#count('cells', times),
      read: (cell) => {
        const blocks = new Blocks(this.#raised);
        this.#all(cell.children, { ...START, look: lookOf(cell, PLAIN, this.styles) }, blocks);
        blocks.endLine();
        return blocks.root;
      },
    });
  }
}

/** The label for the first note of a paste: a number beyond those that the field has. */
export function firstLabel(typed: string): number {
  const numbers = [...typed.matchAll(/\[\^(\d{1,6})\]/g)].map(([, number]) => Number(number));
  return numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
}

/**
 * Converts pasted HTML to a letter's Markdown: paragraphs, links, lists, quotations, tables, notes,
 * line breaks and emphasis. Headings become strong paragraphs; styles and links within the document
 * are dropped. Deleted and hidden text, comments, headers, footers and pictures are left out and
 * counted; all other text is kept, and no number in it changes.
 * @param tree the HTML document from hast-util-from-dom
 * @param label the label of the first note, a number that the letter does not have yet
 */
export function pastedMarkdown(tree: Root, label = 1): Pasted {
  const styles = stylesOf(tree);
  const walk = new Walk(styles, notesOf(tree, styles, label));
  return { markdown: markdownOf(walk.document(tree)), notices: walk.notices };
}
