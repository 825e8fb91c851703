'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { deliver } from '@/lib/delivery/commands';
import { deliverSchema } from '@/lib/delivery/schema';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { localeIn } from '@/app/[locale]/admin/locale';
import { backTo, kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';

/** Delivers the letter as the coordinator saw it. */
export async function deliverLetter(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const asked = deliverSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return kept(form, z.flattenError(asked.error).fieldErrors);
    const done = await deliver(owner, asked.data);
    if (done.ok) {
      emptyPageCache();
      return backTo(form, 'deliveries', String(done.number));
    }
    refresh(); // shows the letter as it is now
    const state = kept(form, {}, done.reason);
    if (done.reason !== 'changed') return state;
    const { revision, total, delivery } = done.now;
    return {
      ...state,
      typed: {
        ...state.typed,
        nowRevision: String(revision),
        nowTotal: String(total),
        nowDelivery: String(delivery ?? 0),
      },
    };
  });
}
