import { z } from 'zod';
import { country, namesSchema, website, type FieldError } from '@/lib/endorsement/schema';
import type { FileFault } from '../attested/evidence';
import { CATEGORY_ID_MAX } from '@/lib/letter/categories';
import { bounded, lines, orNull } from '@/lib/platform/forms/fields';
import { filterFields } from './filters/schema';
import { ORIGIN } from './trends/rules';

/** Maximum length of a note to a representative or for colleagues, in characters. */
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
export type ReviewError =
  | Extract<
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
    >
  | 'reasonGone'
  | 'evidenceRequired'
  | 'whyRequired'
  | FileFault;

/** The entry that a form is about, and the version that the coordinator saw. */
const seen = { id: z.uuid(), version: z.coerce.number().int().positive() };

const note = bounded(NOTE_MAX, (raw) =>
  raw.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\0', '').trim(),
)
  .pipe(z.string().max(NOTE_MAX, { error: 'tooLong' }))
  .transform(orNull);

/** Maximum number of notes for colleagues on an entry. */
export const NOTES_MAX = 50;

/** All error codes of a note for colleagues. */
export type EntryNoteError = 'required' | 'tooLong' | 'controlCharacter';

/** A note about an entry for the letter's coordinators. */
export const entryNoteSchema = z.object({
  id: z.uuid(),
  entryNote: lines(NOTE_MAX).pipe(z.string().min(1, { error: 'required' })),
});

/** A note, and the entry that it is about. */
export const noteSchema = z.object({ id: z.uuid(), note: z.uuid() });

const isReason = (reason: string) =>
  z.union([z.enum(DECLINE_REASONS), z.uuid()]).safeParse(reason).success;

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
    /** One of {@link DECLINE_REASONS}, or the id of one of the letter's own. */
    reason: z.string({ error: 'required' }).refine(isReason, { error: 'required' }),
    note,
  }),
  z.object({ ...seen, step: z.literal('withdraw') }),
  z.object({ ...seen, step: z.literal('take_back') }),
]);

export type Decision = z.output<typeof decisionSchema>;

/** The schema of a button about an entry. */
export const entryAsSeenSchema = z.object(seen);

export type EntryAsSeen = z.output<typeof entryAsSeenSchema>;

/** The schema of a decision on a change that an organization proposed; the note goes to it. */
export const changeDecisionSchema = z.object({
  ...seen,
  decision: z.enum(['accept', 'decline'], { error: 'required' }),
  note,
});

export type ChangeDecision = z.output<typeof changeDecisionSchema>;

/** The schema of a correction of an organization's names. */
export const correctionSchema = z.intersection(z.object(seen), namesSchema);

export type Correction = z.output<typeof correctionSchema>;

/** The schema of whether an organization coordinates the letter. */
export const coordinatingSchema = z.object({
  ...seen,
  coordinating: z.enum(['true', 'false']).transform((value) => value === 'true'),
});

export type CoordinatingChange = z.output<typeof coordinatingSchema>;

/** The schema of a correction of an entry's category, by its id. */
export const categorySchema = z.object({
  ...seen,
  category: z.string().min(1).max(CATEGORY_ID_MAX),
});

export type CategoryChange = z.output<typeof categorySchema>;

/** Maximum length of a note on evidence, in characters. */
export const EVIDENCE_MAX = 1_000;

/** The schema of the form for attested endorsements. */
export const attestSchema = z
  .intersection(
    namesSchema,
    z.object({
      website,
      country,
      visibility: z.enum(['named', 'withheld'], { error: 'invalidChoice' }),
      evidence: lines(EVIDENCE_MAX).pipe(z.string().min(1, { error: 'required' })),
    }),
  )
  .and(
    z
      .object({
        /** An id; whether the letter has such a category is for the command to say. */
        category: bounded(CATEGORY_ID_MAX, (raw) => raw.trim() || null),
        /** The form had a field for it. */
        asksCategory: z.literal('on').optional(),
      })
      .transform(({ category, asksCategory }, context) => {
        if (asksCategory && category === null)
          context.addIssue({ code: 'custom', path: ['category'], message: 'required' });
        return { category };
      }),
  );

export type Attested = z.output<typeof attestSchema>;

/** The schema of the form with which a coordinator vouches for an unconfirmed sign-up. */
export const vouchSchema = z.object({
  ...seen,
  /** The binding revision that the coordinator saw. */
  text: z.coerce.number().int().positive(),
  evidence: lines(EVIDENCE_MAX).pipe(z.string().min(1, { error: 'evidenceRequired' })),
  evidenceFile: z.instanceof(File).optional().catch(undefined),
});

export type Vouched = Omit<z.output<typeof vouchSchema>, 'evidenceFile'>;

/** The schema of the form with which a coordinator dismisses the denial of an attested entry. */
export const dismissalSchema = z.object({
  ...seen,
  why: lines(NOTE_MAX).pipe(z.string().min(1, { error: 'whyRequired' })),
});

export type Dismissal = z.output<typeof dismissalSchema>;

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

/** What entries are searched for. PostgreSQL rejects NUL in text. */
const q = z
  .string()
  .max(200)
  .transform((text) => text.replaceAll('\0', ''))
  .catch('');

/** The fields by which entries are looked for in any state: a text, a place of origin, and filters. */
export const lookedForFields = {
  q,
  /** From where the sign-up came. */
  origin: z.string().regex(ORIGIN).optional().catch(undefined),
  ...filterFields,
};

/** What entries are looked for by. */
export type LookedFor = z.output<z.ZodObject<typeof lookedForFields>>;

/**
 * Parses the view of the queue from the query string; malformed values fall back to the first page.
 */
export const queueSchema = z.object({
  state: z.enum(QUEUE_STATES).catch('verified'),
  ...lookedForFields,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

export type QueueView = z.output<typeof queueSchema>;

/** The mails that tell a representative of decisions. */
export const DECISION_MAILS = ['approved', 'declined', 'reopened'] as const;
