import { z } from 'zod';

/** The last mail of a page in a query string: its time and id. */
const place = z
  .string()
  .regex(/^[^~]{1,40}~[^~]{36}$/)
  .transform((text) => text.split('~'))
  .pipe(z.tuple([z.iso.datetime(), z.uuid()]))
  .transform(([createdAt, id]) => ({ createdAt: new Date(createdAt), id }));

/** Parses the view of the log from a query string or a form; malformed values are ignored. */
export const logViewSchema = z.object({
  show: z.enum(['all', 'failing']).catch('all'),
  after: place.nullable().catch(null),
  notice: z.enum(['retry', 'retryRefused']).optional().catch(undefined),
});
