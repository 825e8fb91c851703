/**
 * The schema of a sign-up, shared by the form and the JSON API. Messages are error codes, which
 * pages and clients translate.
 */
import { z } from 'zod';
import { iso31661 } from 'iso-3166';
import { CATEGORY_ID_MAX, categoryOf, type Category } from '@/lib/letter/categories';
import { listSettings, type ListSettings, type QuestionChoice } from '@/lib/letter/list-settings';
import type { Names } from '@/lib/organization/names';
import { languageOfName } from '@/lib/organization/official-name';
import { bounded, errorsByField, offeredLanguage, orNull } from '@/lib/platform/forms/fields';
import { LANGUAGES, present } from '@/lib/platform/languages';
import { isDay } from '@/lib/platform/dates';
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
/** Maximum length of who authorised a signature, in characters. */
export const AUTHORISED_BY_MAX = 200;

/** What authorises a signature in an organization: a board's decision, its statutes, a director. */
export const AUTHORISATIONS = ['board', 'statute', 'director', 'other'] as const;

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
  | 'invalidDate'
  | 'tidied';

/**
 * Ends its schema: Zod would go on to join what is left of both parts of an intersection, and throw,
 * since both hold the country, of which only one is tidied.
 */
const fail = (context: z.RefinementCtx, path: string, code: FieldError) =>
  context.addIssue({ code: 'custom', path: [path], message: code, continue: false });

/**
 * A tidied line of text; a missing value counts as empty, and anything but text as missing. `max`
 * limits the raw text; callers limit the result.
 */
const line = (max: number) => bounded(max, tidyName);

