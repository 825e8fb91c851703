import type { FootnoteDefinition, FootnoteReference, ListItem, Nodes, Parents, Root } from 'mdast';
import type { Handler } from 'mdast-util-to-hast';

/** GFM compares labels without regard to case. */
const keyOf = ({ identifier }: FootnoteDefinition | FootnoteReference) => identifier.toUpperCase();

/** Takes the definitions out of a tree, in the order in which they are written. */
function takeDefinitions(parent: Parents, found: FootnoteDefinition[] = []): FootnoteDefinition[] {
  parent.children = parent.children.filter((child: Nodes) => {
    if (child.type === 'footnoteDefinition') found.push(child);
    if ('children' in child) takeDefinitions(child, found);
    return child.type !== 'footnoteDefinition';
  }) as typeof parent.children;
  return found;
}

function referencesIn(node: Nodes): FootnoteReference[] {
  if (node.type === 'footnoteReference') return [node];
  return 'children' in node ? node.children.flatMap(referencesIn) : [];
}

/** A reference as `sup`, or as typed if it refers to nothing. */
export const referenceHandler: Handler = (
  _state,
  { data, label, identifier }: FootnoteReference,
) => {
  const { dataNote, dataUse } = data?.hProperties ?? {};
  return dataNote === undefined
    ? { type: 'text', value: `[^${label ?? identifier}]` }
    : {
        type: 'element',
        tagName: 'sup',
        properties: { dataNote, dataUse },
        children: [{ type: 'text', value: String(dataNote) }],
      };
};

/**
 * Numbers the footnotes of a letter in the order in which its text refers to them, and puts them
 * after it, as `section > ol > li`. A note to which nothing refers, or
 * whose label another note has already, comes last: no sentence of a letter may vanish.
 */
export function gatherNotes() {
  return (tree: Root): void => {
    const definitions = takeDefinitions(tree);
    if (definitions.length === 0) return;
    const known = new Map<string, FootnoteDefinition>();
    for (const definition of definitions)
      if (!known.has(keyOf(definition))) known.set(keyOf(definition), definition);

    const notes = new Map<FootnoteDefinition, { number: number; uses: number }>();
    const numbered = (note: FootnoteDefinition) => {
      const entry = notes.get(note) ?? { number: notes.size + 1, uses: 0 };
      notes.set(note, entry);
      return entry;
    };
    const numberIn = (node: Nodes) => {
      for (const reference of referencesIn(node)) {
        const note = known.get(keyOf(reference));
        if (!note) continue;
        const entry = numbered(note);
        entry.uses += 1;
        reference.data = { hProperties: { dataNote: entry.number, dataUse: entry.uses } };
      }
    };
    numberIn(tree);
    // A Map that grows while it is read is read to its end: notes refer to notes.
    for (const note of notes.keys()) numberIn(note);
    for (const definition of definitions) {
      if (notes.has(definition)) continue;
      numbered(definition);
      numberIn(definition);
    }
    const items = [...notes].map(([{ children }, { number, uses }]): ListItem => ({
      type: 'listItem',
      spread: true,
      children,
      data: { hProperties: { dataNote: number, dataUses: uses } },
    }));
    tree.children.push({
      type: 'blockquote',
      data: { hName: 'section' },
      children: [{ type: 'list', ordered: true, children: items }],
    });
  };
}
