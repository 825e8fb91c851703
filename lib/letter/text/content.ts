import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';

/** A letter's text in one language, field by field; `body` is Markdown. Absent fields are null. */
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

/** The fields in the order in which a letter has them. */
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

export type ContentField = (typeof CONTENT_FIELDS)[number];

/** A letter's texts by language. */
export type LetterTexts = ByLanguage<LetterContent>;

/** A text's fields without the rest of its row. */
export function contentOf(row: LetterContent): LetterContent {
  return Object.fromEntries(
    CONTENT_FIELDS.map((field) => [field, row[field]]),
  ) as unknown as LetterContent;
}

/** A field as one text, as its form field has it; calls one a line. */
export function fieldText(content: LetterContent, field: ContentField): string {
  const value = content[field] ?? '';
  return typeof value === 'string' ? value : value.join('\n');
}

/** Whether two texts are the same in every field. */
export function sameContent(a: LetterContent, b: LetterContent): boolean {
  return CONTENT_FIELDS.every((field) => fieldText(a, field) === fieldText(b, field));
}

/** The languages of texts, the authoritative one first. */
export function languagesOf(texts: ByLanguage<unknown>, authoritative: Language): Language[] {
  return inOrder(Object.keys(texts)).sort(
    (a, b) => Number(b === authoritative) - Number(a === authoritative),
  );
}
