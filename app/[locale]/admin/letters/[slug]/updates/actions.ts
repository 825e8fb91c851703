'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { draftOfUpdate } from '@/lib/mailing/commands';
import { editUpdate, postUpdate, removeUpdate, restoreUpdate } from '@/lib/update/commands';
import { updateSchema, updateVersionSchema } from '@/lib/update/schema';
import { notice, press, slugIn, submit } from '../../../form-actions';
import { mailingPath } from '../mailings/view';

/** An update, and the id of the one it replaces; without an id, a new one. */
const updateFormSchema = z.intersection(
  updateSchema,
  z.object({ id: z.string().optional(), version: z.string().optional() }),
);

/** Creates an update, or saves the one that the form names. */
export async function saveUpdate(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'postUpdates',
    schema: updateFormSchema,
    run: async (owner, { id, version, ...update }) => {
      if (id === undefined) {
        const posted = await postUpdate(owner, update);
        // Every signatory gets the reply, once an owner has looked at the mail (ADR 47).
        const draft = update.kind === 'reply' ? await draftOfUpdate(owner, posted.id) : null;
        if (draft) return { redirectTo: mailingPath(slugIn(form), draft, 'posted') };
        return notice(form, 'updates', 'posted');
      }
      const which = updateVersionSchema.safeParse({ id, version });
      if (!which.success) return { problem: 'gone' };
      const done = await editUpdate(owner, which.data, update);
      if (done.ok) return notice(form, 'updates', 'edited');
      return { problem: done.reason === 'changed' ? 'changed' : 'gone' };
    },
  });
}

async function change(form: FormData, command: typeof removeUpdate, done: string): Promise<void> {
  const to = (code: string) => notice(form, 'updates', code);
  await press(
    form,
    {
      act: 'postUpdates',
      schema: updateVersionSchema,
      run: async (owner, which) => to((await command(owner, which)).ok ? done : 'changed'),
    },
    to('changed'),
  );
}

/** Removes an update from the letter's page. */
export async function remove(form: FormData) {
  await change(form, removeUpdate, 'removed');
}

/** Restores a removed update. */
export async function restore(form: FormData) {
  await change(form, restoreUpdate, 'restored');
}
