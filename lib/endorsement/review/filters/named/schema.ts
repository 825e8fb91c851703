import { z } from 'zod';
import { oneLine } from '@/lib/platform/forms/fields';
import { queueSchema, type QueueState } from '../../schema';
import { filtersIn } from '../rules';
import type { Filters } from '../schema';

/** Maximum number of filters that a letter's coordinators name, and length of a name in characters. */
export const NAMED_FILTERS_MAX = 20;
export const FILTER_NAME_MAX = 40;

/** All error codes of the form. Their messages are under `endorsement.review.filters.errors`. */
export type FilterNameError = 'required' | 'tooLong' | 'controlCharacter' | 'taken';

/** A filter that a letter's coordinators have named; it looks for no text. */
export interface NamedFilter {
  id: string;
  name: string;
  state: QueueState;
  filters: Filters;
}

/** The schema of the form: a name, and the view that it was in. */
export const namedFilterSchema = z
  .object({
    filterName: oneLine(FILTER_NAME_MAX).pipe(z.string().min(1, { error: 'required' })),
    ...queueSchema.shape,
  })
  .transform(({ filterName, state, ...view }) => ({
    name: filterName,
    state,
    filters: filtersIn(view),
  }));

/** The schema of a button about a named filter. */
export const filterIdSchema = z.object({ filter: z.uuid() });
