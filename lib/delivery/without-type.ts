import {
  CONTENT_FIELDS,
  fieldText,
  type ContentField,
  type LetterTexts,
} from '@/lib/letter/text/content';
import type { ListSettings } from '@/lib/letter/list-settings';
import type { ByLanguage, Language } from '@/lib/platform/languages';
import { signsWithoutType } from './pdf/printable';

/** The signs for which the PDF has no type, where they stand. */
export interface WithoutType {
  /** The first {@link SHOWN} of the entries. */
  entries: { names: ByLanguage; signs: string[] }[];
  /** How many more entries there are. */
  more: number;
  parts: { language: Language; part: ContentField; signs: string[] }[];
  /** The coordinators' own headings of lists. */
  headings: { language: Language; signs: string[] }[];
}

/** How many entries a page names. */
const SHOWN = 50;

/**
 * Characters that certainly have type, as ranges of a character class: PostgreSQL looks with them
 * for the names that need a closer look. A test compares them with the fonts.
 */
export const USUAL_LETTERS = ' -~¡-ÿ、。「」『』（）ぁ-ゖァ-ヿ一-龥가-힣';

/** What of names, texts and custom headings of lists would be printed as 〓. */
export function withoutType(
  names: ByLanguage[],
  texts: LetterTexts,
  ownHeadings: ListSettings['headings'],
): WithoutType {
  const entries = names
    .map((each) => ({ names: each, signs: signsWithoutType(Object.values(each).join('\n')) }))
    .filter(({ signs }) => signs.length > 0);
  const parts = Object.entries(texts).flatMap(([language, text]) =>
    CONTENT_FIELDS.map((part) => ({
      language,
      part,
      signs: signsWithoutType(fieldText(text, part)),
    })),
  );
  const headings = Object.values(ownHeadings).flatMap((each) =>
    Object.entries(each).map(([language, said]) => ({ language, signs: signsWithoutType(said) })),
  );
  return {
    entries: entries.slice(0, SHOWN),
    more: Math.max(0, entries.length - SHOWN),
    parts: parts.filter(({ signs }) => signs.length > 0),
    headings: headings.filter(({ signs }) => signs.length > 0),
  };
}
