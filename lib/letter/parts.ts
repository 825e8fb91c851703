export type Language = 'ja' | 'en';

/** A letter's text in one language, in the parts that a letter has; `body` is Markdown. Absent parts are null. */
export interface LetterParts {
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
export const PARTS = [
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
] as const satisfies readonly (keyof LetterParts)[];

export type Part = (typeof PARTS)[number];

/** A letter's texts by language. */
export type LetterTexts = Partial<Record<Language, LetterParts>>;

/** A text's parts without the rest of its row. */
export function partsOf(row: LetterParts): LetterParts {
  return Object.fromEntries(PARTS.map((part) => [part, row[part]])) as unknown as LetterParts;
}

/** A part as one text, as it stands in its field; its calls a line each. */
export function asTyped(parts: LetterParts, part: Part): string {
  const value = parts[part] ?? '';
  return typeof value === 'string' ? value : value.join('\n');
}

/** Whether two texts are the same in every part. */
export function sameText(a: LetterParts, b: LetterParts): boolean {
  return PARTS.every((part) => asTyped(a, part) === asTyped(b, part));
}
