/**
 * What changed between two texts, word by word. Pure, for server and browser; but the words are those of the platform's
 * `Intl.Segmenter`, which differ between versions, so a page shows the pieces it was given rather than making them again.
 */
import { diffArrays } from 'diff';
import { fieldText, CONTENT_FIELDS, type LetterContent, type ContentField } from './content';
import type { Language } from '@/lib/platform/languages';

/** `same` and `added` joined are the later text, `same` and `removed` the earlier one, to the character. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Stands for text that did not change and is left out; `text` is what to show for it. */
export interface Gap {
  kind: 'gap';
  text: string;
}

/**
 * How many words, or paragraphs, may differ before two texts count as wholly different: the work grows with its square. A limit in words
 * rather than in milliseconds, so that everybody is shown the same difference.
 */
const MOST_EDITS = 1_000;
/** What a part of a text is allowed at least. */
const LEAST_EDITS = 200;

/** A word, or a mark, with the spaces behind it: spaces alone must not hold a text together. */
interface Word {
  word: string;
  space: string;
}

const sameWord = (a: Word, b: Word) => a.word === b.word;
const joined = (words: Word[]) => words.map(({ word, space }) => word + space).join('');

const segmenters = new Map<Language, Intl.Segmenter>();

function segmenterOf(language: Language): Intl.Segmenter {
  const segmenter =
    segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, segmenter);
  return segmenter;
}

/**
 * Short pieces of a text that end where a word does. Every segment carries a copy of all that was segmented with it, so
 * 50,000 characters at once would take gigabytes.
 */
const CLAUSES = /[^\s、。]{1,200}[\s、。]{0,200}|[\s、。]{1,200}/gu;

function segments(
  text: string,
  language: Language,
): { segment: string; index: number; isWordLike?: boolean | undefined }[] {
  return [...text.matchAll(CLAUSES)].flatMap(({ 0: clause, index: start }) =>
    Array.from(segmenterOf(language).segment(clause), ({ segment, index, isWordLike }) => ({
      segment,
      index: start + index,
      isWordLike,
    })),
  );
}

function wordsOf(text: string, language: Language): Word[] {
  const words: Word[] = [];
  for (const { segment } of segments(text, language)) {
    const last = words.at(-1);
    if (last && /^[^\S\n]+$/u.test(segment)) last.space += segment;
    else words.push({ word: segment, space: '' });
  }
  return words;
}

/** Paragraphs with the line breaks behind them. */
const paragraphsOf = (text: string) => text.match(/[^\n]*\n+|[^\n]+$/gu) ?? [];

/** What stands between two changes, and the change behind it. */
interface Stretch {
  same: string;
  removed: string;
  added: string;
}

/** A text's stretches, gathered piece by piece. */
class Stretches {
  readonly all: Stretch[] = [{ same: '', removed: '', added: '' }];

  add(kind: Piece['kind'], text: string) {
    if (text === '') return;
    const last = this.all.at(-1)!;
    if (kind === 'same' && (last.removed || last.added))
      this.all.push({ same: text, removed: '', added: '' });
    else last[kind] += text;
  }
}

/** The words that differ between two parts of a text; all of them where more than `limit` would. */
function compareWords(
  before: string,
  after: string,
  language: Language,
  limit: number,
  into: Stretches,
) {
  const [earlier, later] = [wordsOf(before, language), wordsOf(after, language)];
  const changes = diffArrays(earlier, later, { comparator: sameWord, maxEditLength: limit });
  if (!changes) {
    into.add('removed', before);
    into.add('added', after);
    return;
  }
  let read = 0;
  for (const { added, removed, value } of changes) {
    if (added) {
      into.add('added', joined(value));
    } else if (removed) {
      into.add('removed', joined(value));
      read += value.length;
    } else {
      for (const { word, space } of value) {
        const spaceBefore = earlier[read++]!.space;
        into.add('same', word);
        into.add(space === spaceBefore ? 'same' : 'removed', spaceBefore);
        if (space !== spaceBefore) into.add('added', space);
      }
    }
  }
}

/** One or two characters between two replacements, a particle or a comma, only make them harder to read. */
function withoutIslands(stretches: Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const stretch of stretches) {
    const last = kept.at(-1);
    const between = last?.removed && last.added && stretch.removed && stretch.added;
    if (between && [...stretch.same.trim()].length <= 2 && !stretch.same.includes('\n')) {
      last.removed += stretch.same + stretch.removed;
      last.added += stretch.same + stretch.added;
    } else {
      kept.push({ ...stretch });
    }
  }
  return kept;
}

/** White space that a replacement ends with in both texts did not change. */
function withSpaceKept(stretches: Stretch[]): Stretch[] {
  const kept = [...stretches, { same: '', removed: '', added: '' }];
  stretches.forEach(({ removed, added }, index) => {
    let length = 0;
    while (
      /\s/u.test(removed.at(-1 - length) ?? '') &&
      removed.at(-1 - length) === added.at(-1 - length)
    )
      length++;
    if (length === 0) return;
    kept[index] = {
      ...kept[index]!,
      removed: removed.slice(0, -length),
      added: added.slice(0, -length),
    };
    kept[index + 1] = { ...kept[index + 1]!, same: removed.slice(-length) + kept[index + 1]!.same };
  });
  return kept;
}

