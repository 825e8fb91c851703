import type { Element } from 'hast';
import type { AlignType, PhrasingContent, Root, Table, TableCell, TableRow } from 'mdast';
import { COLUMNS } from '@/lib/letter/text/markdown-limits';
import type { Styles } from './styles';

interface Reader {
  styles: Styles;
  /** Whether an element belongs into the letter; says so if not. */
  isKept: (element: Element) => boolean;
  /** The content of a cell, as blocks. */
  read: (cell: Element) => Root;
  /** Told how many cells had to be changed. */
  changed: (times: number) => void;
}

/** The rows of a table, not those of tables within it. */
function rowsOf(table: Element, isKept: Reader['isKept']): Element[] {
  return table.children.flatMap((child): Element[] => {
    if (child.type !== 'element') return [];
    if (child.tagName === 'tr') return isKept(child) ? [child] : [];
    return ['thead', 'tbody', 'tfoot'].includes(child.tagName) && isKept(child)
      ? rowsOf(child, isKept)
      : [];
  });
}

const cellsOf = (row: Element, isKept: Reader['isKept']) =>
  row.children.filter(
    (child): child is Element =>
      child.type === 'element' && ['td', 'th'].includes(child.tagName) && isKept(child),
  );

/** How many rows or columns a cell takes. */
const span = (value: unknown) =>
  Math.min(Math.max(Number.parseInt(String(value), 10) || 1, 1), COLUMNS);

/** What a cell says in one line; Markdown has no other cells. */
function inOneLine(node: Root | Root['children'][number] | PhrasingContent): PhrasingContent[] {
  if (node.type === 'break') return [{ type: 'text', value: ' ' }];
  if (node.type === 'paragraph') return node.children.flatMap(inOneLine);
  if (
    node.type === 'root' ||
    node.type === 'list' ||
    node.type === 'listItem' ||
    node.type === 'blockquote'
  )
    return node.children.flatMap((child, index): PhrasingContent[] => [
      ...(index > 0 ? [{ type: 'text' as const, value: ' ' }] : []),
      ...inOneLine(child),
    ]);
  return [node as PhrasingContent];
}

function alignOf(cell: Element, styles: Styles): AlignType {
  const inner = cell.children.find((child) => child.type === 'element');
  const [own, text] = [cell, inner].map((element) =>
    element?.type === 'element'
      ? String(styles(element).get('text-align') ?? element.properties.align ?? '')
      : '',
  );
  const align = text || own;
  if (align === 'center') return 'center';
  return align === 'right' || align === 'end' ? 'right' : null;
}

const isEmpty = ({ children }: TableCell) => children.length === 0;
const isStrong = ({ children }: TableCell) =>
  children.every((child) => child.type === 'strong' || child.type === 'footnoteReference');

/**
 * A pasted table, or null if it is none but a way to lay out a page: of one column, or of more than
 * a letter's Markdown takes. Its first row is the head if it is marked as one, or all strong.
 */
export function tableOf(element: Element, reader: Reader): Table | null {
  const rows = rowsOf(element, reader.isKept);
  const all = rows.map((row) => cellsOf(row, reader.isKept));
  const widths = all.map((cells) =>
    cells.reduce((sum, { properties }) => sum + span(properties.colSpan), 0),
  );
  const columns = Math.max(0, ...widths);
  if (columns < 2 || columns > COLUMNS) return null;

  const aligns: AlignType[][] = [];
  /** For each column, how many rows a cell above still takes. */
  const taken: number[] = [];
  const made = all.map((cells): TableRow => {
    const row: TableCell[] = [];
    const add = (children: PhrasingContent[]) => row.push({ type: 'tableCell', children });
    const skip = () => {
      for (; (taken[row.length] ?? 0) > 0; add([])) taken[row.length]! -= 1;
    };
    skip();
    for (const cell of cells) {
      const [wide, high] = [span(cell.properties.colSpan), span(cell.properties.rowSpan)];
      const content = reader.read(cell);
      const isOneLine =
        content.children.length < 2 &&
        content.children.every(
          (block) =>
            block.type === 'paragraph' && block.children.every(({ type }) => type !== 'break'),
        );
      if (wide > 1 || high > 1 || !isOneLine) reader.changed(1);
      for (let column = 0; column < wide && row.length < COLUMNS; column += 1) {
        if (high > 1) taken[row.length] = high - 1;
        if (column === 0 && cell.children.length > 0)
          (aligns[row.length] ??= []).push(alignOf(cell, reader.styles));
        add(column === 0 ? inOneLine(content) : []);
      }
      skip();
    }
    return { type: 'tableRow', children: row };
  });
  const first = made[0]!;
  const isHead =
    rows[0]!.children.every((cell) => cell.type !== 'element' || cell.tagName === 'th') ||
    element.children.some(
      (part) =>
        part.type === 'element' && part.tagName === 'thead' && part.children.includes(rows[0]!),
    ) ||
    (made.length > 1 && !first.children.every(isEmpty) && first.children.every(isStrong));
  if (isHead)
    for (const cell of first.children)
      cell.children = cell.children.flatMap((child) =>
        child.type === 'strong' ? child.children : [child],
      );
  const width = Math.max(...made.map(({ children }) => children.length));
  const none: TableRow = {
    type: 'tableRow',
    children: Array.from({ length: width }, () => ({ type: 'tableCell', children: [] })),
  };
  for (const { children } of made)
    while (children.length < width) children.push({ type: 'tableCell', children: [] });
  const align = Array.from({ length: width }, (_, column) => {
    const seen = (aligns[column] ?? []).slice(isHead && made.length > 1 ? 1 : 0);
    return seen.length > 0 && seen.every((one) => one === seen[0]) ? seen[0]! : null;
  });
  return { type: 'table', align, children: isHead ? made : [none, ...made] };
}
