'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { pinEntry, saveListSettings } from '@/lib/signatories/settings/commands';
import {
  headingField,
  pinSchema,
  seenSettingsSchema,
  settingsFormSchema,
} from '@/lib/signatories/settings/schema';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { localeIn } from '@/app/[locale]/admin/locale';
import { backTo, kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';
import type { Done } from './notice';

const goOn = (form: FormData, done: Done): never => backTo(form, 'signatories', done);

/** Saves how the letter's list is made; pressed as "Preview", shows it only. */
export async function saveList(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const seen = seenSettingsSchema.safeParse(form.get('seen') ?? '');
    if (!seen.success) return kept(form, {}, 'failed');
    const settings = settingsFormSchema.safeParse(Object.fromEntries(form));
    if (!settings.success) return kept(form, z.flattenError(settings.error).fieldErrors);
    if (form.has('preview')) return kept(form, {}, 'preview');
    const saved = await saveListSettings(owner, { settings: settings.data, seen: seen.data });
    if (saved.ok) {
      if (saved.changed) emptyPageCache();
      return goOn(form, saved.changed ? 'saved' : 'unchanged');
    }
    if (saved.reason === 'web-address')
      return kept(
        form,
        Object.fromEntries(
          saved.headings.map(([list, language]) => [headingField(list, language), ['webAddress']]),
        ),
      );
    refresh(); // shows the settings as they are now
    return kept(form, {}, saved.reason);
  });
}

/** Pins an entry, moves it among the pinned, or lets it go. */
export async function pin(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const wanted = pinSchema.safeParse(Object.fromEntries(form));
  if (!wanted.success) return goOn(form, 'notChosen');
  const { id, place, first, last } = wanted.data;
  const pinned = await pinEntry(owner, { id, place, seen: { first, last } });
  if (!pinned.ok) return goOn(form, pinned.reason === 'changed' ? 'meanwhile' : 'gone');
  if (pinned.changed) emptyPageCache();
  goOn(
    form,
    place === 'none' ? 'unpinned' : place === 'up' || place === 'down' ? 'moved' : 'pinned',
  );
}