/**
 * The difference between two texts, word by word; what was removed stands before what was added in its place. First whole
 * paragraphs are compared, then the words of those that differ.
 * @param language of the texts; it decides what a word is
 */
export function difference(before: string, after: string, language: Language): Piece[] {
  const stretches = new Stretches();
  const size = before.length + after.length;
  let [removed, added] = ['', ''];
  const compareGathered = () => {
    const share = Math.sqrt((removed.length + added.length) / size);
    if (removed && added)
      compareWords(
        removed,
        added,
        language,
        Math.max(LEAST_EDITS, Math.floor(MOST_EDITS * share)),
        stretches,
      );
    else stretches.add(removed ? 'removed' : 'added', removed || added);
    [removed, added] = ['', ''];
  };
  const changes = diffArrays(paragraphsOf(before), paragraphsOf(after), {
    maxEditLength: MOST_EDITS,
  });
  if (!changes) {
    stretches.add('removed', before);
    stretches.add('added', after);
  }
  for (const change of changes ?? []) {
    const text = change.value.join('');
    if (change.removed) {
      removed += text;
    } else if (change.added) {
      added += text;
    } else {
      compareGathered();
      stretches.add('same', text);
    }
  }
  compareGathered();

  const pieces: Piece[] = [];
  for (const stretch of withSpaceKept(withoutIslands(stretches.all))) {
    for (const kind of ['same', 'removed', 'added'] as const) {
      const last = pieces.at(-1);
      if (stretch[kind] === '') continue;
      if (last?.kind === kind) last.text += stretch[kind];
      else pieces.push({ kind, text: stretch[kind] });
    }
  }
  return pieces;
}

/** What stands before each of a letter's calls where they are compared: one a line. */
const bullet = (language: Language) => (language === 'ja' ? '・' : '• ');

/**
 * The fields in which two texts of a letter differ, in the order of the letter, as typed (Markdown).
 * @param before null where there was no text in this language
 */
export function textDifference(
  before: LetterContent | null,
  after: LetterContent,
  language: Language,
): { field: ContentField; pieces: Piece[] }[] {
  const said = (content: LetterContent, field: ContentField) =>
    field === 'calls'
      ? content.calls.map((call) => bullet(language) + call).join('\n')
      : fieldText(content, field);
  return CONTENT_FIELDS.flatMap((field) => {
    const [earlier, later] = [before ? said(before, field) : '', said(after, field)];
    return earlier === later ? [] : [{ field, pieces: difference(earlier, later, language) }];
  });
}

/** Less than this is not left out: the reader would gain nothing. */
const SHORTEST_GAP = 12;
/** How far a cut moves to where a sentence or a line begins, in characters. */
const LONGEST_STEP = 120;
/** What a line or a sentence begins behind. */
const ENDINGS = /\n+|[。！？](?![。！？」』）\n])|[.!?]["”’)]? +/gu;

/** What to show of a stretch that did not change: the words beside the changes, in whole sentences where these are short. */
function shortened(text: string, around: number, first: boolean, last: boolean): (Piece | Gap)[] {
  const words = segments(text, 'ja').filter(({ isWordLike }) => isWordLike);
  const [endOfHead, startOfTail] = [words[around - 1], words.at(-around)];
  let from =
    first || around === 0
      ? 0
      : endOfHead
        ? endOfHead.index + endOfHead.segment.length
        : text.length;
  let to = last || around === 0 ? text.length : (startOfTail?.index ?? 0);
  if (around > 0) {
    const inside = [...text.matchAll(ENDINGS)].map(({ 0: ending, index }) => index + ending.length);
    const beginnings = inside.length > 0 ? [0, ...inside, text.length] : [];
    if (!first)
      from = beginnings.find((index) => index >= from && index - from <= LONGEST_STEP) ?? from;
    if (!last) to = beginnings.findLast((index) => index <= to && to - index <= LONGEST_STEP) ?? to;
  }
  if (to - from < SHORTEST_GAP) return [{ kind: 'same', text }];
  const [head, omitted, tail] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  const kept = head.trimEnd();
  const space = (edge: string) => (edge === '' ? '' : edge.includes('\n') ? '\n' : ' ');
  const before = first
    ? ''
    : space(
        head.slice(kept.length) || omitted.slice(0, omitted.length - omitted.trimStart().length),
      );
  const after = last ? '' : space(omitted.slice(omitted.trimEnd().length));
  const shown: (Piece | Gap)[] = [
    { kind: 'same', text: kept },
    { kind: 'gap', text: `${before}…${after}` },
    { kind: 'same', text: tail },
  ];
  return shown.filter((piece) => piece.text !== '');
}

/**
 * The pieces of a difference with long stretches that did not change left out, for mails and overviews.
 * @param around how many words to keep beside every change
 */
export function collapse(pieces: Piece[], around: number): (Piece | Gap)[] {
  if (pieces.every(({ kind }) => kind === 'same')) return pieces;
  return pieces.flatMap((piece, index) =>
    piece.kind === 'same'
      ? shortened(piece.text, around, index === 0, index === pieces.length - 1)
      : [piece],
  );
}