const requiredName = line(PERSON_MAX).superRefine((value, context) => {
  const problem = value === '' ? 'required' : nameProblem(value, PERSON_MAX);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** A person's name or role, or null. */
export const optionalName = line(PERSON_MAX)
  .superRefine((value, context) => {
    const problem = value && nameProblem(value, PERSON_MAX);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  })
  .transform(orNull);

/** An e-mail address, or null where none is given and none has to be. */
const addressField = <Missing extends null | never>(whenEmpty: 'required' | 'null') =>
  bounded(EMAIL_MAX, tidyAddress).transform((value, context): string | Missing => {
    if (value === '' && whenEmpty === 'null') return null as Missing;
    const address = storedAddress(value);
    if (address) return address;
    const problem: FieldError =
      value === '' ? 'required' : value.length > EMAIL_MAX ? 'tooLong' : 'invalidEmail';
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

export const optionalAddress = addressField<null>('null');

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

/**
 * Names as the fields of the sign-up form hold them: the reverse of {@link namesIn}. The official
 * one is the first whose language is the one that its letters tell.
 */
export function typedFromNames(
  { names, reading: known }: Names,
  country: string,
): Record<'name' | 'nameJa' | 'nameEn' | 'reading', string> {
  const reading = known ?? '';
  const languages = Object.keys(names).sort(
    (a, b) => Number(LANGUAGES.includes(a)) - Number(LANGUAGES.includes(b)),
  );
  const official = languages.find(
    (language) => languageOfName(names[language] ?? '', { country, reading }) === language,
  );
  const other = (language: string) => (language === official ? '' : (names[language] ?? ''));
  return {
    name: official === undefined ? '' : (names[official] ?? ''),
    nameJa: other('ja'),
    nameEn: other('en'),
    reading,
  };
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

/** {@link namesSchema}, with or without the obligation to give a reading. */
export const namesSchemaFor = (asksReading: boolean) =>
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
export const websiteFor = (choice: QuestionChoice) =>
  website.transform((url, context) => {
    if (choice === 'not-asked') return null;
    if (!url && choice === 'required')
      context.addIssue({ code: 'custom', message: 'required' satisfies FieldError });
    return url;
  });

/** One of the letter's categories, by its id; null in a letter without categories. */
export const categoryFor = (categories: readonly Category[]) =>
  line(CATEGORY_ID_MAX).transform((id, context) => {
    if (categories.length === 0) return null;
    if (categoryOf({ categories }, id)) return id;
    const problem: FieldError = id === '' ? 'required' : 'invalidChoice';
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

/** How far east of UTC a day begins, at most. */
const EARLIEST_DAY_MS = 14 * 3_600_000;

/** Whether a text is a date on which something can have happened: today somewhere, or earlier. */
const isPastDay = (text: string): boolean =>
  isDay(text) && text <= new Date(Date.now() + EARLIEST_DAY_MS).toISOString().slice(0, 10);

type Authorisation = (typeof AUTHORISATIONS)[number];

const isAuthorisation = (text: string): text is Authorisation =>
  AUTHORISATIONS.some((known) => known === text);

const NOTHING = { authorisedHow: '', authorisedBy: '', authorisedOn: '' };

const typedAuthorisation = z.object({
  authorisedHow: line(AUTHORISED_BY_MAX),
  authorisedBy: line(AUTHORISED_BY_MAX),
  authorisedOn: line(AUTHORISED_BY_MAX),
});

/**
 * Who in the organization authorised the signature, how and when, as the letter asks for it. Where
 * it must be said, only statutes need no date.
 */
const authorisationFor = (choice: QuestionChoice) =>
  (choice === 'not-asked' ? typedAuthorisation.catch(NOTHING) : typedAuthorisation)
    .superRefine(({ authorisedHow, authorisedBy, authorisedOn }, context) => {
      if (choice === 'not-asked') return;
      const isRequired = choice === 'required';
      if (authorisedHow === '' ? isRequired : !isAuthorisation(authorisedHow))
        fail(context, 'authorisedHow', authorisedHow === '' ? 'required' : 'invalidChoice');
      const problem = authorisedBy && nameProblem(authorisedBy, AUTHORISED_BY_MAX);
      if (problem) fail(context, 'authorisedBy', problem);
      else if (isRequired && !authorisedBy) fail(context, 'authorisedBy', 'required');
      if (authorisedOn ? !isPastDay(authorisedOn) : isRequired && authorisedHow !== 'statute')
        fail(context, 'authorisedOn', authorisedOn ? 'invalidDate' : 'required');
    })
    .transform(({ authorisedHow, authorisedBy, authorisedOn }) => {
      const isAsked = choice !== 'not-asked';
      return {
        authorisedHow: isAsked && isAuthorisation(authorisedHow) ? authorisedHow : null,
        authorisedBy: (isAsked && authorisedBy) || null,
        authorisedOn: (isAsked && authorisedOn) || null,
      };
    });

/** Whether the name is published. */
export const visibility = z.enum(['named', 'withheld'], { error: 'invalidChoice' });

/** Who represents the organization, and as what. */
export const personSchema = z.object({
  representativeName: requiredName,
  representativeRole: requiredName,
});

export type Person = z.output<typeof personSchema>;

/** The address of a representative. */
export const representativeEmail = addressField<never>('required');

const otherFields = personSchema.extend({
  country,
  representativeEmail,
  visibility,
  mayEndorse: ticked,
  privacyConsent: ticked,
  language: offeredLanguage,
});

/** The settings of a letter that decide what its sign-up form asks. */
export type Asked = Pick<ListSettings, 'by' | 'website' | 'authorisation' | 'categories'>;

const USUAL_SETTINGS: Asked = listSettings({});

/** Whether a Japanese name needs its reading: the letter's list is in Japanese order. */
export const asksReading = ({ by }: Pick<Asked, 'by'>): boolean => by === 'japanese';

const schemas = new WeakMap<Asked, ReturnType<typeof schemaFor>>();

/**
 * The schema of a sign-up for a letter; of none, that of a letter with the usual settings. Making one
 * takes longer than using it, so it is kept with the settings.
 */
export function signUpSchema(asked: Asked = USUAL_SETTINGS) {
  const schema = schemas.get(asked) ?? schemaFor(asked);
  schemas.set(asked, schema);
  return schema;
}

/**
 * Its output is normalised and complete. An intersection,
 * because checks across several fields of an object do not run while any field is invalid, and
 * their errors would appear only on the next attempt.
 */
const schemaFor = (asked: Asked) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
    z.intersection(
      namesSchemaFor(asksReading(asked)),
      z.intersection(
        otherFields.extend({
          website: websiteFor(asked.website),
          category: categoryFor(asked.categories),
        }),
        authorisationFor(asked.authorisation),
      ),
    ),
  );

export type SignUp = z.output<ReturnType<typeof schemaFor>>;

/** The fields of the sign-up form. */
const SIGN_UP_FIELDS = [
  'name',
  'reading',
  'nameJa',
  'nameEn',
  'category',
  'website',
  'country',
  'representativeName',
  'representativeRole',
  'representativeEmail',
  'authorisedHow',
  'authorisedBy',
  'authorisedOn',
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

/** How the fields of free text are tidied, and how long they may be, in characters. */
const TIDY: Partial<Record<SignUpField, { max: number; tidy: (typed: string) => string }>> = {
  name: { max: NAME_MAX, tidy: tidyName },
  nameJa: { max: NAME_MAX, tidy: tidyName },
  reading: { max: READING_MAX, tidy: tidyName },
  nameEn: { max: NAME_MAX, tidy: tidyName },
  website: { max: WEBSITE_MAX, tidy: tidyWebsite },
  representativeName: { max: PERSON_MAX, tidy: tidyName },
  representativeRole: { max: PERSON_MAX, tidy: tidyName },
  representativeEmail: { max: EMAIL_MAX, tidy: tidyAddress },
  authorisedBy: { max: AUTHORISED_BY_MAX, tidy: tidyName },
};

/** The maximum length of each field of free text, in characters, for its error message. */
export const LIMITS: Partial<Record<SignUpField, number>> = Object.fromEntries(
  Object.entries(TIDY).map(([field, { max }]) => [field, max]),
);

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
