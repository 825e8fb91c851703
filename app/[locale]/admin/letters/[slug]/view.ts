import { z } from 'zod';
import { queueSchema } from '@/lib/endorsement/review/schema';

/** The view that an address or a form of the review names; anything malformed counts as not said. */
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
