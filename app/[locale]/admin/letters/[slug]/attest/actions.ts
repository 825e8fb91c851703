'use server';

import type { FormState } from '@/components/ui/form-state';
import { reviewPath } from '@/components/endorsement/review/view';
import { attest } from '@/lib/endorsement/review/commands';
import { attestSchema } from '@/lib/endorsement/review/schema';
import { slugIn, submit, type Outcome } from '../../../form-actions';

/** Saves an endorsement attested by a coordinator and redirects to it. */
export async function attestEndorsement(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'attest',
    schema: attestSchema,
    run: async (reviewer, attested): Promise<Outcome> => {
      const done = await attest(reviewer, attested);
      if (!done.ok && done.reason === 'category') return { errors: { category: ['required'] } };
      if (!done.ok) return { problem: done.reason };
      return {
        redirectTo: reviewPath(slugIn(form), { entry: done.id, notice: 'attest', of: done.id }),
      };
    },
  });
}
