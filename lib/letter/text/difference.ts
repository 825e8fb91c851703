/**
 * Word-level differences between two texts. Pure, for server and browser. `Intl.Segmenter` finds
 * different words in different versions of ICU, so the browser renders the pieces that the server
 * computed instead of computing its own.
 */
import { diffArrays } from 'diff';
import {
  fieldText,
  hasKigaki,
  marksOf,
  CONTENT_FIELDS,
  KIGAKI,
  type LetterContent,
  type ContentField,
} from './content';
import type { Language } from '@/lib/platform/languages';

/**
 * Concatenating `same` and `added` gives the later text, `same` and `removed` the earlier one,
 * exactly.
 */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Replaces unchanged text that is left out; `text` is what to show instead. */
export interface Gap {
  kind: 'gap';
  text: string;
}

/**
 * How many words or paragraphs may differ before two texts count as wholly different: the time is
 * quadratic in this number. A limit in edits rather than in milliseconds, so that the result does
 * not depend on the machine.
 */
const MOST_EDITS = 1_000;
/** The limit for a part of a text, however short. */
const LEAST_EDITS = 200;

/**
 * A word or punctuation mark with the spaces after it. As tokens of their own, spaces would match
 * each other everywhere.
 */
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

/** The mark of a note, one word: `[^1]`. */
const NOTE = /(\[\^[^\]\s]{1,50}\])/u;
/**
 * Short pieces of a text that end at a word boundary. Every segment holds a copy of the whole input
 * (`segment.input`), so segmenting 50,000 characters at once would take gigabytes.
 */
const CLAUSES = /[^\s、。]{1,200}[\s、。]{0,200}|[\s、。]{1,200}/gu;

function segments(
  text: string,
  language: Language,
): { segment: string; index: number; isWordLike?: boolean | undefined }[] {
  return [...text.matchAll(CLAUSES)].flatMap(({ 0: clause, index }) => {
    let start = index;
    return clause.split(NOTE).flatMap((part) => {
      const at = start;
      start += part.length;
      if (NOTE.test(part)) return [{ segment: part, index: at, isWordLike: true }];
      return Array.from(segmenterOf(language).segment(part), ({ segment, index, isWordLike }) => ({
        segment,
        index: at + index,
        isWordLike,
      }));
    });
  });
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

/** Paragraphs, each with the line breaks after it. */
const paragraphsOf = (text: string) => text.match(/[^\n]*\n+|[^\n]+$/gu) ?? [];

/** Unchanged text and the change after it. */
interface Stretch {
  same: string;
  removed: string;
  added: string;
}

/** Collects pieces into stretches. */
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

/**
 * Adds the differing words of two parts of a text; if there are more than `limit`, both parts as
 * one replacement.
 */
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

/**
 * Merges replacements with only one or two unchanged characters between them (a particle, a comma),
 * which would make the difference harder to read.
 */
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

/** Moves white space at the end of both sides of a replacement into the unchanged text. */
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
 * The difference between two texts by words, in which removed text precedes the text that replaces
 * it. Paragraphs are compared first, then the words of those that differ.
 * @param language of the texts, for finding words
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

/** A letter's calls as lines of text, with their marks. */
function saidCalls(content: LetterContent, language: Language): string[] {
  const marks = marksOf(content);
  const bullet = language === 'ja' ? '・' : '• ';
  const calls = content.calls.map((call, index) => {
    if (marks === 'none') return call;
    return (marks === 'numbers' ? `${index + 1}. ` : bullet) + call;
  });
  return hasKigaki(content) ? [KIGAKI.above, ...calls, KIGAKI.below] : calls;
}

/** A field as it is compared and shown beside others' changes: Markdown source, calls with their marks. */
export function saidText(content: LetterContent, field: ContentField, language: Language): string {
  return field === 'calls' ? saidCalls(content, language).join('\n') : fieldText(content, field);
}

/**
 * The fields in which two texts of a letter differ, in the order of the letter, as Markdown source.
 * @param before null if there was no text in this language
 */
export function textDifference(
  before: LetterContent | null,
  after: LetterContent,
  language: Language,
): { field: ContentField; pieces: Piece[] }[] {
  return CONTENT_FIELDS.flatMap((field) => {
    const [earlier, later] = [
      before ? saidText(before, field, language) : '',
      saidText(after, field, language),
    ];
    return earlier === later ? [] : [{ field, pieces: difference(earlier, later, language) }];
  });
}

/** The shortest text worth leaving out, in characters. */
const SHORTEST_GAP = 12;
/** How far a cut may move to the beginning of a sentence or line, in characters. */
const LONGEST_STEP = 120;
/** Ends of lines and sentences, after which the next one begins. */
const ENDINGS = /\n+|[。！？](?![。！？」』）\n])|[.!?]["”’)]? +/gu;

/**
 * Shortens unchanged text to the words next to the changes, extended to whole sentences where these
 * are short.
 */
export function shortened(
  text: string,
  around: number,
  first: boolean,
  last: boolean,
): (Piece | Gap)[] {
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
 * Shortens a difference for mails and overviews: long unchanged texts become gaps.
 * @param around how many words to keep next to every change
 */
export function collapse(pieces: Piece[], around: number): (Piece | Gap)[] {
  if (pieces.every(({ kind }) => kind === 'same')) return pieces;
  return pieces.flatMap((piece, index) =>
    piece.kind === 'same'
      ? shortened(piece.text, around, index === 0, index === pieces.length - 1)
      : [piece],
  );
}
