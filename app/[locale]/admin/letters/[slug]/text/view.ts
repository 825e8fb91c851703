import { z } from 'zod';
import { offeredLanguage } from '@/lib/platform/forms/fields';

const number = z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined);

/** The view that an address of the text page names; anything malformed counts as not said. */
export const textViewSchema = z.object({
  language: offeredLanguage.optional().catch(undefined),
  save: number,
  take: number,
  saves: number,
  at: z.coerce.number().int().optional().catch(undefined),
  notice: z
    .enum([
      'created',
      'saved',
      'removed',
      'address',
      'basics',
      'revoked',
      'changed',
      'authoritative',
      'published',
    ])
    .optional()
    .catch(undefined),
});
