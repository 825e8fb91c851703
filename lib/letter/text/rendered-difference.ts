/**
 * Differences between two texts of a letter as readers see them. Words are compared without their
 * Markdown (difference.ts), and then set as they are set in the letter; words that stayed, but are
 * set in another way, are `restyled`.
 */
import type { Language } from '@/lib/platform/languages';
import { difference, shortened, type Piece } from './difference';
import { CONTENT_FIELDS, fieldText, type ContentField, type LetterContent } from './content';
import { rendered, type Block, type Rendered, type Style } from './rendered';

/** How a field differs. `pieces` give both texts back. */
export interface FieldChange {
  field: ContentField;
  before: Rendered;
  after: Rendered;
  pieces: Piece[];
}

/** Words of one kind that are set in the same way. */
export interface Segment {
  kind: Piece['kind'] | 'restyled' | 'gap';
  text: string;
  style: Style;
  /**
   * How `restyled` words were set before: the address that they linked to (null: none), if it is
   * another now.
   */
  was?: { href?: string | null };
}

/** A line of a difference. */
export interface Line {
  block: Block;
  segments: Segment[];
}

/** Whether readers see a change: two texts can also differ in how they are typed alone. */
export const isSeen = (lines: Line[]): boolean =>
  lines.some(({ segments }) => segments.some(({ kind }) => kind !== 'same' && kind !== 'gap'));

/** Neighbouring segments that one mark or one remark is about. */
export interface Run<Of> {
  kind: Segment['kind'];
  segments: Of[];
  was?: Segment['was'];
}

/** The segments of a line, those together that changed together. */
export function runsOf<Of extends Pick<Segment, 'kind' | 'style' | 'was'>>(
  segments: Of[],
): Run<Of>[] {
  const runs: Run<Of>[] = [];
  for (const segment of segments) {
    const last = runs.at(-1);
    const belongs =
      last?.kind === segment.kind &&
      sameChange(last.was, segment.was) &&
      // Of two links, each is said to lead elsewhere.
      (segment.was?.href === undefined || last.segments.at(-1)?.style.href === segment.style.href);
    if (last && belongs) last.segments.push(segment);
    else
      runs.push({
        kind: segment.kind,
        segments: [segment],
        ...(segment.was && { was: segment.was }),
      });
  }
  return runs;
}

/** The fields in which two texts of a letter differ, in the order of the letter. */
export function fieldChanges(
  before: LetterContent,
  after: LetterContent,
  language: Language,
): FieldChange[] {
  return CONTENT_FIELDS.flatMap((field) => {
    if (fieldText(before, field) === fieldText(after, field)) return [];
    const [earlier, later] = [rendered(before, field), rendered(after, field)];
    const pieces = difference(earlier.text, later.text, language);
    return [{ field, before: earlier, after: later, pieces }];
  });
}

/** Reads entries that each reach to `to`, at growing offsets. */
function reader<Entry extends { to: number }>(entries: Entry[]): (offset: number) => Entry {
  let index = 0;
  return (offset) => {
    while (index < entries.length - 1 && entries[index]!.to <= offset) index += 1;
    return entries[index]!;
  };
}

/** A piece with where it begins in both texts. */
interface Span {
  kind: Segment['kind'];
  text: string;
  before: number;
  after: number;
  was?: Segment['was'];
}

const sameBlock = (a: Block, b: Block) =>
  a.tag === b.tag &&
  a.depth === b.depth &&
  a.quote === b.quote &&
  a.head === b.head &&
  (a.number === undefined) === (b.number === undefined);

/** How words were set before; undefined if they are still set so. */
function changeOf(before: Style, after: Style, isSameBlock: boolean): Segment['was'] {
  // The words themselves say what became of an address that stands in the text.
  const isSaid = before.bare && after.bare;
  if (before.href !== after.href && !isSaid) return { href: before.href ?? null };
  const same = before.strong === after.strong && before.em === after.em && isSameBlock;
  return same ? undefined : {};
}

const sameChange = (a: Segment['was'], b: Segment['was']) =>
  a === b || (a !== undefined && b !== undefined && a.href === b.href);

