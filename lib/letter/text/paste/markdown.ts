import type { Nodes } from 'hast';
import type { Emphasis, FootnoteDefinition, Paragraph, Root, Strong } from 'mdast';
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified, type Processor } from 'unified';
import { letterTree } from '@/lib/letter/text/markdown';
import { BREAK, phrasing, PLAIN, type Look, type Run } from './inline';

type Handle = NonNullable<NonNullable<Options['handlers']>['strong']>;

/**
 * Writes plain marks. remark-stringify would encode characters next to some marks as numeric
 * references, which nobody can read.
 */
const marked =
  (markerOf: (info: { before: string; after: string }) => string): Handle =>
  (node: Strong | Emphasis, _parent, state, info) => {
    const marker = markerOf(info);
    const tracker = state.createTracker(info);
    const open = tracker.move(marker);
    return (
      open +
      tracker.move(
        state.containerPhrasing(node, { before: open, after: marker, ...tracker.current() }),
      ) +
      marker
    );
  };

/** Tables and notes. Without padding, a longer cell changes no other row. */
function letterSyntax(this: Processor) {
  (this.data().toMarkdownExtensions ??= []).push(
    gfmTableToMarkdown({ tablePipeAlign: false }),
    gfmFootnoteToMarkdown(),
  );
}

const writer = unified()
  .use(letterSyntax)
  .use(remarkStringify, {
    bullet: '-',
    listItemIndent: 'one',
    handlers: {
      strong: marked(() => '**'),
      emphasis: marked(({ before, after }) => (before === '*' || after === '*' ? '_' : '*')),
    },
  })
  .freeze();

/** The tree as Markdown, without a trailing newline. */
export const markdownOf = (root: Root): string => writer.stringify(root).replace(/\n$/, '');

/**
 * The text of runs with every change of formatting, for comparison. Link targets are left out,
 * since parsing encodes them.
 */
function reading(runs: Run[]): string {
  let last = '';
  return runs
    .map(({ text, note, strong, emphasis, href }) => {
      const look = `<${text === BREAK} ${strong} ${emphasis} ${href !== null}>`;
      const change = look === last ? '' : look;
      last = look;
      return change + (note ? '[^]' : text);
    })
    .join('');
}

function runsOf(node: Nodes, look: Look): Run[] {
  if (node.type === 'text') return [{ ...look, text: node.value }];
  if (node.type === 'root') return node.children.flatMap((child) => runsOf(child, look));
  if (node.type !== 'element') return [];
  if (node.tagName === 'br') return [{ ...PLAIN, text: BREAK }];
  if (node.tagName === 'section') return [];
  if (node.tagName === 'sup') return [{ ...look, text: '', note: 'any' }];
  const inner = {
    ...look,
    strong: look.strong || node.tagName === 'strong',
    emphasis: look.emphasis || node.tagName === 'em',
    href: node.tagName === 'a' ? String(node.properties.href) : look.href,
  };
  return node.children.flatMap((child) => runsOf(child, inner));
}

/**
 * Normalised runs as a paragraph whose Markdown parses back to the same runs. If it would not,
 * emphasis is left out, then links.
 */
export function paragraphOf(runs: Run[]): Paragraph {
  const asLinks = runs.map(({ text, note, href }) => ({ ...PLAIN, text, note, href }));
  const asText = runs.map(({ text, note }) => ({ ...PLAIN, text, note }));
  const readsBack = (some: Run[]) => {
    const labels = new Set(some.flatMap(({ note }) => note ?? []));
    const notes = [...labels].map((label): FootnoteDefinition => ({
      type: 'footnoteDefinition',
      identifier: label,
      label,
      children: [],
    }));
    const markdown = markdownOf({
      type: 'root',
      children: [{ type: 'paragraph', children: phrasing(some) }, ...notes],
    });
    return reading(runsOf(letterTree(markdown), PLAIN)) === reading(some);
  };
  const isPlain = runs.every(({ strong, emphasis, href }) => !strong && !emphasis && href === null);
  const said = isPlain ? asText : ([runs, asLinks].find(readsBack) ?? asText);
  return { type: 'paragraph', children: phrasing(said) };
}
