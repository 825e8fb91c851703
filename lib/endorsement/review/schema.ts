import { z } from 'zod';
import { country, namesSchema, optionalWebsite, type FieldError } from '@/lib/endorsement/schema';
import { bounded, lines, orNull } from '@/lib/platform/forms/fields';

/** Longest note to a representative, in characters. */
export const NOTE_MAX = 1_000;

export const DECLINE_REASONS = [
  'duplicate',
  'not_an_organization',
  'not_authorised',
  'unverifiable',
  'out_of_scope',
  'other',
] as const;

/** Every way a field of the review's forms can be wrong; `endorsement.review.forms.errors` in `messages/*.json` has words for each. */
export type ReviewError = Extract<
  FieldError,
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
>;

/** The entry a coordinator acts on, and the version of it that they saw. */
const seen = { id: z.uuid(), version: z.coerce.number().int().positive() };

const note = bounded(NOTE_MAX, (raw) =>
  raw.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\0', '').trim(),
)
  .pipe(z.string().max(NOTE_MAX, { error: 'tooLong' }))
  .transform(orNull);

/** A decision as it comes in from the review. Its messages are codes, as those of a sign-up are. */
export const decisionSchema = z.discriminatedUnion('step', [
  z.object({
    ...seen,
    step: z.literal('approve'),
    /** The organization that it is, where there is one already; otherwise a new one. */
    organization: z.preprocess((value) => value || undefined, z.uuid().optional()),
  }),
  z.object({
    ...seen,
    step: z.literal('decline'),
    reason: z.enum(DECLINE_REASONS, { error: 'required' }),
    note,
  }),
  z.object({ ...seen, step: z.literal('withdraw') }),
  z.object({ ...seen, step: z.literal('take_back') }),
]);

export type Decision = z.output<typeof decisionSchema>;

/** A correction of an organization's names, and of whether it coordinates the letter, as it comes in from the review. */
export const correctionSchema = z.intersection(
  z.object({
    ...seen,
    coordinating: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
  }),
  namesSchema,
);

export type Correction = z.output<typeof correctionSchema>;

/** Longest note on where a coordinator knows an endorsement from, in characters. */
export const EVIDENCE_MAX = 1_000;

/** An endorsement that a coordinator attests, as its form sends it. */
export const attestSchema = z.intersection(
  namesSchema,
  z.object({
    website: optionalWebsite,
    country,
    visibility: z.enum(['named', 'withheld'], { error: 'invalidChoice' }),
    evidence: lines(EVIDENCE_MAX).pipe(z.string().min(1, { error: 'required' })),
  }),
);

export type Attested = z.output<typeof attestSchema>;

export const REVIEW_STATES = [
  'verified',
  'approved',
  'declined',
  'withdrawn',
  'submitted',
] as const;

/** What the queue shows, from the address of its page; anything malformed falls back to the first page of the queue. */
export const queueSchema = z.object({
  state: z.enum(REVIEW_STATES).catch('verified'),
  // PostgreSQL takes no NUL.
  q: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll('\0', ''))
    .catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type QueueView = z.output<typeof queueSchema>;
