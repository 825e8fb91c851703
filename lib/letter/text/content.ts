import { inOrder, type ByLanguage, type Language } from '@/lib/platform/languages';

/** What stands before each call: a bullet, its number, or nothing, when calls are paragraphs as typed. */
export const CALL_MARKS = ['bullets', 'numbers', 'none'] as const;

export type CallMarks = (typeof CALL_MARKS)[number];

/**
 * A letter's text in one language, field by field; `body` is Markdown. Absent fields are null. What
 * is usual in the form of the calls has no member, so that texts without it are hashed as before.
 */
export interface LetterContent {
  title: string;
  subject: string | null;
  dateLine: string;
  /** To whom it goes, over the salutation; several lines. */
  addressee: string | null;
  salutation: string | null;
  body: string;
  callsIntro: string | null;
  calls: string[];
  closing: string | null;
  valediction: string | null;
  /** Absent: bullets. */
  callMarks?: Exclude<CallMarks, 'bullets'>;
  /** In a Japanese letter: calls come last, after the valediction, between 記 and 以上 (記書き). */
  kigaki?: true;
}

/** The lines above and below the calls of a Japanese letter with {@link LetterContent.kigaki}. */
export const KIGAKI = { above: '記', below: '以上' } as const;

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

/** A text as its row has it. */
export type TextColumns = Omit<LetterContent, 'callMarks' | 'kigaki'> & {
  callMarks: CallMarks;
  kigaki: boolean;
};

/** A text's fields without the rest of its row. */
export function contentOf(row: TextColumns): LetterContent {
  const fields = Object.fromEntries(CONTENT_FIELDS.map((field) => [field, row[field]]));
  return withForm(fields as unknown as LetterContent, row);
}

/** The columns of a text. */
export function columnsOf(content: LetterContent): TextColumns {
  return { ...content, callMarks: marksOf(content), kigaki: content.kigaki ?? false };
}

/** A text with its calls in a form; what is usual has no member. */
export function withForm(
  { callMarks: _, kigaki: __, ...fields }: LetterContent,
  { callMarks, kigaki }: { callMarks: CallMarks; kigaki: boolean },
): LetterContent {
  return {
    ...fields,
    ...(callMarks !== 'bullets' && { callMarks }),
    ...(kigaki && { kigaki }),
  };
}

export const marksOf = ({ callMarks }: LetterContent): CallMarks => callMarks ?? 'bullets';

/** Whether the letter ends in its calls, between 記 and 以上. */
export const hasKigaki = ({ kigaki, calls }: LetterContent): boolean =>
  kigaki === true && calls.length > 0;

/** A field as one text, as its form field has it; calls one a line. */
export function fieldText(content: LetterContent, field: ContentField): string {
  const value = content[field] ?? '';
  return typeof value === 'string' ? value : value.join('\n');
}

/** All that is written in a field, for comparing: with the calls, their form. */
export function written(content: LetterContent, field: ContentField): string {
  const text = fieldText(content, field);
  return field === 'calls' ? `${marksOf(content)} ${content.kigaki ?? false}\n${text}` : text;
}

/** Whether two texts are the same in every field. */
export function sameContent(a: LetterContent, b: LetterContent): boolean {
  return CONTENT_FIELDS.every((field) => written(a, field) === written(b, field));
}

/** The languages of texts, the authoritative one first. */
export function languagesOf(texts: ByLanguage<unknown>, authoritative: Language): Language[] {
  return inOrder(Object.keys(texts)).sort(
    (a, b) => Number(b === authoritative) - Number(a === authoritative),
  );
}
