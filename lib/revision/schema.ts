import { z } from 'zod';
import { carried, day, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';

/** Longest reason for a change, in characters. */
export const REASON_MAX = 500;

const version = z.number().int().positive();

/** Every way a field can be wrong. Each has words in `messages/*.json` under `revision.admin.publish.errors`. */
export type PublicationError = 'required' | 'reasonRequired' | 'tooLong' | 'controlCharacter';

/** What the form of a publication was filled with, as it carries it. */
export const seenSchema = carried.pipe(
  z.object({
    /** Newest revision; null: nothing was published. */
    revision: version.nullable(),
    /** The version of each text. */
    versions: z.record(z.string(), version),
    date: day,
    authoritativeLanguage: z.string(),
  }),
);

/** A publication as its form sends it. Messages are codes. */
export const publicationSchema = z
  .intersection(
    z.object({
      kind: z.enum(['first', 'correction', 'translation', 'substance'], { error: 'required' }),
      seen: seenSchema,
    }),
    perLanguage('reason', oneLine(REASON_MAX)),
  )
  .transform(({ kind, seen, ...typed }) => ({
    kind,
    seen,
    reason: readByLanguage(typed, 'reason'),
  }));

/** What a coordinator wants published: which kind of change, why, and what they saw. */
export type Publication = z.output<typeof publicationSchema>;
