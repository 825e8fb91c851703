import { z } from 'zod';
import { ENTRY_FORMS, NOTICES } from '@/components/endorsement/review/view';
import { queueSchema } from '@/lib/endorsement/review/schema';

/** Parses the view of the review from a query string or a form; malformed values are ignored. */
export const viewSchema = queueSchema.extend({
  entry: z.uuid().optional().catch(undefined),
  at: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined),
  open: z.enum(ENTRY_FORMS).optional().catch(undefined),
  notice: z.enum(NOTICES).optional().catch(undefined),
  of: z.uuid().optional().catch(undefined),
  refused: z
    .literal('1')
    .transform(() => true)
    .optional()
    .catch(undefined),
});
