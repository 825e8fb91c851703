/** The schema of the delivery form. Messages are error codes, which the form translates. */
import { z } from 'zod';
import { lines, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';

/** Maximum length of the addressee and of the label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

/**
 * All error codes of fields. Their messages are in `messages/*.json` under
 * `delivery.deliver.errors`.
 */
export type DeliverError = 'required' | 'invalidChoice' | 'tooLong' | 'controlCharacter';

/**
 * The letter's public version that the coordinator saw, which increases with every change; an
 * invalid number never matches.
 */
const seenVersion = z.coerce.number().int().min(0).max(1_000_000_000).catch(-1);

const addressee = perLanguage('addressee', lines(ADDRESSEE_MAX))
  .transform((typed) => readByLanguage(typed, 'addressee'))
  .refine((said) => Object.keys(said).length > 0, {
    path: [fieldIn('addressee', LANGUAGES[0]!)],
    error: 'required',
  });

const label = perLanguage('label', oneLine(LABEL_MAX)).transform((typed) =>
  readByLanguage(typed, 'label'),
);

/** An intersection, so that all errors are reported at once. */
export const deliverSchema = z
  .intersection(
    z.object({
      tally: z.enum(['first_tally', 'final', 'other'], { error: 'invalidChoice' }),
      seenVersion,
    }),
    z.intersection(
      addressee.transform((addressee) => ({ addressee })),
      label.transform((label) => ({ label })),
    ),
  )
  .transform(({ seenVersion: version, ...delivery }) => ({ ...delivery, seen: { version } }));

export type ToDeliver = z.output<typeof deliverSchema>;
