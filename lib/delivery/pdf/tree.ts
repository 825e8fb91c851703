import type { Element, ElementContent, RootContent } from 'hast';
import { letterTree } from '@/lib/letter/text/markdown';
import { legalForm } from '@/lib/organization/legal-form';
import { phrases } from '@/lib/platform/text/phrases';
import { printable } from './printable';

/**
 * Inline content. `break` is a line break opportunity without a hyphen, `br` a forced line break;
 * the content of `whole` does not break. The `address` of a link is printed after it, unless the
 * link shows it.
 */
export type Inline =
  | string
  | { kind: 'break' | 'br' }
  | { kind: 'em' | 'strong' | 'whole'; content: Inline[] }
  | { kind: 'words'; lang: string; content: Inline[] }
  | { kind: 'a'; href: string; content: Inline[]; address: Inline[] | null }
  /** A reference to a note; the first one carries the note, all of it in lines. */
  | { kind: 'note'; number: number; body?: Inline[] };

export interface Cell {
  align: string;
  content: Inline[];
}

export type Block =
  | { kind: 'p'; content: Inline[] }
  | { kind: 'blockquote'; content: Block[] }
  | { kind: 'ul' | 'ol'; start: number; items: Block[][] }
  /** Rows can differ in length. */
  | { kind: 'table'; columns: number; head: Cell[] | null; rows: Cell[][] };

/** The notes of a letter by number, and which of them were printed. */
type Notes = Map<number, { body: ElementContent[]; printed: boolean }>;

/** Bidirectional controls, with which a text could read differently on paper than it is stored. */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
/** Long words without a line break opportunity. Japanese can break between any two characters. */
const LONG = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{12,}/gu;
/** Words that contain a web or mail address. */
const ADDRESS = /:\/\/|^www\.|@|\.[a-z]+\//i;
/**
 * Pieces of an address: it breaks after punctuation, which shows that it continues, but not after
 * "https://".
 */
const ADDRESS_PIECE = /^[^:]*:\/\/[^/\-.?&=_]*[/\-.?&=_]*|[^/\-.?&=_]*[/\-.?&=_]+|[^/\-.?&=_]+/g;
/** Length beyond which a word may not fit the narrowest column. */
const TOO_WIDE = 25;
const PIECE = /[\s\S]{1,6}[\p{M}\p{Default_Ignorable_Code_Point}]*/gu;

const pieces = (word: string): string[] =>
  word.length < TOO_WIDE ? [word] : (word.match(PIECE) ?? []);

/**
 * A single line for the template: printable characters, with line break opportunities in addresses
 * and overlong words.
 */
function line(text: string): Inline[] {
  const clean = printable(text.replace(BIDI_CONTROLS, '').replace(/[ \t\n\r\f\v]+/g, ' '));
  const set: Inline[] = [];
  let done = 0;
  for (const { 0: word, index } of clean.matchAll(LONG)) {
    const broken = ADDRESS.test(word)
      ? (word.match(ADDRESS_PIECE) ?? []).flatMap(pieces)
      : pieces(word);
    // Without `whole`, Typst would break after "https".
    const whole = broken.map((piece): Inline =>
      piece.includes('://') ? { kind: 'whole', content: [piece] } : piece,
    );
    set.push(
      clean.slice(done, index),
      ...whole.flatMap((piece, at): Inline[] => (at === 0 ? [piece] : [{ kind: 'break' }, piece])),
    );
    done = index + word.length;
  }
  return [...set, clean.slice(done)].filter((piece) => piece !== '');
}

/** Plain text for the template; line breaks are kept. */
export function printedText(text: string): Inline[] {
  return text
    .split(/\r\n?|\n/)
    .flatMap((part, index): Inline[] =>
      index === 0 ? line(part) : [{ kind: 'br' }, ...line(part)],
    );
}

/**
 * An approximation of a Japanese phrase (bunsetsu): kanji, katakana and Latin letters, and the
 * hiragana that follow.
 */
