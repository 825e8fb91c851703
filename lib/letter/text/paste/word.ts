import type { Element } from 'hast';
import { markOf } from './marks';
import { classesOf, textOf, type Styles } from './styles';

/** A list item as word processors mark it, without a list element around it. */
export interface ItemMark {
  /** Nesting level; 1 is the outermost list. */
  level: number;
  ordered: boolean;
  /** The item's number; null if it is the one after the last. */
  number: number | null;
  /** A mark that Markdown cannot make, such as `一、`, which the text then begins with. */
  mark?: string | undefined;
}

/** A number of an ordered list that Markdown can express, or null. */
export function numberOf(value: unknown): number | null {
  const number = Number.parseInt(String(value), 10);
  return number >= 0 && number < 100_000_000 ? number : null;
}

/**
 * Whether an element is the bullet or number that Word writes as text into a paragraph marked as a
 * list item.
 */
export const isWrittenBullet = (element: Element, styles: Styles) =>
  styles(element).get('mso-list') === 'ignore';

/** Fonts whose letters are signs: a bullet in them is written `v` or `Ø`. */
const SYMBOLS = /symbol|wingdings|webdings/;

/** The bullet of a paragraph, and whether it is set in a font of symbols. */
function writtenBullet(element: Element, styles: Styles): { text: string; symbol: boolean } | null {
  for (const child of element.children) {
    if (child.type !== 'element') continue;
    const found = isWrittenBullet(child, styles)
      ? { text: textOf(child).trim(), symbol: false }
      : writtenBullet(child, styles);
    if (!found) continue;
    const font = styles(child).get('font-family') ?? styles(child).get('font') ?? '';
    return { text: found.text, symbol: found.symbol || SYMBOLS.test(font) };
  }
  return null;
}

/** The list item that Word or Outlook marks a paragraph as (`mso-list:l0 level2 lfo1`), or null. */
export function wordItem(element: Element, styles: Styles): ItemMark | null {
  const level = /^l\d+\s+level(\d)/.exec(styles(element).get('mso-list') ?? '')?.[1];
  if (!level) return null;
  const bullet = writtenBullet(element, styles);
  const item = { level: Number(level), ordered: false, number: null };
  if (!bullet || bullet.symbol) return item;
  const number = /^([0-9０-９]{1,8})[.．]?$/.exec(bullet.text)?.[1];
  if (number) return { ...item, ordered: true, number: numberOf(number.normalize('NFKC')) };
  // The letter `o` is the bullet of second levels.
  return /[\p{L}\p{N}※]/u.test(bullet.text) && bullet.text !== 'o'
    ? { ...item, mark: bullet.text }
    : item;
}

/**
 * An item of a list element. Word Online puts each into a list of its own, its level into
 * `data-aria-level` and what surrounds its number into `data-leveltext`.
 * @param place the item's number in its list
 */
export function listedItem(item: Element, list: Element, styles: Styles, place: number): ItemMark {
  const written = Number(item.properties.dataAriaLevel);
  const online = Number.isInteger(written) && written >= 1 && written <= 9;
  const level = online ? written : 1;
  if (list.tagName !== 'ol') return { level, ordered: false, number: null };
  const hasNumber = !online || list.properties.start !== undefined;
  const type =
    styles(item).get('list-style-type') ??
    styles(list).get('list-style-type') ??
    String(list.properties.type ?? '');
  const around = String(item.properties.dataLeveltext ?? '');
  return {
    level,
    ordered: true,
    number: hasNumber ? place : null,
    mark: hasNumber ? markOf(type, place, around) : undefined,
  };
}

const QUOTE = /^(?:(?:intense )?quote|引用文.*)$/;

/** The paragraph style that Word for the web names in the runs of a paragraph. */
function onlineStyle(element: Element): string {
  const named = element.properties.dataCcpParastyle;
  if (typeof named === 'string') return named;
  for (const child of element.children) {
    const found = child.type === 'element' ? onlineStyle(child) : '';
    if (found) return found;
  }
  return '';
}

/** Whether a paragraph is in one of Word's styles for quotations. */
export function isQuotation(element: Element, styles: Styles): boolean {
  if (!['p', 'div'].includes(element.tagName)) return false;
  return (
    classesOf(element).some((name) => /^mso(?:intense)?quote/i.test(name)) ||
    QUOTE.test((styles(element).get('mso-style-name') ?? '').replace(/["']/g, '')) ||
    (element.tagName === 'p' && QUOTE.test(onlineStyle(element).toLowerCase()))
  );
}
