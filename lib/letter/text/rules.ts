import {
  CALL_MARKS,
  CONTENT_FIELDS,
  marksOf,
  withForm,
  written,
  type CallMarks,
  type ContentField,
  type LetterContent,
} from './content';
import type { Language } from '@/lib/platform/languages';
import { plainText } from './markdown';
import {
  isBlank,
  normaliseLines,
  normaliseOneLine,
  normaliseText,
} from '@/lib/platform/text/normalise';

/** Calls as typed, one a line. */
export function callsIn(typed: string): string[] {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A text as its form has it, also with what the form would refuse: for the preview. */
export function typedContent(typed: (name: string) => string, language: Language): LetterContent {
  const line = (name: ContentField) => normaliseOneLine(typed(name));
  const callMarks = CALL_MARKS.find((marks) => marks === typed('callMarks')) ?? 'bullets';
  return withForm(
    {
      title: line('title'),
      subject: line('subject') || null,
      dateLine: line('dateLine'),
      addressee: normaliseLines(typed('addressee')) || null,
      salutation: line('salutation') || null,
      body: normaliseText(typed('body')),
      callsIntro: line('callsIntro') || null,
      calls: unmarkedCalls(callsIn(typed('calls')), callMarks),
      closing: normaliseLines(typed('closing')) || null,
      valediction: line('valediction') || null,
    },
    { callMarks, kigaki: language === 'ja' && typed('kigaki') === 'on' },
  );
}

/** The number that a line begins with: `1. `, `(2)`, `３）`, `4、`. */
const NUMBER = /^[(（]?([0-9０-９]{1,2})(?:[.．]\s+|[)）、．]\s*)/u;

/**
 * Calls without the marks of a list that came with them, since the page sets its own. Numbers are
 * marks only if they count all calls; where the page sets no marks, all that was typed stays.
 */
export function unmarkedCalls(calls: string[], marks: CallMarks): string[] {
  if (marks === 'none') return calls;
  const bare = calls
    .map((call) => call.replace(/^(?:[-*•‣◦]\s+|[・●○■]\s*)/u, ''))
    .filter((call) => call !== '');
  const counted = bare.every(
    (call, index) => Number(NUMBER.exec(call)?.[1]?.normalize('NFKC')) === index + 1,
  );
  return marks === 'numbers' && counted ? bare.map((call) => call.replace(NUMBER, '')) : bare;
}

/** A text of which nothing is written yet. */
export const EMPTY_TEXT: LetterContent = {
  title: '',
  subject: null,
  dateLine: '',
  addressee: null,
  salutation: null,
  body: '',
  callsIntro: null,
  calls: [],
  closing: null,
  valediction: null,
};

/** How a letter in `language` writes its date (`2025-04-23`), until a coordinator writes it otherwise. */
export function writtenDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(date),
  );
}

/** What a letter cannot be published without. */
const NEEDED = ['title', 'dateLine', 'body'] as const satisfies readonly ContentField[];

/** The fields that a text still lacks before it can be published: those in which a reader would see nothing. */
export function missingFields(content: LetterContent): ContentField[] {
  return NEEDED.filter((field) =>
    isBlank(field === 'body' ? plainText(content.body) : content[field]),
  );
}

export interface Merged {
  /** Mine, with what only they changed taken over. */
  content: LetterContent;
  /** The fields that only they changed. */
  taken: ContentField[];
  /** The fields that both changed, each in another way; `content` holds mine. */
  both: ContentField[];
}

/**
 * Three-way merge of a text that two people edited at once.
 * @param base the common ancestor; null where there was no text
 * @param theirs the present text; null where it was removed
 */
export function merge(
  base: LetterContent | null,
  theirs: LetterContent | null,
  mine: LetterContent,
): Merged {
  const merged: Merged = { content: { ...mine }, taken: [], both: [] };
  if (!theirs) return merged;
  for (const field of CONTENT_FIELDS) {
    const [was, is, typed] = [
      written(base ?? EMPTY_TEXT, field),
      written(theirs, field),
      written(mine, field),
    ];
    if (is === typed || is === was) continue;
    merged[typed === was ? 'taken' : 'both'].push(field);
  }
  const take = <F extends ContentField>(field: F) => (merged.content[field] = theirs[field]);
  for (const field of merged.taken) take(field);
  // The form of the calls is one part with them.
  if (merged.taken.includes('calls'))
    merged.content = withForm(merged.content, {
      callMarks: marksOf(theirs),
      kigaki: theirs.kigaki ?? false,
    });
  return merged;
}
