/** The schema of the delivery form. Messages are error codes, which the form translates. */
import { z } from 'zod';
import { lines, oneLine, perLanguage, readByLanguage, typed } from '@/lib/platform/forms/fields';
import { fieldIn, LANGUAGES, type ByLanguage } from '@/lib/platform/languages';
import { inOneLine } from '@/lib/letter/rules';
import { MAX_ROUNDS } from '@/lib/letter/times/form-fields';
import { fold } from '@/lib/organization/folding';
import type { Tally } from './snapshot';

/** Maximum length of the addressee and of the label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

/**
 * All error codes of fields. Their messages are in `messages/*.json` under
 * `delivery.deliver.errors`.
 */
export type DeliverError =
  'required' | 'invalidChoice' | 'tooLong' | 'controlCharacter' | 'otherName';

/**
 * The letter's public version that the coordinator saw, which increases with every change; an
 * invalid number never matches.
 */
const seenVersion = z.coerce.number().int().min(0).max(1_000_000_000).catch(-1);

const addressee = perLanguage('addressee', lines(ADDRESSEE_MAX))
  .transform((fields) => readByLanguage(fields, 'addressee'))
  .refine((said) => Object.keys(said).length > 0, {
    path: [fieldIn('addressee', LANGUAGES[0]!)],
    error: 'required',
  });

const label = perLanguage('label', oneLine(LABEL_MAX)).transform((fields) =>
  readByLanguage(fields, 'label'),
);

/** Text without what does not matter in it: case, widths, spaces, punctuation, forms of address. */
const keyOf = (text: string) => fold(inOneLine(text, 'ja'));

/** Whether a text names an addressee: all of it, or one of its lines, in one of its languages. */
function names(entered: string, addressee: ByLanguage): boolean {
  const said = Object.values(addressee).flatMap((lines) => [lines, ...lines.split('\n')]);
  const key = keyOf(entered);
  return key !== '' && said.some((name) => keyOf(name) === key);
}

/** The addressee typed once more, since a delivery cannot be undone. */
const confirmed = z
  .intersection(
    addressee.transform((addressee) => ({ addressee })),
    z.object({ confirmation: lines(ADDRESSEE_MAX) }),
  )
  .refine(
    // Refined also if the addressee is missing, which is said beside it.
    ({ addressee, confirmation }: { addressee?: ByLanguage; confirmation: string | null }) =>
      !addressee || names(confirmation ?? '', addressee),
    { path: ['confirmation'], error: 'otherName' },
  )
  .transform(({ addressee }) => ({ addressee }));

/** `round-2`, `final` or `other`. */
const tally = typed.transform((choice, context): { tally: Tally; round: number | null } => {
  if (choice === 'final' || choice === 'other') return { tally: choice, round: null };
  const round = Number(/^round-([1-9]\d?)$/.exec(choice)?.[1]);
  if (round <= MAX_ROUNDS) return { tally: 'round', round };
  context.addIssue('invalidChoice');
  return z.NEVER;
});

/** An intersection, so that all errors are reported at once. */
export const deliverSchema = z
  .intersection(
    z.object({
      tally,
      seenVersion,
      // Whether a final delivery is told to all signatories by mail.
      tells: z.literal('on').optional(),
    }),
    z.intersection(
      confirmed,
      label.transform((label) => ({ label })),
    ),
  )
  .transform(({ seenVersion: version, tally, tells, ...delivery }) => ({
    ...delivery,
    tells: tells === 'on',
    ...tally,
    seen: { version },
  }));

export type ToDeliver = z.output<typeof deliverSchema>;
