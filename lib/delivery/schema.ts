/** What the form that delivers a letter holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';
import { lines, oneLine, orNull } from '@/lib/platform/forms/fields';

/** Longest addressee and longest label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

/** Every way a field can be wrong. Each has words in `messages/*.json` under `delivery.deliver.errors`. */
export type DeliverError = 'required' | 'invalidChoice' | 'tooLong' | 'controlCharacter';

/** The letter's public version that the coordinator saw, which grows with every change; what is no number was never seen. */
const seenVersion = z.coerce.number().int().min(0).max(1_000_000_000).catch(-1);

/** An intersection, so that every mistake is told at once. */
export const deliverSchema = z
  .intersection(
    z.object({
      tally: z.enum(['first_tally', 'final', 'other'], { error: 'invalidChoice' }),
      labelJa: oneLine(LABEL_MAX).transform(orNull),
      labelEn: oneLine(LABEL_MAX).transform(orNull),
      seenVersion,
    }),
    z
      .object({
        addresseeJa: lines(ADDRESSEE_MAX).transform(orNull),
        addresseeEn: lines(ADDRESSEE_MAX).transform(orNull),
      })
      .refine(({ addresseeJa, addresseeEn }) => addresseeJa ?? addresseeEn, {
        path: ['addresseeJa'],
        error: 'required',
      }),
  )
  .transform(({ tally, labelJa, labelEn, addresseeJa, addresseeEn, seenVersion: version }) => ({
    tally,
    label: { ja: labelJa, en: labelEn },
    addressee: { ja: addresseeJa, en: addresseeEn },
    seen: { version },
  }));

export type ToDeliver = z.output<typeof deliverSchema>;
