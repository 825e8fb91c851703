import type { Element, Nodes } from 'hast';

/** A list item as word processors mark it, without a list element around it. */
export interface ItemMark {
  /** Nesting level; 1 is the outermost list. */
  level: number;
  ordered: boolean;
  start: number;
}

export const styleOf = (element: Element) => String(element.properties.style ?? '').toLowerCase();

/** The first number of an ordered list; 1 if Markdown cannot express it. */
export function startOf(value: unknown): number {
  const start = Number.parseInt(String(value), 10);
  return start >= 0 && start < 100_000_000 ? start : 1;
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/**
 * Whether an element is the bullet or number that Word writes as text into a paragraph marked as a
 * list item.
 */
export const isWrittenBullet = (element: Element) => /mso-list:\s*ignore/.test(styleOf(element));

function writtenBullet(element: Element): string {
  for (const child of element.children) {
    if (child.type !== 'element') continue;
    const found = isWrittenBullet(child) ? textOf(child) : writtenBullet(child);
    if (found) return found;
  }
  return '';
}

/** The list item that Word or Outlook marks a paragraph as (`mso-list:l0 level2 lfo1`), or null. */
export function wordItem(element: Element): ItemMark | null {
  const level = /mso-list:\s*l\d+\s+level(\d)/.exec(styleOf(element))?.[1];
  if (!level) return null;
  const bullet = writtenBullet(element).normalize('NFKC').trim();
  const number = /^\(?(\d+|[a-z]|[ivxlcdm]+)[.)]/i.exec(bullet)?.[1];
  return { level: Number(level), ordered: number !== undefined, start: startOf(number) };
}

/**
 * The list item of Word Online, which puts each item into a list of its own and its level into
 * `data-aria-level`.
 */
export function onlineItem(item: Element, list: Element | undefined): ItemMark | null {
  const level = Number(item.properties.dataAriaLevel);
  if (!Number.isInteger(level) || level < 1 || level > 9) return null;
  return { level, ordered: list?.tagName === 'ol', start: startOf(list?.properties.start) };
}
