/** What the form that delivers a letter holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';
import { lines, oneLine, perLanguage, readByLanguage } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES } from '@/lib/platform/languages';

/** Longest addressee and longest label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `delivery.deliver.errors`. */
export type DeliverError = 'required' | 'invalidChoice' | 'tooLong' | 'controlCharacter';

/** The letter's public version that the coordinator saw, which grows with every change; what is no number was never seen. */
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

/** An intersection reports every mistake at once. */
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