const PHRASE =
  /([\p{Script=Han}\p{Script=Katakana}ー\w](?:[（）「」『』]?[\p{Script=Han}\p{Script=Katakana}ー\w])*(?:[）」』]?\p{Script=Hiragana})*)/u;
/** How many Japanese characters of a title fit on half a line. */
const HALF = 14;

/** A Japanese title for the template, with line breaks between phrases only. */
export function printedTitle(title: string): Inline[] {
  return printedText(title).flatMap((piece) => {
    if (typeof piece !== 'string') return [piece];
    const parts = piece.split(PHRASE).filter((part) => part !== '');
    return parts.map((part): Inline =>
      part.length <= HALF && PHRASE.test(part) ? { kind: 'whole', content: [part] } : part,
    );
  });
}

/** How many Japanese characters fit on a line of the narrowest column. */
const FITS = 18;

/** A text that does not break. */
const whole = (text: string): Inline => ({ kind: 'whole', content: printedText(text) });

/** A Japanese text that breaks between phrases only, as far as they fit on a line. */
const inPhrases = (text: string): Inline[] =>
  phrases(text).flatMap((phrase) =>
    [...phrase].length <= FITS ? [whole(phrase)] : printedText(phrase),
  );

/**
 * An organization's Japanese name for the template. If it takes two lines, it breaks at its legal
 * form; if it takes more, between phrases as on the page.
 */
export function printedName(name: string): Inline[] {
  if ([...name].length <= FITS) return printedText(name);
  const { form, at } = legalForm(name) ?? { form: '', at: 'start' };
  const rest = at === 'start' ? name.slice(form.length) : name.slice(0, -form.length);
  if (form === '' || rest.trim() !== rest) return inPhrases(name);
  const named = [...rest].length <= FITS ? [whole(rest)] : inPhrases(rest);
  return at === 'start' ? [whole(form), ...named] : [...named, whole(form)];
}

const textOf = (nodes: (RootContent | ElementContent)[]): string =>
  nodes
    .map((node) => ('children' in node ? textOf(node.children) : 'value' in node ? node.value : ''))
    .join('');

/** The address of a link, for who reads it on paper; null if the link shows it itself. */
function printedAddress(href: string, content: ElementContent[]): Inline[] | null {
  const bare = (address: string) => address.replace(/^(?:https?:\/\/|mailto:)|\/$/g, '');
  return bare(textOf(content).trim()) === bare(href) ? null : line(href.replace(/^mailto:/, ''));
}

/** Inline content. Emphasis nested in the same emphasis is unwrapped. */
function inlines(
  nodes: (RootContent | ElementContent)[],
  notes: Notes,
  within: string[] = [],
): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === 'text') return line(node.value);
    if (node.type !== 'element') return [];
    const { tagName, properties, children } = node;
    if (tagName === 'br') return [{ kind: 'br' }];
    if (tagName === 'sup') return [reference(Number(properties.dataNote), notes)];
    const content = inlines(children, notes, [...within, tagName]);
    if (tagName === 'a') {
      const href = String(properties.href);
      return [{ kind: 'a', href, content, address: printedAddress(href, children) }];
    }
    if ((tagName === 'em' || tagName === 'strong') && !within.includes(tagName))
      return [{ kind: tagName, content }];
    return content;
  });
}

function reference(number: number, notes: Notes): Inline {
  const note = notes.get(number);
  if (!note || note.printed) return { kind: 'note', number };
  note.printed = true;
  return { kind: 'note', number, body: inLines(blocks(note.body, notes)) };
}

