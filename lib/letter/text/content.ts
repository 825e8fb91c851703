export type Language = 'ja' | 'en';

/** A letter's text in one language, in the parts that a letter has; `body` is Markdown. Absent parts are null. */
export interface LetterContent {
  title: string;
  subject: string | null;
  dateLine: string;
  /** To whom it goes, over the salutation; several lines. */
  addressee: string | null;
  salutation: string;
  body: string;
  callsIntro: string | null;
  calls: string[];
  closing: string | null;
  valediction: string;
}

/** The parts in the order in which a letter has them. */
export const CONTENT_FIELDS = [
  'title',
  'subject',
  'dateLine',
  'addressee',
  'salutation',
  'body',
  'callsIntro',
  'calls',
  'closing',
  'valediction',
] as const satisfies readonly (keyof LetterContent)[];

export type Part = (typeof CONTENT_FIELDS)[number];

/** A letter's texts by language. */
export type LetterTexts = Partial<Record<Language, LetterContent>>;

/** A text's parts without the rest of its row. */
export function contentOf(row: LetterContent): LetterContent {
  return Object.fromEntries(
    CONTENT_FIELDS.map((part) => [part, row[part]]),
  ) as unknown as LetterContent;
}

/** A part as one text, as it stands in its field; its calls a line each. */
export function asTyped(parts: LetterContent, part: Part): string {
  const value = parts[part] ?? '';
  return typeof value === 'string' ? value : value.join('\n');
}

/** Whether two texts are the same in every part. */
export function sameContent(a: LetterContent, b: LetterContent): boolean {
  return CONTENT_FIELDS.every((part) => asTyped(a, part) === asTyped(b, part));
}
