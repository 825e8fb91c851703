import { z } from 'zod';

/** What was just done on this page, as its address says it; anything else counts as not said. */
export const noticeSchema = z
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
