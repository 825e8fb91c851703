/**
 * The schema of a sign-up, shared by the form and the JSON API. Messages are error codes, which
 * pages and clients translate.
 */
import { z } from 'zod';
import { iso31661 } from 'iso-3166';
import type { Names } from '@/lib/organization/names';
import { bounded, errorsByField, offeredLanguage } from '@/lib/platform/forms/fields';
import { present } from '@/lib/platform/languages';
import { rawMax } from '@/lib/platform/text/raw-text';
import {
  NAME_MAX,
  READING_MAX,
  WEBSITE_MAX,
  isJapaneseWriting,
  isReading,
  nameProblem,
  needsReading,
  normaliseLine,
  normaliseWebsite,
} from '@/lib/organization/rules';

/** ISO 3166-1 alpha-2 codes of the countries to choose from. */
export const COUNTRIES: string[] = iso31661
  .filter((entry) => entry.state === 'assigned')
  .map((entry) => entry.alpha2);

export const PERSON_MAX = 100;
/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets including its angle brackets. */
export const EMAIL_MAX = 254;

/**
 * All error codes of fields. Their messages are in `messages/*.json` under `endorsement.errors`.
 */
export type FieldError =
  | 'required'
  | 'tooLong'
  | 'invalidStart'
  | 'controlCharacter'
  | 'containsAddress'
  | 'noLetters'
  | 'oneNameRequired'
  | 'japaneseInEnglishName'
  | 'readingRequired'
  | 'readingNotKana'
  | 'invalidWebsite'
  | 'invalidCountry'
  | 'invalidEmail'
  | 'invalidChoice';

const fail = (context: z.RefinementCtx, path: string, code: FieldError) =>
  context.addIssue({ code: 'custom', path: [path], message: code });

/**
 * A normalised line of text; a missing value counts as empty, and anything but text as missing.
 * `max` limits the raw text; callers limit the result.
 */
const line = (max: number) => bounded(max, normaliseLine);

const requiredName = line(PERSON_MAX).superRefine((value, context) => {
  const problem = value === '' ? 'required' : nameProblem(value, PERSON_MAX);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** A checkbox: `true` in JSON, `on` in a form. */
const ticked = z.preprocess(
  (value) => value === true || value === 'on' || value === 'true',
  z.literal(true, { error: 'required' }),
);

const typedNames = z.object({
  nameJa: line(NAME_MAX),
  reading: line(READING_MAX),
  nameEn: line(NAME_MAX),
});

function checkNames(names: z.output<typeof typedNames>, context: z.RefinementCtx): void {
  if (!names.nameJa && !names.nameEn) fail(context, 'nameJa', 'oneNameRequired');
  if (names.nameJa) {
    const problem = nameProblem(names.nameJa, NAME_MAX);
    if (problem) fail(context, 'nameJa', problem);
  }
  if (names.nameEn) {
    const problem = nameProblem(names.nameEn, NAME_MAX);
    if (problem) fail(context, 'nameEn', problem);
    else if (isJapaneseWriting(names.nameEn)) fail(context, 'nameEn', 'japaneseInEnglishName');
  }
  if (names.reading) {
    const problem = nameProblem(names.reading, READING_MAX);
    if (problem) fail(context, 'reading', problem);
    else if (!isReading(names.reading)) fail(context, 'reading', 'readingNotKana');
  } else if (needsReading(names.nameJa)) {
    fail(context, 'reading', 'readingRequired');
  }
}

/**
 * The names of an organization, validated together; also used for coordinators' corrections. The
 * reading belongs to the Japanese name.
 */
export const namesSchema = typedNames
  .superRefine(checkNames)
  .transform(({ nameJa, reading, nameEn }): Names => ({
    names: present({ ja: nameJa, en: nameEn }),
    reading: (nameJa && reading) || null,
  }));

const website = (isRequired: boolean) =>
  line(WEBSITE_MAX).transform((value, context) => {
    if (value === '' && !isRequired) return null;
    const website = value.length > WEBSITE_MAX ? null : normaliseWebsite(value);
    if (website && website.length <= WEBSITE_MAX) return website;
    const problem: FieldError =
      value === '' ? 'required' : value.length > WEBSITE_MAX ? 'tooLong' : 'invalidWebsite';
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

/** A website, or null if empty. */
export const optionalWebsite = website(false);

/** The country an organization is based in. */
export const country = line(2).refine((value) => COUNTRIES.includes(value), {
  error: 'invalidCountry',
});

const otherFields = z.object({
  website: website(true).transform((value) => value!),
  country,
  representativeName: requiredName,
  representativeRole: requiredName,
  representativeEmail: line(EMAIL_MAX).superRefine((value, context) => {
    const problem: FieldError | null =
      value === ''
        ? 'required'
        : value.length > EMAIL_MAX
          ? 'tooLong'
          : z.email().safeParse(value).success
            ? null
            : 'invalidEmail';
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }),
  visibility: z.enum(['named', 'withheld'], { error: 'invalidChoice' }),
  mayEndorse: ticked,
  privacyConsent: ticked,
  language: offeredLanguage,
});

/**
 * The schema of a sign-up; its output is normalised and complete. An intersection, because checks
 * across several fields of an object do not run while any field is invalid, and their errors would
 * appear only on the next attempt.
 */
export const signUpSchema = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
  z.intersection(namesSchema, otherFields),
);

export type SignUp = z.output<typeof signUpSchema>;

/** The fields of the sign-up form. */
const SIGN_UP_FIELDS = [
  'nameJa',
  'reading',
  'nameEn',
  'website',
  'country',
  'representativeName',
  'representativeRole',
  'representativeEmail',
  'visibility',
  'mayEndorse',
  'privacyConsent',
] as const;

export type SignUpField = (typeof SIGN_UP_FIELDS)[number];

/**
 * Fields are truncated to this length: beyond every field's limit, so that a truncated value is
 * still refused as too long.
 */
const KEPT_MAX = rawMax(1_000);

/**
 * The raw values of the sign-up form; a checked box is `on`. Files, repeated fields and unknown
 * fields are ignored.
 */
export function typedSignUp(form: FormData): Record<SignUpField, string> {
  const entries = SIGN_UP_FIELDS.map((field) => {
    const value = form.get(field);
    return [field, typeof value === 'string' ? value.slice(0, KEPT_MAX) : ''];
  });
  return Object.fromEntries(entries) as Record<SignUpField, string>;
}

/** Error codes by field, in the order found; returned by the API with 422 and shown by the form. */
export type FieldErrors = Record<string, FieldError[]>;

/** The error codes of a failed parse, by field. */
export const fieldErrors = (error: z.ZodError) => errorsByField(error) as FieldErrors;