/** Blocks as the lines of one paragraph, which is all that the template can put into a note. */
function inLines(content: Block[]): Inline[] {
  const lines = (block: Block): Inline[][] => {
    switch (block.kind) {
      case 'p':
        return [block.content];
      case 'blockquote':
        return [inLines(block.content)];
      case 'table':
        return [...(block.head ? [block.head] : []), ...block.rows].map((row) =>
          row.flatMap((cell, index) => (index === 0 ? cell.content : [' | ', ...cell.content])),
        );
      default:
        return block.items.map((item, index) => [
          block.kind === 'ol' ? `${block.start + index}. ` : '• ',
          ...inLines(item),
        ]);
    }
  };
  return content
    .flatMap(lines)
    .flatMap((line, index): Inline[] => (index === 0 ? line : [{ kind: 'br' }, ...line]));
}

/**
 * Deeper quotations and lists are flattened: Typst fails at about 15 levels, and the page has no
 * room for them.
 */
const DEEPEST = 6;

const BLOCKS = ['p', 'blockquote', 'ul', 'ol', 'table'];

/** Blocks. Inline content between them, as in the items of a tight list, becomes a paragraph. */
function blocks(nodes: (RootContent | ElementContent)[], notes: Notes, depth = 0): Block[] {
  const made: Block[] = [];
  let loose: ElementContent[] = [];
  const gather = () => {
    if (loose.length > 0) made.push({ kind: 'p', content: inlines(loose, notes) });
    loose = [];
  };
  for (const node of nodes) {
    if (node.type === 'element' && BLOCKS.includes(node.tagName)) {
      gather();
      made.push(...block(node, notes, depth));
    } else if (node.type === 'element' || node.type === 'text') loose.push(node);
  }
  gather();
  return made;
}

const isElement = (node: RootContent | ElementContent) => node.type === 'element';

function table(parts: ElementContent[], notes: Notes): Block {
  const rowsIn = (name: string): Cell[][] =>
    parts
      .filter(isElement)
      .filter(({ tagName }) => tagName === name)
      .flatMap(({ children }) => children.filter(isElement))
      .map(({ children }) =>
        children.filter(isElement).map((cell) => ({
          align: String(cell.properties.align ?? 'left'),
          content: inlines(cell.children, notes),
        })),
      );
  const [head = null] = rowsIn('thead');
  const rows = rowsIn('tbody');
  const columns = Math.max(1, ...[head ?? [], ...rows].map(({ length }) => length));
  return { kind: 'table', columns, head, rows };
}

function block({ tagName, properties, children }: Element, notes: Notes, depth: number): Block[] {
  if (tagName === 'p') return [{ kind: tagName, content: inlines(children, notes) }];
  if (tagName === 'table') return [table(children, notes)];
  if (tagName === 'blockquote') {
    const content = blocks(children, notes, depth + 1);
    return depth < DEEPEST ? [{ kind: tagName, content }] : content;
  }
  const items = children.flatMap((item) =>
    item.type === 'element' ? [blocks(item.children, notes, depth + 1)] : [],
  );
  if (depth >= DEEPEST) return items.flat();
  return [
    {
      kind: tagName === 'ol' ? 'ol' : 'ul',
      start: typeof properties.start === 'number' ? properties.start : 1,
      items,
    },
  ];
}

/**
 * A letter's Markdown as blocks for the template. A note comes with the first reference to it; those
 * without a reference are printed after the text.
 */
export function printedBlocks(markdown: string): Block[] {
  const elements = letterTree(markdown).children.filter(isElement);
  const items = elements
    .filter(({ tagName }) => tagName === 'section')
    .flatMap(({ children }) => children.filter(isElement))
    .flatMap(({ children }) => children.filter(isElement));
  const notes: Notes = new Map(
    items.map(({ properties, children }) => [
      Number(properties.dataNote),
      { body: children, printed: false },
    ]),
  );
  const text = blocks(
    elements.filter(({ tagName }) => tagName !== 'section'),
    notes,
  );
  const rest = [...notes].flatMap(([number, note]): Block[] =>
    note.printed ? [] : [{ kind: 'ol', start: number, items: [blocks(note.body, notes)] }],
  );
  return [...text, ...rest];
}
