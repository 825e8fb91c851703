'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import {
  editUpdate,
  post,
  removeUpdate,
  restoreUpdate,
  type UpdateRefusal,
} from '@/lib/update/commands';
import { updateSchema, updateVersionSchema } from '@/lib/update/schema';
import { localeIn } from '@/app/[locale]/admin/locale';
import { backTo, kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';

type Outcome = 'posted' | 'edited' | 'removed' | 'restored' | 'changed';

const goOn = (form: FormData, done: Outcome): never => backTo(form, 'updates', done);

/** Posts what the form holds, or saves the posting that it names. */
export async function saveUpdate(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const posted = updateSchema.safeParse(Object.fromEntries(form));
    if (!posted.success) return kept(form, z.flattenError(posted.error).fieldErrors);
    if (!form.has('id')) {
      await post(owner, posted.data);
      emptyPageCache();
      return goOn(form, 'posted');
    }
    const which = updateVersionSchema.safeParse(Object.fromEntries(form));
    const done: { ok: true } | UpdateRefusal = which.success
      ? await editUpdate(owner, which.data, posted.data)
      : { ok: false, reason: 'not-found' };
    if (done.ok) {
      emptyPageCache();
      return goOn(form, 'edited');
    }
    refresh(); // shows the posting as it is now
    return kept(form, {}, done.reason === 'changed' ? 'changed' : 'gone');
  });
}

async function press(form: FormData, act: typeof removeUpdate, outcome: Outcome): Promise<never> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const which = updateVersionSchema.safeParse(Object.fromEntries(form));
  const done = which.success && (await act(owner, which.data));
  if (done && done.ok) emptyPageCache();
  return goOn(form, done && done.ok ? outcome : 'changed');
}

/** Takes a posting off the letter's page. */
export async function remove(form: FormData): Promise<void> {
  await press(form, removeUpdate, 'removed');
}

/** Brings a removed posting back. */
export async function restore(form: FormData): Promise<void> {
  await press(form, restoreUpdate, 'restored');
}
