import { z } from 'zod';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

/** Longest heading, in characters. */
export const HEADING_MAX = 200;
/** Signatories on one page of a list, unless its letter says otherwise. */
export const USUAL_PAGE_SIZE = 200;

/**
 * A heading by language, in the coordinators' words; `{count}` in it is replaced by the number. A language without one has
 * the default words. (Older rows have null there.)
 */
const heading = z
  .record(z.string(), z.string().max(HEADING_MAX).nullable())
  .default({})
  .transform((words) => present(words));

/** How a letter's list of signatories is made. Every member has a default: what the joint letter's printed list has. */
export const listSettingsSchema = z.object({
  /** `japanese`: Japanese alphabetical order (五十音順); `english`: by English name; `date`: by when they signed. */
  by: z.enum(['japanese', 'english', 'date']).default('japanese'),
  /** Whether the legal form (一般社団法人 …) counts in the order. */
  legalFormCounts: z.boolean().default(true),
  latin: z.enum(['after-kana', 'before-kana']).default('after-kana'),
  /** Over the coordinating organizations, and over all. */
  headings: z
    .object({ coordinating: heading, all: heading })
    .default({ coordinating: {}, all: {} }),
  /** Whether organizations can ask to be counted but not named. */
  offersWithheld: z.boolean().default(true),
  /** Which of an organization's names leads: that in the `reader`'s language, or always the one in this language. */
  leading: z.string().default('reader'),
  /** Entries before the page offers a search and further pages. */
  pageSize: z.number().int().min(10).max(1_000).default(USUAL_PAGE_SIZE),
});

export type ListSettings = z.output<typeof listSettingsSchema>;

/** A heading in the coordinators' words with the number in place of `{count}`, or null where `language` has none. */
export function headingIn(heading: ByLanguage, language: Language, count: number): string | null {
  return (
    heading[language]?.replaceAll('{count}', new Intl.NumberFormat(language).format(count)) ?? null
  );
}

/** The language whose name of an organization leads, for a reader. */
export function leadingLanguage({ leading }: Pick<ListSettings, 'leading'>, reader: Language) {
  return leading === 'reader' ? reader : leading;
}

/** The settings as stored in a letter's row, with what it does not say as usual. */
export function listSettings(stored: unknown): ListSettings {
  return listSettingsSchema.parse(stored);
}
