import { z } from 'zod';

/** The result of the last action on this page, from the query string; other values are ignored. */
export const noticeSchema = z
  .enum(['saved', 'unchanged', 'pinned', 'unpinned', 'moved', 'notChosen', 'gone', 'meanwhile'])
  .optional()
  .catch(undefined);
