import { z } from 'zod';
import {
  asksReading,
  categoryFor,
  namesSchemaFor,
  visibility,
  websiteFor,
  type Asked,
} from '@/lib/endorsement/schema';
import { lines, orNull } from '@/lib/platform/forms/fields';

/** Maximum length of a reason for withdrawing, in characters. */
export const REASON_MAX = 500;

/** The schema of the form that withdraws: an optional reason, for the coordinators. */
export const withdrawalSchema = z.object({ reason: lines(REASON_MAX).transform(orNull) });

/**
 * The schema of an organization's change of its entry, as the letter asks for the fields. Messages
 * are error codes, as for sign-ups.
 */
export const changeSchema = (asked: Asked) =>
  z.intersection(
    namesSchemaFor(asksReading(asked)),
    z.object({
      /** The version of the entry that the form showed. */
      version: z.coerce.number().int().positive(),
      website: websiteFor(asked.website),
      category: categoryFor(asked.categories),
      visibility,
    }),
  );

export type Change = z.output<ReturnType<typeof changeSchema>>;
