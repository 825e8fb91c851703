import { z } from 'zod';

/** What was just done on this page, as its address says it; anything else counts as not said. */
export const noticeSchema = z
  .enum(['saved', 'unchanged', 'pinned', 'unpinned', 'moved', 'notChosen', 'gone', 'meanwhile'])
  .optional()
  .catch(undefined);
