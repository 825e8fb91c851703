import type { Element, ElementContent, RootContent } from 'hast';
import { fieldText, type ContentField, type LetterContent } from './content';
import { letterTree } from './markdown';

/** How words are set. */
export interface Style {
  strong?: true;
  em?: true;
  /** The address that they link to. */
  href?: string;
  /** They are that address. */
  bare?: true;
  /** They are a reference to the note with this number. */
  note?: number;
}

/** What a line is: a paragraph, an item of a list, a row of a table. */
export interface Block {
  tag: 'p' | 'li' | 'tr';
  /** In how many lists it is. */
  depth?: number;
  /** In how many quotations it is. */
  quote?: number;
  /** The number of an item; bullets have none. */
  number?: number;
  /** The item is a note after the text. */
  note?: true;
  /** The row is the head of its table. */
  head?: true;
  /** It continues the block of the line before, after a line break. */
  continued?: true;
}

/**
 * A part of a letter as readers see it: its words without Markdown, a line per block or line break,
 * cells separated by tabs; and how they are set, each entry from the end of the one before to `to`.
 */
export interface Rendered {
  text: string;
  styles: { to: number; style: Style }[];
  blocks: { to: number; block: Block }[];
}

type Node = RootContent | ElementContent;

const isInline = (node: Node) =>
  node.type === 'text' ||
  (node.type === 'element' && ['a', 'em', 'strong', 'sup', 'br'].includes(node.tagName));

/** Collects the lines of a text. */
class Writer {
  readonly rendered: Rendered = { text: '', styles: [], blocks: [] };

  write(text: string, style: Style = {}) {
    if (text === '') return;
    this.rendered.text += text;
    this.rendered.styles.push({ to: this.rendered.text.length, style });
  }

  endLine(block: Block) {
    this.write('\n');
    this.rendered.blocks.push({ to: this.rendered.text.length, block });
  }

  /** Inline content of a block; line breaks end a line of it. */
  inline(nodes: Node[], block: Block, style: Style = {}): Block {
    let line = block;
    for (const node of nodes) {
      if (node.type === 'text') this.write(node.value.replace(/[\t\n]/g, ' '), style);
      if (node.type !== 'element') continue;
      const { tagName, properties, children } = node;
      if (tagName === 'br' && block.tag === 'tr') this.write(' ');
      else if (tagName === 'br') {
        this.endLine(line);
        line = { ...block, continued: true };
      } else if (tagName === 'sup') {
        const note = Number(properties.dataNote);
        // As in the source, where the comparison of words takes it for one word.
        this.write(`[^${note}]`, { ...style, note });
      } else {
        const set: Style = { ...style };
        if (tagName === 'a') {
          const [only] = children;
          set.href = String(properties.href);
          if (only?.type === 'text' && only.value === set.href) set.bare = true;
        } else set[tagName as 'strong' | 'em'] = true;
        line = this.inline(children, line, set);
      }
    }
    return line;
  }

  line(nodes: Node[], block: Block) {
    this.endLine(this.inline(nodes, block));
  }

  /** Blocks in `within`; only the first line of an item is one. */
  blocks(nodes: Node[], within: Block) {
    let block = within;
    const next = () => {
      const of = block;
      const { depth, quote } = within;
      block = { tag: 'p', ...(depth && { depth }), ...(quote && { quote }) };
      return of;
    };
    for (let index = 0; index < nodes.length; index += 1) {
      const node = nodes[index]!;
      if (isInline(node)) {
        const from = index;
        while (index + 1 < nodes.length && isInline(nodes[index + 1]!)) index += 1;
        this.line(nodes.slice(from, index + 1), next());
      } else if (node.type === 'element') this.block(node, within, next);
    }
  }

  private block(node: Element, within: Block, next: () => Block) {
    const { tagName, children } = node;
    const { depth = 0, quote = 0 } = within;
    if (tagName === 'blockquote') {
      this.blocks(children, { ...next(), quote: quote + 1 });
    } else if (tagName === 'ul' || tagName === 'ol') {
      const start = Number(node.properties.start ?? 1);
      children.forEach((item, index) => {
        if (item.type !== 'element') return;
        const note = item.properties.dataNote !== undefined;
        this.blocks(item.children, {
          tag: 'li',
          depth: depth + 1,
          ...(quote > 0 && { quote }),
          ...(tagName === 'ol' && { number: start + index }),
          ...(note && { note }),
        });
      });
    } else if (tagName === 'tr') {
      const cells = children.filter((cell): cell is Element => cell.type === 'element');
      const head = cells[0]?.tagName === 'th';
      const block: Block = { tag: 'tr', ...(quote > 0 && { quote }), ...(head && { head }) };
      cells.forEach((cell, index) => {
        if (index > 0) this.write('\t');
        this.inline(cell.children, block);
      });
      this.endLine(block);
    } else if (tagName === 'p') {
      this.line(children, next());
    } else {
      this.blocks(children, within);
    }
  }
}

/** A field of a letter as readers see it. */
export function rendered(content: LetterContent, field: ContentField): Rendered {
  const writer = new Writer();
  if (field === 'body') {
    writer.blocks(letterTree(content.body).children, { tag: 'p' });
  } else if (field === 'calls') {
    for (const call of content.calls) {
      writer.write(call);
      writer.endLine({ tag: 'li', depth: 1 });
    }
  } else {
    const text = fieldText(content, field);
    text.split('\n').forEach((line, index) => {
      if (text === '') return;
      writer.write(line);
      writer.endLine({ tag: 'p', ...(index > 0 && { continued: true }) });
    });
  }
  return writer.rendered;
}
