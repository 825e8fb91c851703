/**
 * The schema of a sign-up, shared by the form and the JSON API. Messages are error codes, which
 * pages and clients translate.
 */
import { z } from 'zod';
import { iso31661 } from 'iso-3166';
import type { ListSettings, WebsiteChoice } from '@/lib/letter/list-settings';
import type { Names } from '@/lib/organization/names';
import { languageOfName } from '@/lib/organization/official-name';
import { bounded, errorsByField, offeredLanguage } from '@/lib/platform/forms/fields';
import { present } from '@/lib/platform/languages';
import { rawMax, rawProblem } from '@/lib/platform/text/raw-text';
import {
  NAME_MAX,
  READING_MAX,
  isLatinWriting,
  isReading,
  nameProblem,
  needsReading,
  tidyName,
} from '@/lib/organization/rules';
import { tidyWebsite, WEBSITE_MAX, websiteUrl } from '@/lib/organization/website';
import { EMAIL_MAX, storedAddress, tidyAddress } from '@/lib/platform/mail/address';

/** For organizations that belong to no country: a code that ISO 3166-1 leaves to its users. */
export const INTERNATIONAL = 'XX';

/**
 * The countries to choose from: the ISO 3166-1 alpha-2 codes, `XK` for Kosovo as CLDR has it, and
 * {@link INTERNATIONAL}.
 */
export const COUNTRIES: string[] = [
  ...iso31661.filter((entry) => entry.state === 'assigned').map((entry) => entry.alpha2),
  'XK',
  INTERNATIONAL,
];

export const PERSON_MAX = 100;

/**
 * All error codes of fields. Their messages are in `messages/*.json` under `endorsement.errors`.
 */
export type FieldError =
  | 'required'
  | 'tooLong'
  | 'controlCharacter'
  | 'containsAddress'
  | 'noLetters'
  | 'oneNameRequired'
  | 'notLatin'
  | 'sameLanguage'
  | 'readingRequired'
  | 'readingNotKana'
  | 'invalidWebsite'
  | 'invalidCountry'
  | 'invalidEmail'
  | 'invalidChoice'
  | 'tidied';

const fail = (context: z.RefinementCtx, path: string, code: FieldError) =>
  context.addIssue({ code: 'custom', path: [path], message: code });

/**
 * A tidied line of text; a missing value counts as empty, and anything but text as missing. `max`
 * limits the raw text; callers limit the result.
 */
const line = (max: number) => bounded(max, tidyName);

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
  name: line(NAME_MAX),
  nameJa: line(NAME_MAX),
  reading: line(READING_MAX),
  nameEn: line(NAME_MAX),
  /** A hint at the language of a name in Chinese characters; {@link country} checks it. */
  country: z.string().catch(''),
});

type TypedNames = z.output<typeof typedNames>;

/** The names by language: the official one, and those in the languages that the form offers. */
function namesIn({ name, nameJa, nameEn, reading, country }: TypedNames): Names {
  const offered = { ja: nameJa, en: nameEn };
  const names = name
    ? present({ ...offered, [languageOfName(name, { country, reading })]: name })
    : present(offered);
  return { names, reading: (names.ja && reading) || null };
}

function checkNames(typed: TypedNames, context: z.RefinementCtx, asksReading: boolean): void {
  const { name, nameJa, nameEn, reading } = typed;
  if (!name && !nameJa && !nameEn) fail(context, 'name', 'oneNameRequired');
  for (const field of ['name', 'nameJa', 'nameEn'] as const) {
    const problem = typed[field] && nameProblem(typed[field], NAME_MAX);
    if (problem) fail(context, field, problem);
    else if (field === 'nameEn' && !isLatinWriting(nameEn)) fail(context, field, 'notLatin');
  }
  // Two different names in one language: the official one, and one for readers of that language.
  const { names } = namesIn(typed);
  if (nameJa && names.ja !== nameJa) fail(context, 'nameJa', 'sameLanguage');
  if (nameEn && names.en !== nameEn) fail(context, 'nameEn', 'sameLanguage');
  if (reading) {
    const problem = nameProblem(reading, READING_MAX);
    if (problem) fail(context, 'reading', problem);
    else if (!isReading(reading)) fail(context, 'reading', 'readingNotKana');
  } else if (asksReading && names.ja && needsReading(names.ja)) {
    fail(context, 'reading', 'readingRequired');
  }
}

const namesSchemaFor = (asksReading: boolean) =>
  typedNames
    .superRefine((typed, context) => checkNames(typed, context, asksReading))
    .transform(namesIn);

