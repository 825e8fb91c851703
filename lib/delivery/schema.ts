/** What the form that delivers a letter holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';
import { lines, oneLine, orNull } from '../letter/fields.ts';

/** Longest addressee and longest label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

export type DeliveryFieldError = 'required' | 'tooLong' | 'invalidChoice';

/** A figure the coordinator saw; what is no number is seen as none. */
const figure = z.coerce.number().int().min(0).max(1_000_000_000).catch(-1);

export const deliverSchema = z
  .object({
    tally: z.enum(['first_tally', 'final', 'other'], { error: 'invalidChoice' }),
    labelJa: oneLine(LABEL_MAX).transform(orNull),
    labelEn: oneLine(LABEL_MAX).transform(orNull),
    addresseeJa: lines(ADDRESSEE_MAX).transform(orNull),
    addresseeEn: lines(ADDRESSEE_MAX).transform(orNull),
    seenRevision: figure,
    seenTotal: figure,
    /** The newest delivery; 0: none. */
    seenDelivery: figure,
  })
  .superRefine(({ addresseeJa, addresseeEn }, context) => {
    if (!addresseeJa && !addresseeEn) context.addIssue({ code: 'custom', path: ['addresseeJa'], message: 'required' });
  })
  .transform(({ tally, labelJa, labelEn, addresseeJa, addresseeEn, seenRevision, seenTotal, seenDelivery }) => ({
    tally,
    label: { ja: labelJa, en: labelEn },
    addressee: { ja: addresseeJa, en: addresseeEn },
    seen: { revision: seenRevision, total: seenTotal, delivery: seenDelivery === 0 ? null : seenDelivery },
  }));

export type ToDeliver = z.output<typeof deliverSchema>;
