import type { Element, ElementContent, Root, RootContent, Text } from 'hast';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import remarkCjkFriendly from 'remark-cjk-friendly/parseOnly';
import remarkParse from 'remark-parse';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified, type Processor } from 'unified';
import { asksTooMuch } from './markdown-limits';
import { gatherNotes, referenceHandler } from './notes';
import { tableHandler } from './tables';

/** A pattern for one Japanese, Chinese or full-width character. */
export const CJK = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\uff00-\\uff60]';

const element = (tagName: string, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});
const text = (value: string): Text => ({ type: 'text', value });
const lines = (value: string) =>
  value
    .split(/\r\n?|\n/)
    .flatMap((line, index) => (index === 0 ? [text(line)] : [element('br', []), text(line)]));

const handlers: Options['handlers'] = {
  footnoteReference: referenceHandler,
  table: tableHandler,
  // Markdown constructs that letters do not have: only their text is kept.
  heading: (state, node) => element('p', [element('strong', state.all(node))]),
  code: (_state, node) => element('p', lines(node.value)),
  inlineCode: (_state, node) => text(node.value),
  image: (_state, node) => text(node.alt ?? ''),
  imageReference: (_state, node) => text(node.alt ?? ''),
  thematicBreak: () => undefined,
};

const schema: Schema = {
  tagNames: [
    ...['p', 'em', 'strong', 'a', 'ul', 'ol', 'li', 'blockquote', 'br'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'section', 'sup'],
  ],
  attributes: {
    a: ['href'],
    ol: ['start'],
    th: [['align', 'left', 'center', 'right']],
    td: [['align', 'left', 'center', 'right']],
    sup: ['dataNote', 'dataUse'],
    li: ['dataNote', 'dataUses'],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
  ancestors: {
    li: ['ul', 'ol'],
    thead: ['table'],
    tbody: ['table'],
    tr: ['table'],
    th: ['table'],
    td: ['table'],
  },
  clobber: [],
  required: {},
  strip: [],
  allowComments: false,
  allowDoctypes: false,
};

/**
 * Adds tables and footnotes, and turns HTML and indented code off: both are read as ordinary text.
 * The rest of GFM is left out (docs/decisions/0029-tables-footnotes-and-paste.md).
 */
function letterSyntax(this: Processor) {
  const data = this.data();
  (data.micromarkExtensions ??= []).push(gfmTable(), gfmFootnote(), {
    disable: { null: ['htmlFlow', 'htmlText', 'codeIndented'] },
  });
  (data.fromMarkdownExtensions ??= []).push(gfmTableFromMarkdown(), gfmFootnoteFromMarkdown());
}

const markdownToTree = unified()
  .use(remarkParse)
  .use(remarkCjkFriendly)
  .use(letterSyntax)
  .use(gatherNotes)
  .use(remarkRehype, { handlers })
  .use(() => (tree: Root) => {
    joinLines(tree);
    tree.children = tidy(tree.children);
  })
  .use(rehypeSanitize, schema)
  .freeze();

/**
 * Whether a link is an absolute web or mail address. User names and passwords are refused, since
 * they can make one host look like another.
 */
function isLinkable(href: unknown): boolean {
  if (typeof href !== 'string' || !/^(https?:\/\/|mailto:[^\s/?]+@)/i.test(href)) return false;
  try {
    const { username, password } = new URL(href);
    return username === '' && password === '';
  } catch {
    return false;
  }
}

const isInline = (node: ElementContent | RootContent) =>
  node.type === 'text' || (node.type === 'element' && ['a', 'em', 'strong'].includes(node.tagName));

const isReference = (node: ElementContent | RootContent) =>
  node.type === 'element' && node.tagName === 'sup';

/**
 * The text nodes in document order, with null at every line break and block boundary. The number of
 * a note is no text of the line.
 */
function textNodes(nodes: (RootContent | ElementContent)[]): (Text | null)[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [node];
    if (node.type !== 'element' || isReference(node)) return [];
    return isInline(node) ? textNodes(node.children) : [null, ...textNodes(node.children), null];
  });
}

