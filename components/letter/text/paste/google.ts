import type { Element, ElementContent, Root, RootContent, Text } from 'hast';

/**
 * What Google Docs puts on the clipboard beside the HTML, which does not tell suggested deletions
 * from text that stays. Not every browser hands it over to other sites.
 */
export const SLICE_TYPE = 'application/x-vnd.google-docs-document-slice-clip+wrapped';

/** Whether HTML comes from Google Docs. */
export const isGoogleDocs = (html: string) => html.includes('docs-internal-guid-');

/** A member of parsed JSON, or undefined. */
const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;

function parsed(json: unknown): unknown {
  try {
    return JSON.parse(String(json));
  } catch {
    return undefined;
  }
}

/** White space, and the characters for what is no text: tables, breaks, objects. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Co}\ufffc]/u;

/** The text of a document and, for each place in it, whether its deletion is suggested. */
function suggestionsIn(slice: string): { text: string; isDeleted: boolean[] } | null {
  const resolved = member(parsed(member(parsed(slice), 'data')), 'resolved');
  const text = member(resolved, 'dsl_spacers');
  // For each place the suggestions that begin or go on there; null where they stay the same.
  const places = member(member(resolved, 'dsl_suggesteddeletions'), 'sgsl_sugg');
  if (typeof text !== 'string' || !Array.isArray(places)) return null;
  let isDeleted = false;
  return {
    text,
    isDeleted: Array.from({ length: text.length }, (_, at) => {
      const suggestions: unknown = places[at];
      if (Array.isArray(suggestions)) isDeleted = suggestions.length > 0;
      return isDeleted;
    }),
  };
}

const textsIn = (node: Root | RootContent | ElementContent): Text[] =>
  node.type === 'text' ? [node] : 'children' in node ? node.children.flatMap(textsIn) : [];

/**
 * Marks what Google Docs' slice of a document suggests to delete as `del` in its HTML.
 * @returns whether that was possible: 'unknown' where the browser keeps the slice back, 'refused'
 * where there are suggestions that cannot be found in the HTML
 */
export function markSuggestions(tree: Root, slice: string): 'marked' | 'unknown' | 'refused' {
  const known = suggestionsIn(slice);
  if (!known) return 'unknown';
  const { text, isDeleted } = known;
  if (!isDeleted.includes(true)) return 'marked';
  let at = 0;
  const nextSeen = () => {
    while (at < text.length && UNSEEN.test(text[at]!)) at += 1;
  };
  const marked = new Map<Text, ElementContent[]>();
  for (const node of textsIn(tree)) {
    const pieces: { value: string; gone: boolean }[] = [];
    const add = (value: string, gone: boolean) => {
      const last = pieces.at(-1);
      if (last?.gone === gone) last.value += value;
      else pieces.push({ value, gone });
    };
    for (let index = 0; index < node.value.length; index += 1) {
      const character = node.value[index]!;
      if (UNSEEN.test(character)) {
        // A space goes with the text before it, unless the document says what becomes of it.
        add(
          character,
          UNSEEN.test(text[at] ?? 'a') ? isDeleted[at]! : (pieces.at(-1)?.gone ?? false),
        );
        if (UNSEEN.test(text[at] ?? 'a')) at += 1;
        continue;
      }
      nextSeen();
      if (text[at] !== character) return 'refused';
      add(character, isDeleted[at]!);
      at += 1;
    }
    marked.set(
      node,
      pieces.map(({ value, gone }): ElementContent =>
        gone
          ? { type: 'element', tagName: 'del', properties: {}, children: [{ type: 'text', value }] }
          : { type: 'text', value },
      ),
    );
  }
  nextSeen();
  if (at < text.length) return 'refused';
  const replace = (node: Root | Element): void => {
    node.children = (node.children as ElementContent[]).flatMap((child) => {
      if (child.type === 'element') replace(child);
      return child.type === 'text' ? (marked.get(child) ?? [child]) : [child];
    });
  };
  replace(tree);
  return 'marked';
}
