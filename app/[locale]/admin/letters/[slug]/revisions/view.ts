import { z } from 'zod';

const DONE = [
  'first',
  'correction',
  'translation',
  'substance',
  'asked',
  'too-soon',
  'not-asked',
  'recorded',
  'changed',
] as const;

/** What the address of the page of revisions says; anything malformed counts as not said. */
export const viewSchema = z.object({
  show: z.enum(['waiting', 'affirmed', 'withdrawn']).catch('waiting'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  done: z.enum(DONE).optional().catch(undefined),
});

/** What was just done, as the page says it. */
export type Done = (typeof DONE)[number];
