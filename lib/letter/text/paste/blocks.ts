import type { Blockquote, BlockContent, FootnoteDefinition, List, ListItem, Root } from 'mdast';
import { BREAK, PLAIN, tidyRuns, type Look, type Run } from './inline';
import { paragraphOf } from './markdown';
import { settleRaised } from './raised';
import type { ItemMark } from './word';

type Container = Root | Blockquote | ListItem | FootnoteDefinition;

/**
 * Builds the mdast tree of a letter from the blocks and text that a walk through a pasted page
 * reports in order.
 * @param raised is told how often raised text was written otherwise
 */
export class Blocks {
  readonly root: Root = { type: 'root', children: [] };
  #container: Container = this.root;
  #line: Run[] = [];
  /** The last quotation, while nothing but its own paragraphs follows. */
  #open: Blockquote | null = null;

  constructor(private readonly raised: (times: number) => void) {}

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
    const runs = tidyRuns(settleRaised(this.#line, this.raised));
    this.#line = [];
    if (runs.length > 0) this.#push(paragraphOf(runs));
  }

  /** Adds a block that is made already. */
  block(block: BlockContent): void {
    this.endLine();
    this.#push(block);
  }

  #push(block: BlockContent): void {
    this.#container.children.push(block);
    this.#open = null;
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

  /**
   * Adds what `fill` reports as a quotation.
   * @param goesOn whether a quotation just before it goes on: word processors mark each paragraph
   */
  quotation(fill: () => void, goesOn = false): void {
    this.endLine();
    const before = goesOn ? this.#open : null;
    const quotation: Blockquote = before ?? { type: 'blockquote', children: [] };
    this.#within(quotation, fill);
    if (quotation.children.length === 0) return;
    if (!before) this.#push(quotation);
    this.#open = goesOn ? quotation : null;
  }

  /** The list item that encloses items of a level. */
  #home(level: number): Container {
    let home = this.#container;
    for (let outer = 1; outer < level; outer += 1) {
      const last = home.children.at(-1);
      const item = last?.type === 'list' ? last.children.at(-1) : undefined;
      if (!item) break;
      home = item;
    }
    return home;
  }

  /**
   * Adds what `fill` reports as a list item, to the list just before it if that is of the same kind
   * and goes on with this number, else to a new list. An item with a mark that Markdown does not
   * have becomes a paragraph that begins with it.
   */
  item({ level, ordered, number, mark }: ItemMark, fill: () => void): void {
    this.endLine();
    const home = this.#home(level);
    this.#open = null;
    if (mark !== undefined) {
      return this.#within(home, () => {
        this.add({ ...PLAIN, text: /[\x21-\x7e]$/.test(mark) ? `${mark} ` : mark });
        fill();
      });
    }
    const item: ListItem = { type: 'listItem', spread: false, children: [] };
    this.#within(item, fill);
    if (item.children.length === 0) return;
    // Only an item that consists of a paragraph followed by lists can be tight.
    const tight = item.children.every((child, index) =>
      index === 0 ? child.type === 'paragraph' : child.type === 'list',
    );
    const last = home.children.at(-1);
    const goesOn =
      last?.type === 'list' &&
      last.ordered === ordered &&
      (!ordered || number === null || number === (last.start ?? 1) + last.children.length);
    const list: List = goesOn
      ? last
      : {
          type: 'list',
          ordered,
          start: ordered ? (number ?? 1) : null,
          spread: false,
          children: [],
        };
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

  /** Adds what `fill` reports as the text of a note. */
  note(label: string, fill: () => void): void {
    const note: FootnoteDefinition = {
      type: 'footnoteDefinition',
      identifier: label,
      label,
      children: [],
    };
    this.#within(note, fill);
    this.root.children.push(note);
  }

  #within(container: Container, fill: () => void): void {
    this.endLine();
    const outer = this.#container;
    const open = this.#open;
    this.#container = container;
    this.#open = null;
    fill();
    this.endLine();
    this.#container = outer;
    this.#open = open;
  }
}
