/** Schemas of the forms about imports, and how the rows of a list are read. Messages are error codes. */
import { z } from 'zod';
import type { ListSettings } from '@/lib/letter/list-settings';
import { NAME_MAX, READING_MAX } from '@/lib/organization/rules';
import { WEBSITE_MAX } from '@/lib/organization/website';
import { errorsByField, lines, offeredLanguage, orNull, typed } from '@/lib/platform/forms/fields';
import { LANGUAGES, type Language } from '@/lib/platform/languages';
import { EMAIL_MAX } from '@/lib/platform/mail/address';
import { EVIDENCE_MAX } from '../review/schema';
import {
  asksReading,
  categoryFor,
  COUNTRIES,
  country,
  namesSchemaFor,
  optionalAddress,
  optionalName,
  PERSON_MAX,
  visibility,
  website,
} from '../schema';
import type { ListedRow } from '../table/columns';
import { categoryIn, countryIn, languageIn, visibilityIn } from '../table/values';
import { IMPORT_KINDS, type ImportRow } from './rules';

/** A list: pasted, or a file; and what holds for rows that do not say. */
export const importListSchema = z.object({
  list: typed,
  tableFile: z.instanceof(File).optional().catch(undefined),
  /** The import whose list it replaces. */
  import: z.uuid().optional(),
  country: z
    .enum(['', ...COUNTRIES], { error: 'invalidCountry' })
    .optional()
    .default(''),
  visibility,
  category: z.string().max(36).optional().default(''),
  language: offeredLanguage,
});

/** What rows of a list hold that do not say it. */
export type RowDefaults = Pick<
  z.output<typeof importListSchema>,
  'country' | 'visibility' | 'category' | 'language'
>;

export const importSchema = z.object({ import: z.uuid() });

/** How the organizations signed, and what is to become of them. */
export const carryOutSchema = importSchema.extend({
  kind: z.enum(IMPORT_KINDS, { error: 'required' }),
  note: lines(EVIDENCE_MAX).transform(orNull),
  evidenceFile: z.instanceof(File).optional().catch(undefined),
  approves: z.enum(['approve', 'review'], { error: 'invalidChoice' }),
  leaveOut: z.literal('on').optional().transform(Boolean),
});

export type CarryOut = Omit<z.output<typeof carryOutSchema>, 'evidenceFile'>;

/** The maximum length of each field of a row, in characters, for its error message. */
export const ROW_LIMITS: Partial<Record<string, number>> = {
  name: NAME_MAX,
  nameJa: NAME_MAX,
  nameEn: NAME_MAX,
  reading: READING_MAX,
  website: WEBSITE_MAX,
  representativeName: PERSON_MAX,
  representativeRole: PERSON_MAX,
  representativeEmail: EMAIL_MAX,
  evidence: EVIDENCE_MAX,
};

/** The schema of a row for a letter, in the words of forms. */
const rowSchema = (settings: ListSettings) =>
  z.intersection(
    namesSchemaFor(asksReading(settings)),
    z.object({
      website,
      country,
      visibility,
      category: categoryFor(settings.categories),
      representativeName: optionalName,
      representativeRole: optionalName,
      representativeEmail: optionalAddress,
      evidence: lines(EVIDENCE_MAX).transform(orNull),
    }),
  );

/** Reads the rows of a list, each by itself: one with faults says what they are. */
export function importRows(
  rows: readonly ListedRow[],
  settings: ListSettings,
  defaults: RowDefaults,
): ImportRow[] {
  const schema = rowSchema(settings);
  return rows.map(({ number, values }): ImportRow => {
    const said = (value: string | undefined, fallback: string, read: (cell: string) => string) =>
      value?.trim() ? read(value) : fallback;
    const language = said(values.language, defaults.language, languageIn) as Language;
    const parsed = schema.safeParse({
      ...values,
      country: said(values.country, defaults.country, countryIn),
      visibility: said(values.visibility, defaults.visibility, visibilityIn),
      category: said(values.category, defaults.category, (cell) =>
        categoryIn(cell, settings.categories),
      ),
    });
    const { name, nameJa, nameEn, representativeEmail } = values;
    return {
      number,
      typed: {
        name:
          [name, nameJa, nameEn]
            .find((one) => one?.trim())
            ?.trim()
            .slice(0, 300) ?? '',
        country: (values.country ?? '').trim().slice(0, 100),
        email: (representativeEmail ?? '').trim().slice(0, 300),
      },
      faults: parsed.success ? {} : errorsByField(parsed.error),
      organization: parsed.success
        ? {
            ...parsed.data,
            language: LANGUAGES.includes(language) ? language : defaults.language,
          }
        : null,
    };
  });
}
