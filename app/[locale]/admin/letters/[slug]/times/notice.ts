import { z } from 'zod';

/** The result of the last action on this page, from the query string; other values are ignored. */
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
    'pressure',
    'meanwhile',
  ])
  .optional()
  .catch(undefined);
