'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { RunState } from '@/components/running/form-state';
import { requireAuthority } from '@/lib/platform/auth/guard';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { editPosting, post, removePosting, restorePosting, type PostingRefusal } from '@/lib/posting/commands';
import { postingSchema, whichPostingSchema } from '@/lib/posting/schema';
import { localeIn } from '../../../locale';
import { backTo, kept, orKept, slugIn } from '../../../run';

type Outcome = 'posted' | 'edited' | 'removed' | 'restored' | 'changed';

const goOn = (form: FormData, done: Outcome): never => backTo(form, 'updates', done);

/** Posts what the form holds, or saves the posting that it names. */
export async function savePosting(_previous: RunState | null, form: FormData): Promise<RunState> {
  return orKept(form, async () => {
    const owner = await requireAuthority(localeIn(form.get('locale')), slugIn(form), 'owner');
    const posted = postingSchema.safeParse(Object.fromEntries(form));
    if (!posted.success) return kept(form, z.flattenError(posted.error).fieldErrors);
    if (!form.has('id')) {
      await post(owner, posted.data);
      emptyPageCache();
      return goOn(form, 'posted');
    }
    const which = whichPostingSchema.safeParse(Object.fromEntries(form));
    const done: { ok: true } | PostingRefusal = which.success ? await editPosting(owner, which.data, posted.data) : { ok: false, reason: 'not-found' };
    if (done.ok) {
      emptyPageCache();
      return goOn(form, 'edited');
    }
    refresh(); // shows the posting as it is now
    return kept(form, {}, done.reason === 'changed' ? 'changed' : 'gone');
  });
}

async function press(form: FormData, act: typeof removePosting, outcome: Outcome): Promise<never> {
  const owner = await requireAuthority(localeIn(form.get('locale')), slugIn(form), 'owner');
  const which = whichPostingSchema.safeParse(Object.fromEntries(form));
  const done = which.success && (await act(owner, which.data));
  if (done && done.ok) emptyPageCache();
  return goOn(form, done && done.ok ? outcome : 'changed');
}

/** Takes a posting off the letter's page. */
export async function remove(form: FormData): Promise<void> {
  await press(form, removePosting, 'removed');
}

/** Brings a removed posting back. */
export async function restore(form: FormData): Promise<void> {
  await press(form, restorePosting, 'restored');
}
