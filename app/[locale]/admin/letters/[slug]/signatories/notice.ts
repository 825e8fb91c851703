import { z } from 'zod';

/** What was just done on the page of the list, as its address says it; anything else counts as not said. */
export const doneSchema = z
  .enum(['saved', 'unchanged', 'pinned', 'unpinned', 'moved', 'notChosen', 'gone', 'meanwhile'])
  .optional()
  .catch(undefined);

export type Done = NonNullable<z.output<typeof doneSchema>>;
