'use server';

import type { FormState } from '@/components/ui/form-state';
import { deleteFilter, nameFilter } from '@/lib/endorsement/review/filters/named/commands';
import { filterIdSchema, namedFilterSchema } from '@/lib/endorsement/review/filters/named/schema';
import { press, submit, type Outcome } from '../../../../form-actions';
import { toView } from '../to-view';

/** Names the filter that the form was in. */
export async function saveFilter(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'nameFilters',
    schema: namedFilterSchema,
    run: async (reviewer, filter): Promise<Outcome> => {
      const named = await nameFilter(reviewer, filter);
      if (named.ok) return toView(form, { notice: 'filterSaved' });
      return named.reason === 'taken'
        ? { errors: { filterName: ['taken'] } }
        : { problem: named.reason };
    },
  });
}

/** Deletes a named filter. */
export async function removeFilter(form: FormData) {
  await press(
    form,
    {
      act: 'nameFilters',
      schema: filterIdSchema,
      run: async (reviewer, { filter }) => {
        await deleteFilter(reviewer, filter);
        return toView(form, { notice: 'filterRemoved' });
      },
    },
    toView(form, {}),
  );
}
