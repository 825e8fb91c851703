import type { Emphasis, Paragraph, Root, Strong } from 'mdast';
import type { Nodes } from 'hast';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import { letterTree } from '@/lib/letter/markdown';
import { BREAK, phrasing, PLAIN, type Look, type Run } from './paste-inline';

type Handle = NonNullable<NonNullable<Options['handlers']>[string]>;

const marked =
  (markerOf: (info: { before: string; after: string }) => string): Handle =>
  (node: Strong | Emphasis, _parent, state, info) => {
    const marker = markerOf(info);
    const tracker = state.createTracker(info);
    const open = tracker.move(marker);
    return open + tracker.move(state.containerPhrasing(node, { before: open, after: marker, ...tracker.current() })) + marker;
  };

const options = { bullet: '-', emphasis: '*', strong: '*', listItemIndent: 'one' } as const satisfies Options;
const careful = unified().use(remarkStringify, options).freeze();
/** Bare marks, where the careful way would write the characters beside them as numbers, unreadably. */
const bare = unified()
  .use(remarkStringify, {
    ...options,
    handlers: { strong: marked(() => '**'), emphasis: marked(({ before, after }) => (before === '*' || after === '*' ? '_' : '*')) },
  })
  .freeze();

/** How a line reads: every change of look, and the text between. Links by being links: their targets are encoded on the way. */
function reading(runs: Run[]): string {
  let last = '';
  return runs
    .map(({ text, strong, emphasis, href }) => {
      const look = text === BREAK ? 'br' : `${strong}${emphasis}${href !== null}`;
      const change = look === last ? '' : `<${look}>`;
      last = look;
      return change + text;
    })
    .join('');
}

function runsOf(node: Nodes, look: Look): Run[] {
  if (node.type === 'text') return [{ ...look, text: node.value }];
  if (node.type !== 'element' && node.type !== 'root') return [];
  if (node.type === 'root') return node.children.flatMap((child) => runsOf(child, look));
  if (node.tagName === 'br') return [{ ...PLAIN, text: BREAK }];
  const inner = {
    strong: look.strong || node.tagName === 'strong',
    emphasis: look.emphasis || node.tagName === 'em',
    href: node.tagName === 'a' ? String(node.properties.href) : look.href,
  };
  return node.children.flatMap((child) => runsOf(child, inner));
}

const rootOf = (paragraph: Paragraph): Root => ({ type: 'root', children: [paragraph] });

/** Ways to write a paragraph, the most readable first; the last holds nothing but its text. */
export interface Written {
  paragraph: Paragraph;
  bare: boolean;
}

/** A tidy line as the paragraph whose Markdown reads back as the line does; emphasis and links that cannot be said so are left out. */
export function paragraphOf(runs: Run[]): Written {
  const paragraph: Paragraph = { type: 'paragraph', children: phrasing(runs) };
  const plain = runs.every(({ strong, emphasis, href }) => !strong && !emphasis && href === null);
  if (plain) return { paragraph, bare: true };
  const expected = reading(runs);
  const readsBack = (markdown: string) => reading(runsOf(letterTree(markdown), PLAIN)) === expected;
  if (readsBack(bare.stringify(rootOf(paragraph)))) return { paragraph, bare: true };
  if (readsBack(careful.stringify(rootOf(paragraph)))) return { paragraph, bare: false };
  return { paragraph: { type: 'paragraph', children: phrasing(runs.map(({ text }) => ({ ...PLAIN, text }))) }, bare: true };
}