const endsInJapanese = new RegExp(`${CJK}$`, 'u');
const beginsInJapanese = new RegExp(`^${CJK}`, 'u');

/**
 * Joins the source lines of each paragraph: with a space between words, without one between
 * Japanese characters. Leading ideographic spaces, which writers use to indent, are removed because
 * the page and the PDF indent paragraphs themselves.
 */
function joinLines(tree: Root): void {
  const all = textNodes(tree.children);
  for (const [index, node] of all.entries()) {
    if (!node) continue;
    const { value } = node;
    const before = all[index - 1]?.value;
    const after = all[index + 1]?.value;
    node.value = value.replace(/\n/g, (_, at: number) => {
      const left = at > 0 ? value.slice(Math.max(0, at - 2), at) : before;
      const right = at + 1 < value.length ? value.slice(at + 1, at + 3) : after;
      if (left === undefined || right === undefined) return '';
      return endsInJapanese.test(left) && beginsInJapanese.test(right) ? '' : ' ';
    });
    if (!all[index - 1]) node.value = node.value.replace(/^\u3000+/, '');
  }
}

/** Bare web addresses: a host that contains a dot, followed by an ASCII path. */
const BARE_ADDRESSES =
  /(?<![\w@/])https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#][^\s<>"`\\^{|}\u0080-\u{10ffff}]*)?/giu;
/**
 * Text after a match that is still part of the address, so that the match is only half of it:
 * letters of a non-ASCII host, or Japanese in the middle of a path.
 */
const CONTINUES = new RegExp(
  `^(?:[@.:]?(?!${CJK})[\\p{L}\\p{M}\\p{N}\\p{Cf}]|\\.\\S|(?=${CJK})[^\\s、。，．「」『』（）]+[/?#=])`,
  'u',
);

/**
 * An address without trailing punctuation of the sentence. A closing bracket stays if the address
 * contains the opening one.
 */
function withoutTrailingPunctuation(address: string): string {
  let balance = address.split('(').length - address.split(')').length;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1]!;
    if (last === ')' && balance < 0) balance += 1;
    else if (!".,;:!?'*_]".includes(last)) break;
  }
  return address.slice(0, end);
}

/**
 * Makes links of the bare web addresses in a text. An address that cannot be matched whole stays
 * text, since half of it would lead elsewhere.
 * @param isCut whether emphasis follows the text, which underscores in an address may have produced
 */
function linked(value: string, isCut: boolean): ElementContent[] {
  const nodes: ElementContent[] = [];
  let read = 0;
  for (const { 0: found, index } of value.matchAll(BARE_ADDRESSES)) {
    const rest = value.slice(index + found.length);
    const href = withoutTrailingPunctuation(found);
    if (!isLinkable(href) || CONTINUES.test(rest.slice(0, 200)) || (rest === '' && isCut)) continue;
    nodes.push(text(value.slice(read, index)), {
      ...element('a', [text(href)]),
      properties: { href },
    });
    read = index + href.length;
  }
  return [...nodes, text(value.slice(read))].filter(
    (node) => node.type !== 'text' || node.value !== '',
  );
}

/** Elements that are kept without content. */
const MAY_BE_EMPTY = ['br', 'li', 'tr', 'th', 'td'];

/** The references in a link, which become links themselves, and so have to stand behind it. */
function withoutReferences(nodes: ElementContent[], taken: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (isReference(node)) taken.push(node);
    if (node.type !== 'element') return [node];
    return isReference(node)
      ? []
      : [{ ...node, children: withoutReferences(node.children, taken) }];
  });
}

/**
 * Unwraps refused links and nested links (from `[<https://…>](https://…)`), links bare addresses,
 * and drops empty elements.
 */
