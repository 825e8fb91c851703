import type { Blockquote, List, ListItem, Root } from 'mdast';
import { BREAK, tidyRuns, type Look, type Run } from './inline';
import { paragraphOf } from './markdown';
import type { ItemMark } from './word';

type Container = Root | Blockquote | ListItem;

/** Puts the blocks of a letter together as a walk through a page meets them. */
export class Blocks {
  readonly root: Root = { type: 'root', children: [] };
  #container: Container = this.root;
  #line: Run[] = [];

  /** Adds to the line that is being read. */
  add(run: Run): void {
    this.#line.push(run);
  }

  /** A line break; two of them end the paragraph. */
  break(look: Look): void {
    const last = this.#line.findLast(({ text }) => text === BREAK || text.trim() !== '');
    if (last?.text === BREAK) this.endLine();
    else this.#line.push({ ...look, text: BREAK });
  }

  /** The end of a paragraph. */
  endLine(): void {
    const runs = tidyRuns(this.#line);
    this.#line = [];
    if (runs.length > 0) this.#container.children.push(paragraphOf(runs));
  }

  /** What `fill` meets is a heading: a strong paragraph, however its parts look. */
  heading(fill: () => void): void {
    this.endLine();
    fill();
    this.#line = this.#line.map((run) => ({ ...run, strong: true }));
    this.endLine();
  }

  /** What `fill` meets belongs to a quotation. */
  quotation(fill: () => void): void {
    const quotation: Blockquote = { type: 'blockquote', children: [] };
    this.#within(quotation, fill);
    if (quotation.children.length > 0) this.#container.children.push(quotation);
  }

  /** What `fill` meets belongs to an item, of the list that stands at this place already if it is one of its kind. */
  item({ level, ordered, start }: ItemMark, fill: () => void): void {
    this.endLine();
    let home = this.#container;
    for (let outer = 1; outer < level; outer += 1) {
      const last = home.children.at(-1);
      const item = last?.type === 'list' ? last.children.at(-1) : undefined;
      if (!item) break;
      home = item;
    }
    const item: ListItem = { type: 'listItem', spread: false, children: [] };
    this.#within(item, fill);
    if (item.children.length === 0) return;
    // Only an item of one paragraph and lists can be written close to its neighbours.
    const close = item.children.every((child, index) =>
      index === 0 ? child.type === 'paragraph' : child.type === 'list',
    );
    const last = home.children.at(-1);
    const list: List =
      last?.type === 'list' && last.ordered === ordered
        ? last
        : { type: 'list', ordered, start: ordered ? start : null, spread: false, children: [] };
    if (list !== last) home.children.push(list);
    list.children.push(item);
    if (!close) {
      item.spread = true;
      list.spread = true;
    }
  }

  /** Lists in lists, without an item of their own, belong to the item before them. */
  inLastItem(fill: () => void): void {
    this.endLine();
    const last = this.#container.children.at(-1);
    const item = last?.type === 'list' ? last.children.at(-1) : undefined;
    if (item) this.#within(item, fill);
    else fill();
  }

  #within(container: Container, fill: () => void): void {
    this.endLine();
    const outer = this.#container;
    this.#container = container;
    fill();
    this.endLine();
    this.#container = outer;
  }
}
