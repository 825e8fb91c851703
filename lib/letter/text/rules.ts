import { fieldText, CONTENT_FIELDS, type LetterContent, type ContentField } from './content';
import type { Language } from '@/lib/platform/languages';
import { plainText } from './markdown';
import { isBlank, normaliseText } from '@/lib/platform/text/normalise';

/** Points of a call as typed, one a line, without the marks of a list that came with them: the page sets its own. */
export function callsIn(typed: string): string[] {
  return normaliseText(typed)
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[-*•‣◦]\s+|[・●○■]\s*)/u, ''))
    .filter((line) => line !== '');
}

/** A text of which nothing is written yet. */
export const EMPTY_TEXT: LetterContent = {
  title: '',
  subject: null,
  dateLine: '',
  addressee: null,
  salutation: '',
  body: '',
  callsIntro: null,
  calls: [],
  closing: null,
  valediction: '',
};

/** How a letter in `language` writes its date (`2025-04-23`), until a coordinator writes it otherwise. */
export function writtenDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(date),
  );
}

/** What a letter cannot be published without. */
const NEEDED = [
  'title',
  'dateLine',
  'salutation',
  'body',
  'valediction',
] as const satisfies readonly ContentField[];

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
  const content = { ...mine };
  const merged: Merged = { content, taken: [], both: [] };
  if (!theirs) return merged;
  const take = <F extends ContentField>(field: F) => (content[field] = theirs[field]);
  for (const field of CONTENT_FIELDS) {
    const [was, is, written] = [
      base && fieldText(base, field),
      fieldText(theirs, field),
      fieldText(mine, field),
    ];
    if (is === written || is === (was ?? '')) continue;
    if (written === (was ?? '')) {
      take(field);
      merged.taken.push(field);
    } else {
      merged.both.push(field);
    }
  }
  return merged;
}
