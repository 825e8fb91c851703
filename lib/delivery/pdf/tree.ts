import type { Element, ElementContent, RootContent } from 'hast';
import { letterTree } from '@/lib/letter/text/markdown';
import { legalForm } from '@/lib/organization/legal-form';
import { isCovered } from './fonts';

/** What stands in a line. `break` is a place where a line may end without a hyphen, `br` one where it must; `whole` does not break. */
export type Inline =
  | string
  | { kind: 'break' | 'br' }
  | { kind: 'em' | 'strong' | 'whole'; content: Inline[] }
  | { kind: 'a'; href: string; content: Inline[] };

export type Block =
  | { kind: 'p'; content: Inline[] }
  | { kind: 'blockquote'; content: Block[] }
  | { kind: 'ul' | 'ol'; start: number; items: Block[][] };

/** The mark that Japanese printers set for type they do not have. */
const GETA = '〓';
/** Characters that turn the direction of others: with them a text reads otherwise on paper than it is stored. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;
/** What belongs to the character before it, and what shows nothing by itself. */
const ATTACHED = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
/** White space and controls. */
const BLANK = /[\p{Z}\p{Cc}]/u;
/** Letters without a place to break. Japanese may break between any two characters. */
const LONG = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{12,}/gu;
/** What is the address of a page or a person, or holds one. */
const ADDRESS = /:\/\/|^www\.|@|\.[a-z]+\//i;
/** An address's pieces: it breaks after its marks, where who reads it sees that it goes on, but not after "https://". */
const STEP = /^[^:]*:\/\/[^/\-.?&=_]*[/\-.?&=_]*|[^/\-.?&=_]*[/\-.?&=_]+|[^/\-.?&=_]+/g;
/** More than the narrowest column takes. */
const ENDLESS = 25;
const PIECE = /[\s\S]{1,6}[\p{M}\p{Default_Ignorable_Code_Point}]*/gu;

/** The characters that the fonts have; others are a geta each, and the marks on those go. */
function printable(text: string): string {
  let printed = '';
  let missing = false;
  for (const character of text) {
    const attached = ATTACHED.test(character);
    if (!attached) missing = !isCovered(character) && !BLANK.test(character);
    if (!missing && isCovered(character)) printed += character;
    else if (!attached) printed += missing ? GETA : ' ';
    else if (!missing && IGNORABLE.test(character)) printed += character;
  }
  return printed;
}

const pieces = (word: string): string[] =>
  word.length < ENDLESS ? [word] : (word.match(PIECE) ?? []);

/** Text of one line as the template sets it: with characters that can be printed, and places to break in addresses and endless words. */
function line(text: string): Inline[] {
  const clean = printable(text.replace(TURNS, '').replace(/[ \t\n\r\f\v]+/g, ' '));
  const set: Inline[] = [];
  let done = 0;
  for (const { 0: word, index } of clean.matchAll(LONG)) {
    const broken = ADDRESS.test(word) ? (word.match(STEP) ?? []).flatMap(pieces) : pieces(word);
    // Typst itself would break after "https".
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

/** Plain text as the template sets it; line breaks stay. */
export function printedText(text: string): Inline[] {
  return text
    .split(/\r\n?|\n/)
    .flatMap((part, index): Inline[] =>
      index === 0 ? line(part) : [{ kind: 'br' }, ...line(part)],
    );
}

/** A Japanese phrase, near enough: kanji, katakana and Latin letters, then the hiragana that belong to them. */
const PHRASE =
  /([\p{Script=Han}\p{Script=Katakana}ー\w](?:[（）「」『』]?[\p{Script=Han}\p{Script=Katakana}ー\w])*(?:[）」』]?\p{Script=Hiragana})*)/u;
/** As many Japanese characters of a title fit on half a line. */
const HALF = 14;

/** A Japanese title as the template sets it: its lines break between phrases. */
export function printedTitle(title: string): Inline[] {
  return printedText(title).flatMap((piece) => {
    if (typeof piece !== 'string') return [piece];
    const parts = piece.split(PHRASE).filter((part) => part !== '');
    return parts.map((part): Inline =>
      part.length <= HALF && PHRASE.test(part) ? { kind: 'whole', content: [part] } : part,
    );
  });
}

/** As many Japanese characters fit on a line of the narrowest column. */
const FITS = 18;

/** An organization's Japanese name as the template sets it: where it needs two lines, its legal form is one of them. */
export function printedName(name: string): Inline[] {
  const { form, at } = legalForm(name) ?? { form: '', at: 'start' };
  const rest = at === 'start' ? name.slice(form.length) : name.slice(0, -form.length);
  if (form === '' || rest.trim() !== rest || [...rest].length > FITS) return printedText(name);
  const pieces = at === 'start' ? [form, rest] : [rest, form];
  return pieces.map((piece) => ({ kind: 'whole', content: printedText(piece) }));
}

/** What stands in a line; emphasis inside emphasis of its kind changes nothing. */
function inlines(nodes: (RootContent | ElementContent)[], within: string[] = []): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === 'text') return line(node.value);
    if (node.type !== 'element') return [];
    const { tagName, properties, children } = node;
    if (tagName === 'br') return [{ kind: 'br' }];
    const content = inlines(children, [...within, tagName]);
    if (tagName === 'a') return [{ kind: 'a', href: String(properties.href), content }];
    if ((tagName === 'em' || tagName === 'strong') && !within.includes(tagName))
      return [{ kind: tagName, content }];
    return content;
  });
}

/** Quotations and lists nested deeper stand where the deepest do: Typst refuses some 15, and the page has no room for them. */
const DEEPEST = 6;

/** Blocks; what stands in a line between them, as in the items of a tight list, becomes a paragraph. */
function blocks(nodes: (RootContent | ElementContent)[], depth = 0): Block[] {
  const made: Block[] = [];
  let loose: ElementContent[] = [];
  const gather = () => {
    if (loose.length > 0) made.push({ kind: 'p', content: inlines(loose) });
    loose = [];
  };
  for (const node of nodes) {
    if (node.type === 'element' && ['p', 'blockquote', 'ul', 'ol'].includes(node.tagName)) {
      gather();
      made.push(...block(node, depth));
    } else if (node.type === 'element' || node.type === 'text') loose.push(node);
  }
  gather();
  return made;
}

function block({ tagName, properties, children }: Element, depth: number): Block[] {
  if (tagName === 'p') return [{ kind: tagName, content: inlines(children) }];
  if (tagName === 'blockquote') {
    const content = blocks(children, depth + 1);
    return depth < DEEPEST ? [{ kind: tagName, content }] : content;
  }
  const items = children.flatMap((item) =>
    item.type === 'element' ? [blocks(item.children, depth + 1)] : [],
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

/** A letter's Markdown as the blocks that the template sets. */
export function printedBlocks(markdown: string): Block[] {
  return blocks(letterTree(markdown).children);
}
