/** What the form that delivers a letter holds. Messages are codes: the form turns them into words. */
import { z } from 'zod';

/** Longest addressee and longest label, in characters. */
export const ADDRESSEE_MAX = 500;
export const LABEL_MAX = 200;

export type DeliveryFieldError = 'required' | 'tooLong' | 'invalidChoice';

/**
 * Text whose lines count: none empty, no white space around any; the full space that parts Japanese names stays. Missing
 * or empty is null.
 */
const text = (max: number, separator: string) =>
  z.preprocess(
    (value) => {
      const lines = typeof value === 'string' ? value.normalize('NFC').replace(/[^\P{Cc}\n]/gu, ' ').split('\n') : [];
      const said = lines.map((line) => line.replace(/[^\S\u3000]+/gu, ' ').trim()).filter((line) => line !== '');
      return said.length > 0 ? said.join(separator) : null;
    },
    z
      .string()
      .refine((value) => [...value].length <= max, { error: 'tooLong' })
      .nullable(),
  );

/** A figure the coordinator saw; what is no number is seen as none. */
const figure = z.coerce.number().int().min(0).max(1_000_000_000).catch(-1);

export const deliverSchema = z
  .object({
    tally: z.enum(['first_tally', 'final', 'other'], { error: 'invalidChoice' }),
    labelJa: text(LABEL_MAX, ' '),
    labelEn: text(LABEL_MAX, ' '),
    addresseeJa: text(ADDRESSEE_MAX, '\n'),
    addresseeEn: text(ADDRESSEE_MAX, '\n'),
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
