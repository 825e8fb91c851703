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
