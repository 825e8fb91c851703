import { z } from 'zod';
import { CATEGORIES_MAX, CATEGORY_ID_MAX, CATEGORY_NAME_MAX } from './categories';
import { present, type ByLanguage, type Language } from '@/lib/platform/languages';

/** Maximum length of a heading, in characters. */
export const HEADING_MAX = 200;
/** Default number of signatories per page of a list. */
export const USUAL_PAGE_SIZE = 200;

/** Whether the sign-up form requires something, asks for it, or does not. */
export const QUESTION_CHOICES = ['required', 'asked', 'not-asked'] as const;
export type QuestionChoice = (typeof QUESTION_CHOICES)[number];

/**
 * A custom heading by language; `{count}` is replaced by the number. Languages without one use the
 * default heading. (Older rows have null for them.)
 */
const heading = z
  .record(z.string(), z.string().max(HEADING_MAX).nullable())
  .default({})
  .transform((words) => present(words));

/**
 * The settings of a letter's list of signatories. The defaults are those of the joint letter's
 * printed list.
 */
export const listSettingsSchema = z.object({
  /**
   * `japanese`: Japanese alphabetical order (五十音順); `english`: by English name; `date`: by time of
   * signing.
   */
  by: z.enum(['japanese', 'english', 'date']).default('japanese'),
  /** Whether the legal form (一般社団法人 …) is significant for sorting. */
  legalFormCounts: z.boolean().default(true),
  latin: z.enum(['after-kana', 'before-kana']).default('after-kana'),
  /** Headings of the coordinating organizations and of all organizations. */
  headings: z
    .object({ coordinating: heading, all: heading })
    .default({ coordinating: {}, all: {} }),
  /** Whether organizations can ask to be counted but not named. */
  offersWithheld: z.boolean().default(true),
  /** Whether sign-ups must give a website, can, or are not asked for one. */
  website: z.enum(QUESTION_CHOICES).default('asked'),
  /** Whether sign-ups must say who authorised them in the organization, can, or are not asked. */
  authorisation: z.enum(QUESTION_CHOICES).default('not-asked'),
  /** The categories of signatories in printed order; none: the list is not divided. */
  categories: z
    .array(
      z.object({
        id: z.string().min(1).max(CATEGORY_ID_MAX),
        names: z.record(z.string(), z.string().max(CATEGORY_NAME_MAX)),
      }),
    )
    .max(CATEGORIES_MAX)
    .default([]),
  /** The name shown first: that in the `reader`'s language, or always the one in this language. */
  leading: z.string().default('reader'),
  /** Number of entries per page; longer lists have pagination and search. */
  pageSize: z.number().int().min(10).max(1_000).default(USUAL_PAGE_SIZE),
});

export type ListSettings = z.output<typeof listSettingsSchema>;

/** A custom heading with `{count}` replaced by the number, or null if `language` has none. */
export function headingIn(heading: ByLanguage, language: Language, count: number): string | null {
  return (
    heading[language]?.replaceAll('{count}', new Intl.NumberFormat(language).format(count)) ?? null
  );
}

/** The language of the name shown first to a reader. */
export function leadingLanguage({ leading }: Pick<ListSettings, 'leading'>, reader: Language) {
  return leading === 'reader' ? reader : leading;
}

/** The settings in a letter's row, with defaults for missing members. */
export function listSettings(stored: unknown): ListSettings {
  return listSettingsSchema.parse(stored);
}
