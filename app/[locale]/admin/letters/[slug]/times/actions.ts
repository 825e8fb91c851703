'use server';

import { refresh } from 'next/cache';
import type { FormState } from '@/components/ui/form-state';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { setArchived, setPaused, setTimes } from '@/lib/letter/times/commands';
import { becomes, MOMENTS } from '@/lib/letter/times/rules';
import { DATE_FIELDS, seenTimesSchema, typedTimes } from '@/lib/letter/times/schema';
import { localeIn } from '@/app/[locale]/admin/locale';
import { backTo, kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';
import type { Done } from './notice';

const goOn = (form: FormData, done: Done): never => backTo(form, 'times', done);

/** Sets when the letter opens and closes. */
export async function saveTimes(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const now = new Date();
    const seen = seenTimesSchema.safeParse(form.get('seen') ?? '');
    if (!seen.success) return kept(form, {}, 'failed');
    const typed = typedTimes(Object.fromEntries(form), seen.data, now);
    if (!typed.ok) {
      const hints = MOMENTS.flatMap((name) => {
        const instead = typed.instead[name];
        return instead ? [[DATE_FIELDS[name], ['skipped', `${instead.date} ${instead.time}`]]] : [];
      });
      return kept(form, { ...typed.errors, ...Object.fromEntries(hints) });
    }
    const set = await setTimes(owner, seen.data, typed.times, now);
    if (set.ok) {
      if (set.changed) emptyPageCache();
      return goOn(form, set.changed ? becomes(seen.data, typed.times, now) : 'unchanged');
    }
    refresh(); // shows the times as they are now
    if (set.reason !== 'invalid') return kept(form, {}, set.reason);
    const errors = MOMENTS.flatMap((name) => {
      const problem = set.problems[name];
      return problem ? [[DATE_FIELDS[name], [problem]]] : [];
    });
    return kept(form, Object.fromEntries(errors));
  });
}

/** Stops taking sign-ups for a while, or takes them again. */
async function changePaused(form: FormData, paused: boolean): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const { ok } = await setPaused(owner, paused);
  if (ok) emptyPageCache();
  goOn(form, ok ? (paused ? 'paused' : 'resumed') : 'meanwhile');
}

/** Stops taking sign-ups for a while. */
export async function pause(form: FormData): Promise<void> {
  return changePaused(form, true);
}

/** Takes sign-ups again. */
export async function resume(form: FormData): Promise<void> {
  return changePaused(form, false);
}

/** Puts the letter into the archive. */
export async function archive(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const { ok } = await setArchived(owner, true);
  if (ok) emptyPageCache();
  goOn(form, ok ? 'archived' : 'meanwhile');
}

/** Takes the letter out of the archive. */
export async function unarchive(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const { ok } = await setArchived(owner, false);
  if (ok) emptyPageCache();
  goOn(form, ok ? 'unarchived' : 'meanwhile');
}
