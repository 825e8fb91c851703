'use server';

import type { FormState } from '@/components/ui/form-state';
import { deliver } from '@/lib/delivery/commands';
import { deliverSchema } from '@/lib/delivery/schema';
import { sectionPath } from '@/components/admin/sections';
import { DELIVERIES } from '@/lib/platform/limits';
import { notice, submit } from '../../../form-actions';

/** Delivers the letter in the version that the coordinator saw. */
export async function deliverLetter(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'deliver',
    schema: deliverSchema,
    run: async (owner, delivery) => {
      const done = await deliver(owner, delivery, DELIVERIES.waitMs);
      if (done.ok)
        return done.number === null
          ? { redirectTo: sectionPath(owner.letterSlug, 'deliveries') }
          : notice(form, 'deliveries', String(done.number));
      if (done.reason !== 'changed') return { problem: done.reason };
      const { revision, total, delivery: newest } = done.now;
      return {
        problem: done.reason,
        typed: {
          nowRevision: String(revision),
          nowTotal: String(total),
          nowDelivery: String(newest ?? 0),
        },
      };
    },
  });
}
