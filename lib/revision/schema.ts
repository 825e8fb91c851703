import { z } from 'zod';
import { day, oneLine, orNull } from '@/lib/platform/forms/fields';

/** Longest reason for a change, in characters. */
export const REASON_MAX = 500;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `revision.admin.publish.errors`. */
export type PublicationError = 'required' | 'reasonRequired' | 'tooLong' | 'controlCharacter';

const reason = oneLine(REASON_MAX).transform(orNull);

/** A number that a form carries; an empty field stands for none. */
const version = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().positive().nullable(),
);

/** A publication as it comes in from its form. Messages are codes. */
export const publicationSchema = z
  .object({
    kind: z.enum(['first', 'correction', 'translation', 'substance'], { error: 'required' }),
    reasonJa: reason,
    reasonEn: reason,
    seenRevision: version,
    seenJa: version,
    seenEn: version,
    seenDate: day,
    seenAuthoritative: z.enum(['ja', 'en']),
  })
  .transform(({ kind, reasonJa, reasonEn, ...seen }) => ({
    kind,
    reason: { ja: reasonJa, en: reasonEn },
    seen: {
      revision: seen.seenRevision,
      ja: seen.seenJa,
      en: seen.seenEn,
      date: seen.seenDate,
      authoritativeLanguage: seen.seenAuthoritative,
    },
  }));

/** What a coordinator wants published: which kind of change, why, and what they saw. */
export type Publication = z.output<typeof publicationSchema>;
