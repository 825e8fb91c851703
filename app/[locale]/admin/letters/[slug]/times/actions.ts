'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { setPressure } from '@/lib/endorsement/pressure/commands';
import { setArchived, setPaused, setTimes } from '@/lib/letter/times/commands';
import { becomes, type Moment } from '@/lib/letter/times/rules';
import { dateField } from '@/lib/letter/times/form-fields';
import { seenTimesSchema, typedTimes } from '@/lib/letter/times/schema';
import { notice, press, submit } from '../../../form-actions';

/**
 * The times that the form was rendered with, which {@link typedTimes} needs to parse the submitted
 * ones.
 */
const timesFormSchema = z.looseObject({ seen: seenTimesSchema });

/** Sets when the letter opens and closes. */
export async function saveTimes(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'setTimes',
    schema: timesFormSchema,
    run: async (owner, { seen, ...fields }) => {
      const now = new Date();
      const typed = typedTimes(fields, seen, now);
      if (!typed.ok) {
        const hints = Object.entries(typed.instead).map(([moment, shown]) => [
          dateField(moment as Moment),
          ['skipped', `${shown!.date} ${shown!.time}`],
        ]);
        return { errors: { ...typed.errors, ...Object.fromEntries(hints) } };
      }
      const set = await setTimes(owner, seen, typed.times, now);
      if (set.ok)
        return notice(form, 'times', set.changed ? becomes(seen, typed.times, now) : 'unchanged');
      if (set.reason !== 'invalid') return { problem: set.reason };
      const errors = Object.entries(set.problems).map(([moment, problem]) => {
        const row = typed.rows[Number(moment.slice('round'.length)) - 1];
        return [dateField(row ? `round${row}` : (moment as Moment)), [problem]];
      });
      return { errors: Object.fromEntries(errors) as Record<string, string[]> };
    },
  });
}

/** Runs the command of one of the buttons below the form. */
async function toggle(
  form: FormData,
  set: typeof setPaused | typeof setArchived,
  on: boolean,
  done: string,
): Promise<void> {
  const to = (code: string) => notice(form, 'times', code);
  await press(
    form,
    {
      act: 'setTimes',
      schema: z.object({}),
      run: async (owner) => to((await set(owner, on)).ok ? done : 'meanwhile'),
    },
    to('meanwhile'),
  );
}

/** Pauses sign-ups. */
export async function pause(form: FormData) {
  await toggle(form, setPaused, true, 'paused');
}

/** Resumes sign-ups. */
export async function resume(form: FormData) {
  await toggle(form, setPaused, false, 'resumed');
}

/** Sets whether sign-ups have to show that work was done for them. */
export async function savePressure(form: FormData) {
  const to = (code: string) => notice(form, 'times', code);
  await press(
    form,
    {
      act: 'setTimes',
      schema: z.object({ pressure: z.enum(['off', 'automatic', 'on']) }),
      run: async (owner, { pressure }) =>
        to((await setPressure(owner, pressure)) ? 'pressure' : 'unchanged'),
    },
    to('meanwhile'),
  );
}

/** Archives the letter. */
export async function archive(form: FormData) {
  await toggle(form, setArchived, true, 'archived');
}

/** Restores the letter from the archive. */
export async function unarchive(form: FormData) {
  await toggle(form, setArchived, false, 'unarchived');
}
