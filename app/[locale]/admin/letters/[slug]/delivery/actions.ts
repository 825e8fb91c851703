'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { RunState } from '@/components/running/form-state';
import { deliver } from '@/lib/delivery/commands';
import { deliverSchema } from '@/lib/delivery/schema';
import { requireAuthority } from '@/lib/platform/auth/guard';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { localeIn } from '../../../locale';
import { backTo, kept, orKept, slugIn } from '../../../run';

/** Delivers the letter as the coordinator saw it. */
export async function deliverLetter(_previous: RunState | null, form: FormData): Promise<RunState> {
  return orKept(form, async () => {
    const owner = await requireAuthority(localeIn(form.get('locale')), slugIn(form), 'owner');
    const asked = deliverSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return kept(form, z.flattenError(asked.error).fieldErrors);
    const done = await deliver(owner, asked.data);
    if (done.ok) {
      emptyPageCache();
      return backTo(form, 'delivery', String(done.number));
    }
    refresh(); // shows the letter as it is now
    const state = kept(form, {}, done.reason);
    if (done.reason !== 'changed') return state;
    const { revision, total, delivery } = done.now;
    return { ...state, typed: { ...state.typed, nowRevision: String(revision), nowTotal: String(total), nowDelivery: String(delivery ?? 0) } };
  });
}
