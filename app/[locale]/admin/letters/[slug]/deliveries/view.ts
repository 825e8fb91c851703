import { z } from 'zod';

/** Parses the view of deliveries from the query string; malformed values are ignored. */
export const deliveriesViewSchema = z.object({
  notice: z.string().optional().catch(undefined),
  /** Whether the progress refreshes by itself; without scripts only if asked for. */
  live: z.enum(['on', 'off']).nullable().catch(null),
});
