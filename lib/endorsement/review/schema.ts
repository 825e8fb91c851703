import { z } from 'zod';
import { country, namesSchema, website, type FieldError } from '@/lib/endorsement/schema';
import { bounded, lines, orNull } from '@/lib/platform/forms/fields';

/** Maximum length of a note to a representative, in characters. */
export const NOTE_MAX = 1_000;

export const DECLINE_REASONS = [
  'duplicate',
  'not_an_organization',
  'not_authorised',
  'unverifiable',
  'out_of_scope',
  'other',
] as const;

/**
 * All error codes of the review's forms. Their messages are in `messages/*.json` under
 * `endorsement.review.forms.errors`.
 */
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

/** The entry that a form is about, and the version that the coordinator saw. */
const seen = { id: z.uuid(), version: z.coerce.number().int().positive() };

const note = bounded(NOTE_MAX, (raw) =>
  raw.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\0', '').trim(),
)
  .pipe(z.string().max(NOTE_MAX, { error: 'tooLong' }))
  .transform(orNull);

/** The schema of a decision. Messages are error codes, as for sign-ups. */
export const decisionSchema = z.discriminatedUnion('step', [
  z.object({
    ...seen,
    step: z.literal('approve'),
    /** Id of the existing organization; null (an empty field): a new one; missing: that of an earlier approval, else a new one. */
    organization: z.preprocess((value) => (value === '' ? null : value), z.uuid().nullish()),
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

/**
 * The schema of a correction of an organization's names and of whether it coordinates the letter.
 */
export const correctionSchema = z.intersection(
  z.object({
    ...seen,
    coordinating: z.preprocess((value) => value === 'on' || value === true, z.boolean()),
  }),
  namesSchema,
);

export type Correction = z.output<typeof correctionSchema>;

/** Maximum length of a note on evidence, in characters. */
export const EVIDENCE_MAX = 1_000;

/** The schema of the form for attested endorsements. */
export const attestSchema = z.intersection(
  namesSchema,
  z.object({
    website,
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

/** What the queue can show: the entries in one state, or in all. */
export const QUEUE_STATES = [...REVIEW_STATES, 'all'] as const;

export type QueueState = (typeof QUEUE_STATES)[number];

/**
 * Parses the view of the queue from the query string; malformed values fall back to the first page.
 */
export const queueSchema = z.object({
  state: z.enum(QUEUE_STATES).catch('verified'),
  // PostgreSQL rejects NUL in text.
  q: z
    .string()
    .max(200)
    .transform((text) => text.replaceAll('\0', ''))
    .catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type QueueView = z.output<typeof queueSchema>;

/** The mails that tell a representative of decisions. */
export const DECISION_MAILS = ['approved', 'declined', 'reopened'] as const;
