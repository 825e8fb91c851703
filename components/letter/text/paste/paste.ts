import type { Element, Nodes, Root } from 'hast';
import { Blocks } from './blocks';
import { PLAIN, type Look } from './inline';
import { markdownOf } from './markdown';
import { isWrittenBullet, onlineItem, startOf, styleOf, wordItem } from './word';

const LEFT_OUT = [
  'head',
  'title',
  'style',
  'script',
  'noscript',
  'template',
  'xml',
  'img',
  'svg',
  'math',
  'picture',
  'video',
  'audio',
  'canvas',
  'iframe',
  'object',
  'hr',
  'rp',
  'input',
  'select',
  'textarea',
  'button',
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

const isHidden = (style: string) => /(?:^|[;\s])(?:display:\s*none|mso-hide:\s*all)/.test(style);

/**
 * The target of a link if readers of the letter can follow it, which they cannot with links within
 * the source document.
 */
const targetOf = (element: Element) => {
  const href = String(element.properties.href ?? '').trim();
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s/?]+@)/i.test(href) && !/\s/.test(href) ? href : null;
};

/**
 * The formatting of an element. Styles override tag names: Google Docs wraps everything in a `b`
 * that is not bold.
 */
function lookOf(element: Element, outer: Look): Look {
  const style = styleOf(element);
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(style)?.[1];
  const slope = /(?:^|[;\s])font-style:\s*(\w+)/.exec(style)?.[1];
  const { tagName } = element;
  const named = {
    strong: ['b', 'strong'].includes(tagName),
    emphasis: ['i', 'em', 'cite', 'dfn', 'var'].includes(tagName),
  };
  return {
    strong: weight ? /^(?:bold|bolder|[6-9]\d\d)$/.test(weight) : named.strong || outer.strong,
    emphasis: slope ? /^(?:italic|oblique)$/.test(slope) : named.emphasis || outer.emphasis,
    href: tagName === 'a' ? (targetOf(element) ?? outer.href) : outer.href,
  };
}

/**
 * Converts pasted HTML to a letter's Markdown: paragraphs, links, lists, quotations, line breaks
 * and emphasis. Headings become strong paragraphs, table cells paragraphs; styles, comments, images
 * and links within the document are dropped. All visible text is kept.
 * @param tree the HTML document from hast-util-from-dom
 */
export function pastedMarkdown(tree: Root): string {
  const blocks = new Blocks();

  const walkAll = (nodes: Nodes[], look: Look, preserved: boolean, list?: Element) =>
    nodes.forEach((node) => walk(node, look, preserved, list));

  const walk = (node: Nodes, outer: Look, preserved: boolean, list?: Element): void => {
    if (node.type === 'text') {
      const [first = '', ...more] = preserved ? node.value.split(/\r\n?|\n/) : [node.value];
      blocks.add({ ...outer, text: first });
      for (const text of more) {
        blocks.break(outer);
        blocks.add({ ...outer, text });
      }
      return;
    }
    if (node.type !== 'element') return;
    const { tagName, children } = node;
    if (LEFT_OUT.includes(tagName) || isHidden(styleOf(node)) || isWrittenBullet(node)) return;
    if (tagName === 'br') return blocks.break(outer);

    const look = lookOf(node, outer);
    if (tagName === 'ul' || tagName === 'ol') {
      const fill = () => walkAll(children, PLAIN, preserved, node);
      return list ? blocks.inLastItem(fill) : fill();
    }
    if (tagName === 'li' && list) {
      const mark = onlineItem(node, list) ?? {
        level: 1,
        ordered: list.tagName === 'ol',
        start: startOf(list.properties.start),
      };
      return blocks.item(mark, () => walkAll(children, look, preserved));
    }
    const item = wordItem(node);
    if (item) return blocks.item(item, () => walkAll(children, look, preserved));
    if (tagName === 'blockquote') return blocks.quotation(() => walkAll(children, look, preserved));
    if (HEADING.includes(tagName)) return blocks.heading(() => walkAll(children, look, preserved));
    // The reading in ruby text goes into brackets after its word.
    if (tagName === 'rt')
      return walkAll(
        [{ type: 'text', value: '（' }, ...children, { type: 'text', value: '）' }],
        look,
        preserved,
      );
    if (BLOCK.includes(tagName)) {
      blocks.endLine();
      walkAll(children, look, preserved || tagName === 'pre', list);
      return blocks.endLine();
    }
    walkAll(children, look, preserved, list);
  };

  walkAll(tree.children, PLAIN, false);
  blocks.endLine();
  return markdownOf(blocks.root);
}
