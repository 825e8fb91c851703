import type { Properties, Root, RootContent } from 'hast';
import { parseDocument } from 'htmlparser2';

type ParsedNode = ReturnType<typeof parseDocument>['children'][number];

const camel = (name: string) =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const NAMES: Record<string, string> = { colspan: 'colSpan', rowspan: 'rowSpan' };

function propertiesOf(attributes: { name: string; value: string }[]): Properties {
  return Object.fromEntries(
    attributes.map(({ name, value }) =>
      name === 'class'
        ? ['className', value.split(/\s+/).filter((one) => one !== '')]
        : [NAMES[name] ?? camel(name), value],
    ),
  );
}

function toTree(node: ParsedNode): RootContent[] {
  if ('data' in node && node.type === 'text') return [{ type: 'text', value: node.data }];
  if (!('name' in node) || !('children' in node)) return [];
  return [
    {
      type: 'element',
      tagName: node.name,
      properties: propertiesOf(node.attributes),
      children: node.children.flatMap(toTree).filter((child) => child.type !== 'doctype'),
    },
  ];
}

/** Parses HTML into the tree that paste.ts reads, where there is no browser. */
export const treeOf = (html: string): Root => ({
  type: 'root',
  children: parseDocument(html).children.flatMap(toTree),
});
