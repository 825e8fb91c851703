'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { fieldIn } from '@/lib/platform/languages';
import { saveCategories } from '@/lib/signatories/categories/commands';
import {
  categoriesFormSchema,
  moveField,
  seenCategoriesSchema,
} from '@/lib/signatories/categories/schema';
import { pinEntry, saveListSettings } from '@/lib/signatories/settings/commands';
import {
  HEADING_FIELDS,
  pinSchema,
  seenSettingsSchema,
  settingsFormSchema,
} from '@/lib/signatories/settings/schema';
import { notice, press, submit } from '../../../form-actions';

const listFormSchema = z.intersection(
  settingsFormSchema.transform((settings) => ({ settings })),
  z.object({ seen: seenSettingsSchema, preview: z.string().optional() }),
);

/** Saves the settings of the letter's list; with `preview`, only shows the result. */
export async function saveList(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'setList',
    schema: listFormSchema,
    run: async (owner, { settings, seen, preview }) => {
      if (preview !== undefined) return { problem: 'preview' };
      const saved = await saveListSettings(owner, { settings, seen });
      if (saved.ok) return notice(form, 'signatories', saved.changed ? 'saved' : 'unchanged');
      if (saved.reason === 'changed') return { problem: saved.reason };
      const errors = saved.headings.map(({ list, language }) => [
        fieldIn(HEADING_FIELDS[list], language),
        ['webAddress'],
      ]);
      return { errors: Object.fromEntries(errors) as Record<string, string[]> };
    },
  });
}

const categoriesSchema = z.intersection(
  categoriesFormSchema,
  z.object({ seen: seenCategoriesSchema }),
);

/** Saves the categories of the letter's signatories. */
export async function saveListCategories(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'setList',
    schema: categoriesSchema,
    run: async (owner, typed) => {
      const saved = await saveCategories(owner, typed);
      if (saved.ok) return notice(form, 'signatories', saved.changed ? 'saved' : 'unchanged');
      if (saved.reason === 'changed') return { problem: saved.reason };
      const errors = saved.rows.map((row) => [moveField(row), ['inUse']]);
      return { errors: Object.fromEntries(errors) as Record<string, string[]> };
    },
  });
}

/** Pins an entry, moves a pinned entry, or unpins it. */
export async function pin(form: FormData) {
  const done = (code: string) => notice(form, 'signatories', code);
  await press(
    form,
    {
      act: 'setList',
      schema: pinSchema,
      run: async (owner, { id, place, first, last }) => {
        const pinned = await pinEntry(owner, { id, place, seen: { first, last } });
        if (!pinned.ok) return done(pinned.reason === 'changed' ? 'meanwhile' : 'gone');
        if (place === 'none') return done('unpinned');
        return done(place === 'up' || place === 'down' ? 'moved' : 'pinned');
      },
    },
    done('notChosen'),
  );
}
