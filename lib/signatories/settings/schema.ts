import { z } from 'zod';
import { carried, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';
import { HEADING_MAX, listSettingsSchema, type ListSettings } from '@/lib/letter/list-settings';
import { PLACES } from './rules';

/**
 * All error codes of fields. Their messages are in `messages/*.json` under
 * `signatories.settings.errors`.
 */
export type SettingsError =
  'tooLong' | 'controlCharacter' | 'webAddress' | 'placeholder' | 'pageSize' | 'notChosen';

const { by, latin, website, authorisation } = listSettingsSchema.shape;

const checked = z
  .string()
  .optional()
  .transform((value) => value === 'on');

/** A heading; empty for the default one. `{count}` is the only placeholder. */
const heading = oneLine(HEADING_MAX).refine(
  (value) => !/[{}]/.test(value.replaceAll('{count}', '')),
  'placeholder',
);

/** The lists with a custom heading, and their form fields, one per language. */
export const LISTS = ['coordinating', 'all'] as const;
export const HEADING_FIELDS = { coordinating: 'headingCoordinating', all: 'headingAll' } as const;

/** Minimum and maximum number of entries per page. */
export const PAGE_SIZES = { min: 10, max: 1_000 };

const pageSize = z
  .string()
  .max(20, 'pageSize')
  .trim()
  .regex(/^\d{1,4}$/, 'pageSize')
  .transform(Number)
  .pipe(z.number().min(PAGE_SIZES.min, 'pageSize').max(PAGE_SIZES.max, 'pageSize'));

/** The schema of the settings form; unchecked boxes are not sent. */
export const settingsFormSchema = z
  .intersection(
    z.object({
      by: by.unwrap(),
      legalFormCounts: checked,
      latin: latin.unwrap(),
      offersWithheld: checked,
      website: website.unwrap(),
      authorisation: authorisation.unwrap(),
      leading: z
        .string()
        .refine((value) => value === 'reader' || LANGUAGES.includes(value), 'invalidChoice'),
      pageSize,
    }),
    z.intersection(
      perLanguage(HEADING_FIELDS.coordinating, heading),
      perLanguage(HEADING_FIELDS.all, heading),
    ),
  )
  .transform(
    ({
      by,
      legalFormCounts,
      latin,
      offersWithheld,
      website,
      authorisation,
      leading,
      pageSize,
      ...typed
    }): ListSettings => ({
      by,
      legalFormCounts,
      latin,
      headings: {
        coordinating: readByLanguage(typed, HEADING_FIELDS.coordinating),
        all: readByLanguage(typed, HEADING_FIELDS.all),
      },
      offersWithheld,
      website,
      authorisation,
      // These have a form of their own.
      categories: [],
      leading,
      pageSize,
    }),
  );

/**
 * The form values of {@link settingsFormSchema} for `settings`; a checked box is `on`, an unchecked
 * one is absent.
 */
export function settingsForm(settings: ListSettings): Record<string, string> {
  const { by, latin, leading, headings, legalFormCounts, offersWithheld, pageSize } = settings;
  const { website, authorisation } = settings;
  const typed = LISTS.flatMap((list) =>
    LANGUAGES.map((language) => [
      fieldIn(HEADING_FIELDS[list], language),
      headings[list][language] ?? '',
    ]),
  );
  return {
    by,
    latin,
    leading,
    website,
    authorisation,
    ...(Object.fromEntries(typed) as Record<string, string>),
    pageSize: String(pageSize),
    ...(legalFormCounts && { legalFormCounts: 'on' }),
    ...(offersWithheld && { offersWithheld: 'on' }),
  };
}

/** Settings as JSON in a hidden field: the values that the form was rendered with. */
export const seenSettingsSchema = carried.pipe(listSettingsSchema);

/** Maximum number of pinned entries at either end of a list. */
const PINS_MAX = 1_000;

const ids = z
  .string()
  .max(PINS_MAX * 37) // a UUID and a space
  .transform((text) => text.split(' ').filter(Boolean))
  .pipe(z.array(z.uuid()).max(PINS_MAX));

/** The schema of the pin form; `first` and `last`: the pins it was rendered with. */
export const pinSchema = z.object({ id: z.uuid(), place: z.enum(PLACES), first: ids, last: ids });
