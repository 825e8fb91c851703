import { z } from 'zod';

/** What was just done on the page of the times, as its address says it; anything else counts as not said. */
export const doneSchema = z
  .enum([
    'opened',
    'planned',
    'unplanned',
    'closed',
    'reopened',
    'saved',
    'unchanged',
    'archived',
    'unarchived',
    'paused',
    'resumed',
    'meanwhile',
  ])
  .optional()
  .catch(undefined);

export type Done = NonNullable<z.output<typeof doneSchema>>;
