'use server';

import { batchPath } from '@/components/endorsement/review/batch/batch-path';
import type { FormState } from '@/components/ui/form-state';
import { holdBatch, release } from '@/lib/endorsement/review/holding/commands';
import { holdSchema } from '@/lib/endorsement/review/holding/schema';
import { entryAsSeenSchema } from '@/lib/endorsement/review/schema';
import { press, slugIn, submit } from '../../../../form-actions';
import { toView } from '../to-view';

/** Holds several entries with one reason. */
export async function holdEntries(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'hold',
    schema: holdSchema,
    run: async (reviewer, hold) => ({
      redirectTo: batchPath(slugIn(form), await holdBatch(reviewer, hold)),
    }),
  });
}

/** Releases a held entry. */
export async function releaseEntry(form: FormData) {
  await press(
    form,
    {
      act: 'hold',
      schema: entryAsSeenSchema,
      run: async (reviewer, seen) => {
        const { id } = seen;
        const done = await release(reviewer, seen);
        if (done.ok) return toView(form, { notice: 'released', of: id, entry: id });
        return toView(
          form,
          done.reason === 'not-found' ? { notice: 'gone' } : { entry: id, refused: true },
        );
      },
    },
    toView(form, {}),
  );
}
