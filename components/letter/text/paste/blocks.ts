import type { Blockquote, List, ListItem, Root } from 'mdast';
import { BREAK, tidyRuns, type Look, type Run } from './inline';
import { paragraphOf } from './markdown';
import type { ItemMark } from './word';

type Container = Root | Blockquote | ListItem;

/**
 * Builds the mdast tree of a letter from the blocks and text that a walk through a pasted page
 * reports in order.
 */
export class Blocks {
  readonly root: Root = { type: 'root', children: [] };
  #container: Container = this.root;
  #line: Run[] = [];

  /** Adds text to the current paragraph. */
  add(run: Run): void {
    this.#line.push(run);
  }

  /** Adds a line break; two in a row end the paragraph. */
  break(look: Look): void {
    const last = this.#line.findLast(({ text }) => text === BREAK || text.trim() !== '');
    if (last?.text === BREAK) this.endLine();
    else this.#line.push({ ...look, text: BREAK });
  }

  /** Ends the current paragraph. */
  endLine(): void {
    const runs = tidyRuns(this.#line);
    this.#line = [];
    if (runs.length > 0) this.#container.children.push(paragraphOf(runs));
  }

  /**
   * Adds what `fill` reports as a heading: a paragraph that is strong throughout, whatever its own
   * formatting.
   */
  heading(fill: () => void): void {
    this.endLine();
    fill();
    this.#line = this.#line.map((run) => ({ ...run, strong: true }));
    this.endLine();
  }

  /** Adds what `fill` reports as a quotation. */
  quotation(fill: () => void): void {
    const quotation: Blockquote = { type: 'blockquote', children: [] };
    this.#within(quotation, fill);
    if (quotation.children.length > 0) this.#container.children.push(quotation);
  }

  /**
   * Adds what `fill` reports as a list item, to the list just before it if that is of the same
   * kind, else to a new list.
   */
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
    // Only an item that consists of a paragraph followed by lists can be tight.
    const tight = item.children.every((child, index) =>
      index === 0 ? child.type === 'paragraph' : child.type === 'list',
    );
    const last = home.children.at(-1);
    const list: List =
      last?.type === 'list' && last.ordered === ordered
        ? last
        : { type: 'list', ordered, start: ordered ? start : null, spread: false, children: [] };
    if (list !== last) home.children.push(list);
    list.children.push(item);
    if (!tight) {
      item.spread = true;
      list.spread = true;
    }
  }

  /**
   * Adds what `fill` reports to the last list item, for lists that are direct children of a list.
   */
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
