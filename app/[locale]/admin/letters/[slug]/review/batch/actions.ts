'use server';

import { batchPath } from '@/components/endorsement/review/batch/batch-path';
import { reviewPath } from '@/components/endorsement/review/view';
import type { FormState } from '@/components/ui/form-state';
import { decideBatch, undoBatch as takeBack } from '@/lib/endorsement/review/batch/commands';
import {
  batchApprovalSchema,
  batchDeclineSchema,
  batchSchema,
} from '@/lib/endorsement/review/batch/schema';
import { press, slugIn, submit, type Outcome, type Redirect } from '../../../../form-actions';

const toReview = (form: FormData): Redirect => ({ redirectTo: reviewPath(slugIn(form), {}) });

const toBatch = (form: FormData, id: string): Redirect => ({
  redirectTo: batchPath(slugIn(form), id),
});

/** Approves several entries. */
export async function approveBatch(form: FormData) {
  await press(
    form,
    {
      act: 'decide',
      schema: batchApprovalSchema,
      run: async (reviewer, approval) => {
        const batch = await decideBatch(reviewer, { step: 'approve', ...approval });
        return batch === null ? toReview(form) : toBatch(form, batch);
      },
    },
    toReview(form),
  );
}

/** Declines several entries with one reason. */
export async function declineBatch(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'decide',
    schema: batchDeclineSchema,
    run: async (reviewer, declined): Promise<Outcome> => {
      const batch = await decideBatch(reviewer, { step: 'decline', ...declined });
      return batch === null ? { errors: { reason: ['reasonGone'] } } : toBatch(form, batch);
    },
  });
}

/** Takes a batch's decisions back. */
export async function undoBatch(form: FormData) {
  await press(
    form,
    {
      act: 'decide',
      schema: batchSchema,
      run: async (reviewer, { batch }) =>
        (await takeBack(reviewer, batch)) ? toBatch(form, batch) : toReview(form),
    },
    toReview(form),
  );
}
