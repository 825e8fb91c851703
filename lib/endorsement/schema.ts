/**
 * What a sign-up holds, for the form and the JSON API alike. Messages are codes: pages and clients turn them into words.
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

/** ISO 3166-1 alpha-2 codes of the countries an organization can be based in. */
export const COUNTRIES: string[] = iso31661
  .filter((entry) => entry.state === 'assigned')
  .map((entry) => entry.alpha2);

export const PERSON_MAX = 100;
/** RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets. */
export const EMAIL_MAX = 254;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `endorsement.errors`. */
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

/** A line of text, normalised; missing counts as empty, and anything but text as missing. Its raw text is bounded by `max`, the result by its user. */
const line = (max: number) => bounded(max, normaliseLine);

const requiredName = line(PERSON_MAX).superRefine((value, context) => {
  const problem = value === '' ? 'required' : nameProblem(value, PERSON_MAX);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** The box was ticked: `true` in JSON, `on` from a form. */
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
 * The names of an organization, checked together; also what a coordinator corrects. The reading belongs to a Japanese name.
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

/** A website, or null where none is given. */
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
 * A sign-up as it comes in at the edge; its output is normalised and complete. An intersection, since a check over
 * several fields of one object would not run while any other field is wrong, and its errors would come a try later.
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

/** As much of a field as is kept: more than any of them may arrive with, so that what was cut is still refused as too long. */
const KEPT_MAX = rawMax(1_000);

/**
 * What was typed into the sign-up form, as the browser sent it; a box that was ticked is `on`. Whatever else a form may
 * hold (files, repeated or foreign fields) is not looked at.
 */
export function typedSignUp(form: FormData): Record<SignUpField, string> {
  const entries = SIGN_UP_FIELDS.map((field) => {
    const value = form.get(field);
    return [field, typeof value === 'string' ? value.slice(0, KEPT_MAX) : ''];
  });
  return Object.fromEntries(entries) as Record<SignUpField, string>;
}

/** Codes by field, each field's in the order found; what the API answers with 422 and the form shows. */
export type FieldErrors = Record<string, FieldError[]>;

/** The codes of a failed parse, by field. */
export const fieldErrors = (error: z.ZodError) => errorsByField(error) as FieldErrors;
