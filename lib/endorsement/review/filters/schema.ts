import { z } from 'zod';
import { COUNTRIES } from '@/lib/endorsement/schema';
import { CATEGORY_ID_MAX } from '@/lib/letter/categories';
import { LANGUAGES } from '@/lib/platform/languages';

const CATEGORY = new RegExp(`^[\\w-]{1,${CATEGORY_ID_MAX}}$`);

const oneOf = (values: readonly string[]) =>
  z
    .string()
    .refine((value) => values.includes(value))
    .optional()
    .catch(undefined);

const ticked = z
  .literal('1')
  .transform(() => true as const)
  .optional()
  .catch(undefined);

/** The fields by which the review is filtered, as in the query string; malformed values are ignored. */
export const filterFields = {
  country: oneOf(COUNTRIES),
  /** Id of one of the letter's categories, or `NO_CATEGORY`. */
  category: z.string().regex(CATEGORY).optional().catch(undefined),
  /** Of the sign-up. */
  language: oneOf(LANGUAGES),
  visibility: z.enum(['named', 'withheld']).optional().catch(undefined),
  proof: z.enum(['email', 'attested']).optional().catch(undefined),
  /** The newest mail did not arrive, or an address is not mailed any more. */
  mailFails: ticked,
  /** Another confirmed entry of the letter has one of its names, or its website. */
  alike: ticked,
  /** Its organization asks for a change or for erasure. */
  asks: ticked,
  /** A coordinator holds it. */
  held: ticked,
};

/** What entries of the review are filtered by; absent: not by that. All that are set hold at once. */
export type Filters = z.output<z.ZodObject<typeof filterFields>>;
