import type { ElementContent, RootContent } from 'hast';
import { letterTree } from '../../letter/markdown.ts';
import { legalForm } from '../../organization/legal-form.ts';
import { isCovered } from './fonts.ts';

/** What stands in a line. `break` is a place where a line may end without a hyphen, `br` one where it must; `whole` does not break. */
export type Inline = string | { kind: 'break' | 'br' } | { kind: 'em' | 'strong' | 'whole'; content: Inline[] } | { kind: 'a'; href: string; content: Inline[] };

export type Block =
  | { kind: 'p'; content: Inline[] }
  | { kind: 'blockquote'; content: Block[] }
  | { kind: 'ul' | 'ol'; start: number; items: Block[][] };

/** The mark that Japanese printers set for type they do not have. */
const GETA = '〓';
/** Characters that turn the direction of others: with them a text reads otherwise on paper than it is stored. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;
/** More letters without a place to break than the narrowest column takes. Japanese may break between any two characters. */
const ENDLESS = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{25,}/gu;
const PIECE = /[\s\S]{1,6}[\p{M}\p{Default_Ignorable_Code_Point}]*/gu;

/** The characters that the fonts have; others are a geta each, with their marks. */
function printable(text: string): string {
  let missing = false;
  let printed = '';
  for (const character of text) {
    const attached = /[\p{M}\p{Default_Ignorable_Code_Point}]/u.test(character);
    if (/\p{Cc}|\p{Z}/u.test(character) && !isCovered(character)) printed += ' ';
    else if (attached ? missing : false) continue;
    else if (isCovered(character) || /\p{Default_Ignorable_Code_Point}/u.test(character)) printed += character;
    else if (!attached) printed += GETA;
    if (!attached) missing = printed.endsWith(GETA) && character !== GETA;
  }
  return printed;
}

/** Text of one line as the template sets it: with characters that can be printed, and places to break in endless words. */
function line(text: string): Inline[] {
  const clean = printable(text.replace(TURNS, '').replace(/[ \t\n\r\f\v]+/g, ' '));
  const set: Inline[] = [];
  let done = 0;
  for (const { 0: word, index } of clean.matchAll(ENDLESS)) {
    set.push(clean.slice(done, index), ...(word.match(PIECE) ?? []).flatMap((piece, at): Inline[] => (at === 0 ? [piece] : [{ kind: 'break' }, piece])));
    done = index + word.length;
  }
  return [...set, clean.slice(done)].filter((piece) => piece !== '');
}

/** Plain text as the template sets it; line breaks stay. */
export function printedText(text: string): Inline[] {
  return text.split(/\r\n?|\n/).flatMap((part, index): Inline[] => (index === 0 ? line(part) : [{ kind: 'br' }, ...line(part)]));
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

function inlines(nodes: (RootContent | ElementContent)[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === 'text') return line(node.value);
    if (node.type !== 'element') return [];
    const content = inlines(node.children);
    if (node.tagName === 'br') return [{ kind: 'br' }];
    if (node.tagName === 'em' || node.tagName === 'strong') return [{ kind: node.tagName, content }];
    if (node.tagName === 'a') return [{ kind: 'a', href: String(node.properties.href), content }];
    return content;
  });
}

/** Blocks; what stands in a line between them, as in the items of a tight list, becomes a paragraph. */
function blocks(nodes: (RootContent | ElementContent)[]): Block[] {
  const made: Block[] = [];
  let loose: ElementContent[] = [];
  const gather = () => {
    if (loose.length > 0) made.push({ kind: 'p', content: inlines(loose) });
    loose = [];
  };
  for (const node of nodes) {
    if (node.type === 'element' && ['p', 'blockquote', 'ul', 'ol'].includes(node.tagName)) {
      gather();
      made.push(block(node.tagName, node));
    } else if (node.type === 'element' || node.type === 'text') loose.push(node);
  }
  gather();
  return made;
}

function block(name: string, { properties, children }: { properties: { start?: unknown }; children: ElementContent[] }): Block {
  if (name === 'blockquote') return { kind: name, content: blocks(children) };
  if (name !== 'ul' && name !== 'ol') return { kind: 'p', content: inlines(children) };
  const items = children.flatMap((item) => (item.type === 'element' ? [blocks(item.children)] : []));
  return { kind: name, start: typeof properties.start === 'number' ? properties.start : 1, items };
}

/** A letter's Markdown as the blocks that the template sets. */
export function printedBlocks(markdown: string): Block[] {
  return blocks(letterTree(markdown).children);
}
