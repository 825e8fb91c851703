import type { Element, ElementContent, Root, RootContent, Text } from 'hast';
import rehypeSanitize, { type Options as Schema } from 'rehype-sanitize';
import remarkCjkFriendly from 'remark-cjk-friendly/parseOnly';
import remarkParse from 'remark-parse';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified, type Processor } from 'unified';
import { asksTooMuch } from './markdown-limits';

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

/** What Markdown has and a letter has no use for: its text is kept. */
const handlers: Options['handlers'] = {
  heading: (state, node) => element('p', [element('strong', state.all(node))]),
  code: (_state, node) => element('p', lines(node.value)),
  inlineCode: (_state, node) => text(node.value),
  image: (_state, node) => text(node.alt ?? ''),
  imageReference: (_state, node) => text(node.alt ?? ''),
  thematicBreak: () => undefined,
};

const schema: Schema = {
  tagNames: ['p', 'em', 'strong', 'a', 'ul', 'ol', 'li', 'blockquote', 'br'],
  attributes: { a: ['href'], ol: ['start'] },
  protocols: { href: ['http', 'https', 'mailto'] },
  ancestors: { li: ['ul', 'ol'] },
  clobber: [],
  required: {},
  strip: [],
  allowComments: false,
  allowDoctypes: false,
};

/** What looks like HTML is text like any other, and lines that begin with spaces are not code. */
function lettersOwnSyntax(this: Processor) {
  const data = this.data();
  (data.micromarkExtensions ??= []).push({
    disable: { null: ['htmlFlow', 'htmlText', 'codeIndented'] },
  });
}

const markdownToTree = unified()
  .use(remarkParse)
  .use(remarkCjkFriendly)
  .use(lettersOwnSyntax)
  .use(remarkRehype, { handlers })
  .use(() => (tree: Root) => {
    joinLines(tree);
    tree.children = tidy(tree.children);
  })
  .use(rehypeSanitize, schema)
  .freeze();

/** An absolute link to a page or an address. Names and passwords in links are refused: they make one host look like another. */
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

/** The texts in their order; null where a line or block begins or ends. */
function runs(nodes: (RootContent | ElementContent)[]): (Text | null)[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [node];
    if (node.type !== 'element') return [];
    return isInline(node) ? runs(node.children) : [null, ...runs(node.children), null];
  });
}

const endsInJapanese = new RegExp(`${CJK}$`, 'u');
const beginsInJapanese = new RegExp(`^${CJK}`, 'u');

/**
 * Makes one line of the lines of a paragraph: with a space between words, without one between Japanese characters. The
 * ideographic spaces by which writers indent a paragraph go: the page and the PDF indent by themselves.
 */
function joinLines(tree: Root): void {
  const all = runs(tree.children);
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

/** Web addresses that stand bare in a text: a host with a dot in it, and what is ASCII behind it. */
const ADDRESSES =
  /(?<![\w@/])https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#][^\s<>"`\\^{|}\u0080-\u{10ffff}]*)?/giu;
/** What goes on with an address where nobody sees its end: letters of other hosts, and Japanese in the middle of a path. */
const GOES_ON = new RegExp(
  `^(?:[@.:]?(?!${CJK})[\\p{L}\\p{M}\\p{N}\\p{Cf}]|\\.\\S|(?=${CJK})[^\\s、。，．「」『』（）]+[/?#=])`,
  'u',
);

/** An address without the marks behind it that belong to the sentence; a bracket that it opens itself is its own. */
function withoutSentence(address: string): string {
  let own = address.split('(').length - address.split(')').length;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1]!;
    if (last === ')' && own < 0) own += 1;
    else if (!".,;:!?'*_]".includes(last)) break;
  }
  return address.slice(0, end);
}

/**
 * A text with its bare web addresses as links: each whole, or not at all, since half an address leads elsewhere.
 * @param isCut whether what stands behind the text in its line is emphasis, which an address's underscores may have made
 */
function linked(value: string, isCut: boolean): ElementContent[] {
  const nodes: ElementContent[] = [];
  let read = 0;
  for (const { 0: found, index } of value.matchAll(ADDRESSES)) {
    const rest = value.slice(index + found.length);
    const href = withoutSentence(found);
    if (!isLinkable(href) || GOES_ON.test(rest.slice(0, 200)) || (rest === '' && isCut)) continue;
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

/** Unwraps refused links and links in links (`[<https://…>](https://…)` makes one), and drops what became empty. */
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
    const isLink = node.tagName === 'a';
    const children = tidy(node.children, inLink || isLink);
    if (isLink && (inLink || !isLinkable(node.properties.href))) return children;
    if (children.length === 0 && node.tagName !== 'br' && node.tagName !== 'li') return [];
    return [{ ...node, children }];
  });
}

/** A text that asks too much of the parser, in paragraphs, as it was typed. */
function asTyped(markdown: string): Root {
  const blocks = markdown
    .split(/(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+/)
    .filter((block) => block.trim() !== '');
  return { type: 'root', children: blocks.map((block) => element('p', lines(block.trim()))) };
}

/**
 * A letter's Markdown as the tree (hast) that the web page, the preview and the PDF are made from.
 *
 * Only these elements, and no properties but these, occur:
 * - blocks: `p`, `blockquote`, `ul`, `ol` (`start`, a number, when it is not 1), `li` in lists;
 * - in a line: `em`, `strong`, `a` (`href`, an absolute http, https or mailto address), `br`.
 *
 * The root, `blockquote` and lists hold elements only, no white space between them. An `li` holds text and inline elements
 * (then perhaps lists), or blocks, or nothing. Text holds no line breaks: a break that is meant is a `br`. `a` is never inside `a`.
 *
 * Whatever else Markdown has is unwrapped and its text kept: headings become a strong paragraph, images their
 * alternative, code its text; rules go. A bare web address is a link. HTML is not read: it shows as it was typed. A refused link keeps its text.
 * A text that no letter would have, nested or marked by the hundreds, comes as typed (markdown-effort.ts).
 *
 * Pure, for servers and browsers; the caller bounds the length (docs/decisions/0012-markdown.md).
 */
export function letterTree(markdown: string): Root {
  if (asksTooMuch(markdown)) return asTyped(markdown);
  return markdownToTree.runSync(markdownToTree.parse(markdown));
}

/** A letter's Markdown as text without markup: blocks with an empty line between them, meant breaks as line breaks. */
export function plainText(markdown: string): string {
  const write = (node: RootContent | ElementContent): string => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return '';
    if (node.tagName === 'br') return '\n';
    const inner = node.children.map(write).join('');
    return isInline(node) ? inner : `\n\n${inner}\n\n`;
  };
  return letterTree(markdown)
    .children.map(write)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