/**
 * The names of an organization, validated together; also used for coordinators' corrections: the
 * official name in any script, and the names for readers of the languages that forms offer. One of
 * them suffices. The reading belongs to the Japanese name.
 */
export const namesSchema = namesSchemaFor(true);

/** A website, or null if there is none. Whether it is required is a setting of the letter. */
export const website = bounded(WEBSITE_MAX, tidyWebsite).transform((value, context) => {
  if (value === '') return null;
  const url = value.length > WEBSITE_MAX ? null : websiteUrl(value);
  if (url && url.length <= WEBSITE_MAX) return url;
  const problem: FieldError = value.length > WEBSITE_MAX ? 'tooLong' : 'invalidWebsite';
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});

/** The country an organization is based in. */
export const country = line(2).refine((value) => COUNTRIES.includes(value), {
  error: 'invalidCountry',
});

/** The website as the letter asks for it. */
const websiteFor = (choice: WebsiteChoice) =>
  website.transform((url, context) => {
    if (choice === 'not-asked') return null;
    if (!url && choice === 'required')
      context.addIssue({ code: 'custom', message: 'required' satisfies FieldError });
    return url;
  });

const otherFields = z.object({
  country,
  representativeName: requiredName,
  representativeRole: requiredName,
  representativeEmail: bounded(EMAIL_MAX, tidyAddress).transform((value, context) => {
    const address = storedAddress(value);
    if (address) return address;
    const problem: FieldError =
      value === '' ? 'required' : value.length > EMAIL_MAX ? 'tooLong' : 'invalidEmail';
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  }),
  visibility: z.enum(['named', 'withheld'], { error: 'invalidChoice' }),
  mayEndorse: ticked,
  privacyConsent: ticked,
  language: offeredLanguage,
});

/** The settings of a letter that decide what its sign-up form asks. */
export type Asked = Pick<ListSettings, 'by' | 'website'>;

/** Whether a Japanese name needs its reading: the letter's list is in Japanese order. */
export const asksReading = ({ by }: Asked): boolean => by === 'japanese';

/**
 * The schema of a sign-up for a letter; its output is normalised and complete. An intersection,
 * because checks across several fields of an object do not run while any field is invalid, and
 * their errors would appear only on the next attempt.
 */
export const signUpSchema = (asked: Asked) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
    z.intersection(
      namesSchemaFor(asksReading(asked)),
      otherFields.extend({ website: websiteFor(asked.website) }),
    ),
  );

export type SignUp = z.output<ReturnType<typeof signUpSchema>>;

/** The fields of the sign-up form. */
const SIGN_UP_FIELDS = [
  'name',
  'reading',
  'nameJa',
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

/** How the fields of free text are tidied. */
const TIDY: Partial<Record<SignUpField, { max: number; tidy: (typed: string) => string }>> = {
  name: { max: NAME_MAX, tidy: tidyName },
  nameJa: { max: NAME_MAX, tidy: tidyName },
  reading: { max: READING_MAX, tidy: tidyName },
  nameEn: { max: NAME_MAX, tidy: tidyName },
  website: { max: WEBSITE_MAX, tidy: tidyWebsite },
  representativeName: { max: PERSON_MAX, tidy: tidyName },
  representativeRole: { max: PERSON_MAX, tidy: tidyName },
  representativeEmail: { max: EMAIL_MAX, tidy: tidyAddress },
};

/**
 * The values of the sign-up form as they will be stored, and the fields in which that is more than
 * white space around the text, so that they can be shown before they are sent. Raw text that must
 * not be read (`rawProblem`) stays as typed.
 */
export function tidied(typed: Record<SignUpField, string>): {
  typed: Record<SignUpField, string>;
  changed: SignUpField[];
} {
  const all = { ...typed };
  const changed: SignUpField[] = [];
  for (const field of SIGN_UP_FIELDS) {
    const rule = TIDY[field];
    if (!rule || rawProblem(typed[field], rule.max)) continue;
    all[field] = rule.tidy(typed[field]);
    // Which way a letter is composed (NFC) cannot be seen.
    if (all[field] !== typed[field].trim().normalize('NFC')) changed.push(field);
  }
  return { typed: all, changed };
}

/** Error codes by field, in the order found; returned by the API with 422 and shown by the form. */
export type FieldErrors = Record<string, FieldError[]>;

/** The error codes of a failed parse, by field. */
export const fieldErrors = (error: z.ZodError) => errorsByField(error) as FieldErrors;
