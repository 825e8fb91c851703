import type { Element, ElementContent } from 'hast';
import type { Table } from 'mdast';
import type { Handler } from 'mdast-util-to-hast';

/**
 * A table with the cells that were typed: the usual handler drops those beyond the first row's, and
 * fills up short rows, of which a hostile table could make millions. A first row without text is
 * no head.
 */
export const tableHandler: Handler = (state, { children: rows, align }: Table): Element => {
  const element = (tagName: string, children: ElementContent[]): Element => ({
    type: 'element',
    tagName,
    properties: {},
    children,
  });
  const [head, ...body] = rows.map((row, index) =>
    element(
      'tr',
      row.children.map((cell, column) => ({
        ...element(index === 0 ? 'th' : 'td', state.all(cell)),
        properties: align?.[column] ? { align: align[column] } : {},
      })),
    ),
  );
  const isEmpty = head?.children.every((cell) => 'children' in cell && cell.children.length === 0);
  return element('table', [
    ...(head && !isEmpty ? [element('thead', [head])] : []),
    ...(body.length > 0 ? [element('tbody', body)] : []),
  ]);
};
