import { asTyped, CONTENT_FIELDS, type Language, type LetterContent, type Part } from './content';
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
] as const satisfies readonly Part[];

/** The parts that a text still lacks before it can be published: those in which a reader would see nothing. */
export function missingParts(parts: LetterContent): Part[] {
  return NEEDED.filter((part) => isBlank(part === 'body' ? plainText(parts.body) : parts[part]));
}

export interface Merged {
  /** Mine, with what only they changed taken over. */
  parts: LetterContent;
  /** The parts that only they changed. */
  taken: Part[];
  /** The parts that both changed, each in another way; `parts` holds mine. */
  both: Part[];
}

/**
 * What becomes of a text that two people changed at once.
 * @param base what I began from; null where there was no text
 * @param theirs what stands now; null where it was removed
 */
export function merge(
  base: LetterContent | null,
  theirs: LetterContent | null,
  mine: LetterContent,
): Merged {
  const parts = { ...mine };
  const merged: Merged = { parts, taken: [], both: [] };
  if (!theirs) return merged;
  const take = <P extends Part>(part: P) => (parts[part] = theirs[part]);
  for (const part of CONTENT_FIELDS) {
    const [was, is, written] = [
      base && asTyped(base, part),
      asTyped(theirs, part),
      asTyped(mine, part),
    ];
    if (is === written || is === (was ?? '')) continue;
    if (written === (was ?? '')) {
      take(part);
      merged.taken.push(part);
    } else {
      merged.both.push(part);
    }
  }
  return merged;
}
