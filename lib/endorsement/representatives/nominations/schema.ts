import { z } from 'zod';
import { personSchema, representativeEmail, type FieldError } from '@/lib/endorsement/schema';
import { offeredLanguage } from '@/lib/platform/forms/fields';

/** What a nominee would do: represent the organization as well, or in the nominator's place. */
export const NOMINATION_KINDS = ['add', 'hand_over'] as const;

/** The schema of the form with which a representative nominates a colleague. */
export const nominationSchema = personSchema.extend({
  kind: z.enum(NOMINATION_KINDS, { error: 'invalidChoice' satisfies FieldError }),
  representativeEmail,
  language: offeredLanguage,
});

export type Nominee = z.output<typeof nominationSchema>;
