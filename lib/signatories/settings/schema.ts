import { z } from 'zod';
import { carried, oneLine, orNull } from '@/lib/platform/forms/fields';
import { HEADING_MAX, listSettingsSchema, type ListSettings } from '@/lib/letter/list-settings';
import { PLACES } from './rules';

/** Every way a field can be wrong. Each has words in `messages/*.json` under `signatories.settings.errors`. */
export type SettingsError =
  'tooLong' | 'controlCharacter' | 'webAddress' | 'placeholder' | 'pageSize' | 'notChosen';

const { by, latin, leading } = listSettingsSchema.shape;

const checked = z
  .string()
  .optional()
  .transform((value) => value === 'on');

/** A heading as typed; empty: the usual words. The number is the only thing that can be filled in. */
const heading = oneLine(HEADING_MAX)
  .refine((value) => !/[{}]/.test(value.replaceAll('{count}', '')), 'placeholder')
  .transform(orNull);

/** Fewest and most entries a page. */
export const PAGE_SIZES = { min: 10, max: 1_000 };

const pageSize = z
  .string()
  .max(20, 'pageSize')
  .trim()
  .regex(/^\d{1,4}$/, 'pageSize')
  .transform(Number)
  .pipe(z.number().min(PAGE_SIZES.min, 'pageSize').max(PAGE_SIZES.max, 'pageSize'));

/** The form of a list's settings. Its fields are named flat; an unchecked box is not sent. */
export const settingsFormSchema = z
  .object({
    by: by.unwrap(),
    legalFormCounts: checked,
    latin: latin.unwrap(),
    headingCoordinatingJa: heading,
    headingCoordinatingEn: heading,
    headingAllJa: heading,
    headingAllEn: heading,
    offersWithheld: checked,
    leading: leading.unwrap(),
    pageSize,
  })
  .transform(
    ({
      headingCoordinatingJa,
      headingCoordinatingEn,
      headingAllJa,
      headingAllEn,
      ...settings
    }): ListSettings => ({
      ...settings,
      headings: {
        coordinating: { ja: headingCoordinatingJa, en: headingCoordinatingEn },
        all: { ja: headingAllJa, en: headingAllEn },
      },
    }),
  );

/** The field in which a list's heading is typed. */
export const headingField = (list: 'coordinating' | 'all', language: 'ja' | 'en') =>
  `heading${list === 'coordinating' ? 'Coordinating' : 'All'}${language === 'ja' ? 'Ja' : 'En'}`;

/** The fields of {@link settingsFormSchema} that say `settings`; a checked box is `on`, another is absent. */
export function settingsForm(settings: ListSettings): Record<string, string> {
  const { by, latin, leading, headings, legalFormCounts, offersWithheld, pageSize } = settings;
  return {
    by,
    latin,
    leading,
    headingCoordinatingJa: headings.coordinating.ja ?? '',
    headingCoordinatingEn: headings.coordinating.en ?? '',
    headingAllJa: headings.all.ja ?? '',
    headingAllEn: headings.all.en ?? '',
    pageSize: String(pageSize),
    ...(legalFormCounts && { legalFormCounts: 'on' }),
    ...(offersWithheld && { offersWithheld: 'on' }),
  };
}

/** Settings that a form carries as JSON: what it was filled with. */
export const seenSettingsSchema = carried.pipe(listSettingsSchema);

/** Most entries that can be pinned at either end of a list. */
const PINS_MAX = 1_000;

const ids = z
  .string()
  .max(PINS_MAX * 37) // a UUID and a space
  .transform((text) => text.split(' ').filter(Boolean))
  .pipe(z.array(z.uuid()).max(PINS_MAX));

/** What a form asks for that pins an entry; `first` and `last`: the pins it was shown with. */
export const pinSchema = z.object({ id: z.uuid(), place: z.enum(PLACES), first: ids, last: ids });