/** The pieces of a difference; unchanged ones are split where words are set in another way. */
function spansOf({ before, after, pieces }: FieldChange): Span[] {
  const [styleBefore, styleAfter] = [reader(before.styles), reader(after.styles)];
  const [blockBefore, blockAfter] = [reader(before.blocks), reader(after.blocks)];
  const spans: Span[] = [];
  let [b, a] = [0, 0];
  for (const { kind, text } of pieces) {
    if (kind !== 'same') {
      spans.push({ kind, text, before: b, after: a });
      if (kind === 'removed') b += text.length;
      else a += text.length;
      continue;
    }
    for (let at = 0; at < text.length;) {
      const entries = [styleBefore(b), blockBefore(b), styleAfter(a), blockAfter(a)] as const;
      const [earlier, inBlock, later, nowInBlock] = entries;
      const length = Math.min(
        text.length - at,
        earlier.to - b,
        inBlock.to - b,
        later.to - a,
        nowInBlock.to - a,
      );
      const part = text.slice(at, at + length);
      // The end of a line is not set in any way.
      const was =
        part === '\n'
          ? undefined
          : changeOf(earlier.style, later.style, sameBlock(inBlock.block, nowInBlock.block));
      const last = spans.at(-1);
      const span: Span = {
        kind: was ? 'restyled' : 'same',
        text: part,
        before: b,
        after: a,
        ...(was && { was }),
      };
      if (at > 0 && last?.kind === span.kind && sameChange(last.was, was)) last.text += part;
      else spans.push(span);
      [at, b, a] = [at + length, b + length, a + length];
    }
  }
  return spans;
}

/** Spans with long unchanged texts left out, but for `around` words next to every change. */
function collapsed(spans: Span[], around: number): Span[] {
  return spans.flatMap((span, index) => {
    if (span.kind !== 'same') return [span];
    const { text, before, after } = span;
    const parts = shortened(text, around, index === 0, index === spans.length - 1);
    const gap = parts.findIndex(({ kind }) => kind === 'gap');
    return parts.map((part, at): Span => {
      // What follows the gap is the end of the text.
      const from = gap >= 0 && at > gap ? text.length - part.text.length : 0;
      return { ...part, before: before + from, after: after + from };
    });
  });
}

/**
 * A difference as lines to be set one below the other. Long unchanged texts become gaps.
 * @param around how many words to keep next to every change
 */
export function linesOf(change: FieldChange, around: number): Line[] {
  const { before, after } = change;
  const readers = {
    removed: { style: reader(before.styles), block: reader(before.blocks) },
    present: { style: reader(after.styles), block: reader(after.blocks) },
  };
  const lines: Line[] = [];
  let segments: Segment[] = [];
  // A line is what it is in the later text, if there is anything of it there.
  let block: { of: Block; isPresent: boolean } | null = null;
  const add = (segment: Segment) => {
    const last = segments.at(-1);
    if (last?.kind === segment.kind && last.style === segment.style && last.was === segment.was)
      last.text += segment.text;
    else segments.push({ ...segment });
  };
  const endLine = () => {
    if (segments.length > 0 || block) lines.push({ block: block?.of ?? { tag: 'p' }, segments });
    [segments, block] = [[], null];
  };
  for (const { kind, text, was, ...offsets } of collapsed(spansOf(change), around)) {
    if (kind === 'gap') {
      text.split('\n').forEach((part, index) => {
        if (index > 0) endLine();
        if (part !== '') add({ kind, text: part, style: {} });
      });
      continue;
    }
    const isPresent = kind !== 'removed';
    const read = isPresent ? readers.present : readers.removed;
    let at = isPresent ? offsets.after : offsets.before;
    // A line break alone would show no change.
    const mark = kind !== 'same' && kind !== 'restyled' && text.trim() === '' ? '¶' : '';
    for (const end = at + text.length, start = at; at < end;) {
      const { style, to } = read.style(at);
      if (!block || (isPresent && !block.isPresent))
        block = { of: read.block(at).block, isPresent };
      const part = text.slice(at - start, Math.min(to, end) - start);
      at += part.length;
      if (!part.includes('\n')) {
        add({ kind, text: part, style, ...(was && { was }) });
        continue;
      }
      if (mark) add({ kind, text: mark, style: {} });
      endLine();
    }
  }
  endLine();
  return lines;
}
