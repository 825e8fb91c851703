import { z } from 'zod';

const NOTICES = [
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

/** The view state in the query string of the revisions page; malformed values are ignored. */
export const viewSchema = z.object({
  show: z.enum(['waiting', 'affirmed', 'withdrawn']).catch('waiting'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  notice: z.enum(NOTICES).optional().catch(undefined),
});