function tidy(nodes: (RootContent | ElementContent)[], inLink = false): ElementContent[] {
  return nodes.flatMap((node, index): ElementContent[] => {
    if (node.type === 'text') {
      if (inLink) return node.value === '' ? [] : [node];
      const next = nodes[index + 1];
      return linked(
        node.value,
        next?.type === 'element' && ['em', 'strong'].includes(next.tagName),
      );
    }
    if (node.type !== 'element') return [];
    if (isReference(node)) return [node as Element];
    const isLink = node.tagName === 'a';
    const children = tidy(node.children, inLink || isLink);
    if (isLink && (inLink || !isLinkable(node.properties.href))) return children;
    if (children.length === 0 && !MAY_BE_EMPTY.includes(node.tagName)) return [];
    if (!isLink) return [{ ...node, children }];
    const references: ElementContent[] = [];
    return [{ ...node, children: withoutReferences(children, references) }, ...references];
  });
}

/** A text beyond the parser's limits: paragraphs of the source text, unparsed. */
function asTyped(markdown: string): Root {
  const blocks = markdown
    .split(/(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+/)
    .filter((block) => block.trim() !== '');
  return { type: 'root', children: blocks.map((block) => element('p', lines(block.trim()))) };
}

/**
 * Parses a letter's Markdown into the hast tree that the web page, the preview and the PDF are
 * rendered from.
 *
 * The tree contains only these elements and properties:
 * - blocks: `p`, `blockquote`, `ul`, `ol` (`start`, a number, unless it is 1), `li` in lists,
 *   `table` with `thead` or `tbody` or both, their `tr` with `th` or `td` (`align`);
 * - inline: `em`, `strong`, `a` (`href`, an absolute http, https or mailto address), `br`, `sup`
 *   (the reference to a note: `dataNote`, its number, which is also its text, and `dataUse`, the
 *   how manieth reference to that note it is);
 * - last, if there are notes, a `section` with an `ol` of them: `li` (`dataNote`; `dataUses`, how
 *   many references lead to it).
 *
 * The root, `blockquote`, lists and parts of tables have only element children, without white space
 * between them. An `li` has text and inline elements (optionally followed by lists), or blocks, or
 * no children; cells have text and inline elements. Text contains no newlines: a hard break is a
 * `br`. An `a` contains neither an `a` nor a `sup`. Rows can differ in how many cells they have.
 *
 * Other Markdown is unwrapped and its text kept: headings become a strong paragraph, images their
 * alternative text, code plain text; rules are dropped. Bare web addresses become links. HTML is
 * shown as typed. A refused link keeps its text. A text whose nesting or number of marks exceeds
 * the limits in markdown-limits.ts is not parsed.
 *
 * Pure, for servers and browsers. The caller limits the length (docs/decisions/0012-markdown.md).
 */
export function letterTree(markdown: string): Root {
  if (asksTooMuch(markdown)) return asTyped(markdown);
  return markdownToTree.runSync(markdownToTree.parse(markdown));
}

/**
 * A letter's Markdown as plain text: an empty line between blocks, hard breaks as newlines, a row of
 * a table per line with tabs between its cells, numbers of notes in brackets.
 */
export function plainText(markdown: string): string {
  const write = (node: RootContent | ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return '';
    if (node.tagName === 'br') return '\n';
    const inner = node.children.map(write).join('');
    if (isReference(node)) return `[${inner}]`;
    if (node.tagName === 'tr') return `${node.children.map(write).join('\t')}\n`;
    if (['th', 'td', 'thead', 'tbody'].includes(node.tagName)) return inner;
    if (node.properties.dataNote)
      return `\n\n[${String(node.properties.dataNote)}] ${inner.trim()}\n\n`;
    return isInline(node) ? inner : `\n\n${inner}\n\n`;
  };
  return letterTree(markdown)
    .children.map(write)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
