import { z } from 'zod';
import { carried, day, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';

/** Maximum length of a reason, in characters. */
export const REASON_MAX = 500;

const version = z.number().int().positive();

/**
 * All error codes of fields. Their messages are in `messages/*.json` under
 * `revision.admin.publish.errors`.
 */
export type PublicationError = 'required' | 'reasonRequired' | 'tooLong' | 'controlCharacter';

/** The state of the letter that the form was rendered with, in a hidden field. */
export const seenSchema = carried.pipe(
  z.object({
    /** Number of the newest revision; null if nothing was published. */
    revision: version.nullable(),
    /** The version of each text, by language. */
    versions: z.record(z.string(), version),
    date: day,
    authoritativeLanguage: z.string(),
  }),
);

/** The schema of the publishing form. Messages are error codes. */
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

/** A publication as requested: kind of change, reason, and the state that was shown. */
export type Publication = z.output<typeof publicationSchema>;
