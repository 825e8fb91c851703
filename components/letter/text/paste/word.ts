import type { Element, Nodes } from 'hast';

/** A list's item as a word processor marks it, without a list around it. */
export interface ItemMark {
  /** 1 for an item of the outermost list. */
  level: number;
  ordered: boolean;
  start: number;
}

export const styleOf = (element: Element) => String(element.properties.style ?? '').toLowerCase();

/** The first number of a list, if Markdown can say it. */
export function startOf(value: unknown): number {
  const start = Number.parseInt(String(value), 10);
  return start >= 0 && start < 100_000_000 ? start : 1;
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** Word writes a bullet or number as text, in an element of this style, besides saying that the paragraph is an item. */
export const isWrittenBullet = (element: Element) => /mso-list:\s*ignore/.test(styleOf(element));

function writtenBullet(element: Element): string {
  for (const child of element.children) {
    if (child.type !== 'element') continue;
    const found = isWrittenBullet(child) ? textOf(child) : writtenBullet(child);
    if (found) return found;
  }
  return '';
}

/** The mark of a paragraph that Word or Outlook means as a list's item (`mso-list:l0 level2 lfo1`), or null. */
export function wordItem(element: Element): ItemMark | null {
  const level = /mso-list:\s*l\d+\s+level(\d)/.exec(styleOf(element))?.[1];
  if (!level) return null;
  const bullet = writtenBullet(element).normalize('NFKC').trim();
  const number = /^\(?(\d+|[a-z]|[ivxlcdm]+)[.)]/i.exec(bullet)?.[1];
  return { level: Number(level), ordered: number !== undefined, start: startOf(number) };
}

/** Word Online puts every item in a list of its own and says beside it how deep it belongs. */
export function onlineItem(item: Element, list: Element | undefined): ItemMark | null {
  const level = Number(item.properties.dataAriaLevel);
  if (!Number.isInteger(level) || level < 1 || level > 9) return null;
  return { level, ordered: list?.tagName === 'ol', start: startOf(list?.properties.start) };
}
