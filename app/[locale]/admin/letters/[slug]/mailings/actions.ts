'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import type { Owner } from '@/lib/coordinator/access';
import { draftOfDelivery } from '@/lib/delivery/commands';
import {
  cancelMailing,
  discardMailing,
  draftMailing,
  draftOfUpdate,
  editMailing,
  pauseMailing,
  resumeMailing,
  sendMailing,
  tryMailing,
} from '@/lib/mailing/commands';
import {
  mailingIdSchema,
  mailingSchema,
  mailingVersionSchema,
  sendSchema,
} from '@/lib/mailing/schema';
import { press, slugIn, submit, type Redirect } from '../../../form-actions';
import { mailingPath, mailingsPath, type MailingNotice } from './view';

const toList = (form: FormData, notice: MailingNotice): Redirect => ({
  redirectTo: mailingsPath(slugIn(form), notice),
});
const toMailing = (form: FormData, id: string, notice: MailingNotice): Redirect => ({
  redirectTo: mailingPath(slugIn(form), id, notice),
});

const PROBLEMS = { 'not-found': 'gone', changed: 'changed' } as const;

/** Creates a draft, or saves the one that the form names. */
export async function saveMailing(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'sendMailings',
    schema: z.intersection(
      mailingSchema,
      z.object({ id: z.string().optional(), version: z.string().optional() }),
    ),
    run: async (owner, { id, version, ...content }) => {
      if (id === undefined) return toMailing(form, await draftMailing(owner, content), 'created');
      const which = mailingVersionSchema.safeParse({ id, version });
      if (!which.success) return { problem: 'gone' };
      const done = await editMailing(owner, which.data, content);
      return done.ok ? toMailing(form, id, 'edited') : { problem: PROBLEMS[done.reason] };
    },
  });
}

/** Sends a draft. */
export async function send(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'sendMailings',
    schema: sendSchema,
    run: async (owner, { id, version, seenCount, count, posts }) => {
      if (count !== seenCount) return { errors: { count: ['otherCount'] } };
      const done = await sendMailing(owner, { id, version }, { seenCount, posts: posts === 'on' });
      if (done.ok) return toMailing(form, id, 'sent');
      if (done.reason === 'other-count' || done.reason === 'nobody')
        return { problem: done.reason };
      return { problem: PROBLEMS[done.reason] };
    },
  });
}

/** Runs a command about a mailing whose button was pressed. */
async function pressed(
  form: FormData,
  command: (owner: Owner, id: string) => Promise<boolean>,
  done: MailingNotice,
): Promise<void> {
  await press(
    form,
    {
      act: 'sendMailings',
      schema: mailingIdSchema,
      run: async (owner, { id }) =>
        toMailing(form, id, (await command(owner, id)) ? done : 'changed'),
    },
    toList(form, 'changed'),
  );
}

/** Mails a draft to the coordinator. */
export async function tryOut(form: FormData) {
  await pressed(form, tryMailing, 'tried');
}

/** Pauses a mailing. */
export async function pause(form: FormData) {
  await pressed(form, pauseMailing, 'paused');
}

/** Resumes a paused mailing. */
export async function resume(form: FormData) {
  await pressed(form, resumeMailing, 'resumed');
}

/** Cancels what has not been sent of a mailing. */
export async function cancelRest(form: FormData) {
  await pressed(form, cancelMailing, 'cancelled');
}

/** Deletes a draft. */
export async function discard(form: FormData) {
  await press(
    form,
    {
      act: 'sendMailings',
      schema: mailingIdSchema,
      run: async (owner, { id }) =>
        toList(form, (await discardMailing(owner, id)) ? 'discarded' : 'changed'),
    },
    toList(form, 'changed'),
  );
}

/** Creates a draft with the texts of an update on the letter's page. */
export async function fromUpdate(form: FormData) {
  await press(
    form,
    {
      act: 'sendMailings',
      schema: mailingIdSchema,
      run: async (owner, { id }) => {
        const draft = await draftOfUpdate(owner, id);
        return draft ? toMailing(form, draft, 'created') : toList(form, 'changed');
      },
    },
    toList(form, 'changed'),
  );
}

/** Creates a draft that tells of a delivery. */
export async function fromDelivery(form: FormData) {
  await press(
    form,
    {
      act: 'sendMailings',
      schema: z.object({ number: z.coerce.number().int().min(1).max(1_000_000) }),
      run: async (owner, { number }) => {
        const draft = await draftOfDelivery(owner, number);
        return draft ? toMailing(form, draft, 'created') : toList(form, 'changed');
      },
    },
    toList(form, 'changed'),
  );
}
