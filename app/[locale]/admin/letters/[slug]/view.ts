import { z } from 'zod';
import { queueSchema } from '@/lib/endorsement/review/schema';

/** Parses the view of the review from a query string or a form; malformed values are ignored. */
export const viewSchema = queueSchema.extend({
  entry: z.uuid().optional().catch(undefined),
  at: z.coerce.number().int().min(0).max(1_000).optional().catch(undefined),
  open: z.enum(['decline', 'correct']).optional().catch(undefined),
  notice: z
    .enum([
      'approve',
      'decline',
      'withdraw',
      'take_back',
      'correct',
      'attest',
      'organizationSigned',
      'merge',
      'mergeBothSigned',
      'mergeRefused',
      'retry',
      'retryRefused',
      'gone',
    ])
    .optional()
    .catch(undefined),
  of: z.uuid().optional().catch(undefined),
  refused: z
    .literal('1')
    .transform(() => true)
    .optional()
    .catch(undefined),
});
