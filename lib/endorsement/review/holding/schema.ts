import { z } from 'zod';
import { lines } from '@/lib/platform/forms/fields';
import { batchApprovalSchema } from '../batch/schema';
import { NOTE_MAX } from '../schema';

/** The schema of the form that holds several entries, with the reason for their coordinators. */
export const holdSchema = z.object({
  ...batchApprovalSchema.shape,
  reason: lines(NOTE_MAX).pipe(z.string().min(1, { error: 'required' })),
});

export type Hold = z.output<typeof holdSchema>;
