import { z } from 'zod';
import { offeredLanguage } from '@/lib/platform/forms/fields';

const number = z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined);

/** Parses the view of the text page from the query string; malformed values are ignored. */
export const textViewSchema = z.object({
  language: offeredLanguage.optional().catch(undefined),
  save: number,
  take: number,
  saves: number,
  at: z.coerce.number().int().optional().catch(undefined),
  notice: z
    .enum(['created', 'saved', 'removed', 'changed', 'authoritative', 'published'])
    .optional()
    .catch(undefined),
});
