'use server';

import { z } from 'zod';
import { sectionPath } from '@/components/admin/sections';
import type { FormState } from '@/components/ui/form-state';
import {
  changeRole as changeRoleOf,
  invite as inviteTo,
  inviteAgain as mailAgain,
  leaveLetter as leave,
  removePerson as remove,
} from '@/lib/letter/people/commands';
import { invitationSchema, personSchema, roleSchema } from '@/lib/letter/people/schema';
import { press, slugIn, submit, type Redirect } from '../../../form-actions';
import type { PeopleView } from './view';

/** Redirects to the people of the letter, with the result. */
function to(form: FormData, view: PeopleView): Redirect {
  return { redirectTo: `${sectionPath(slugIn(form), 'people')}?${new URLSearchParams(view)}` };
}

const REFUSED = { 'last-owner': 'lastOwner', gone: 'gone', 'too-many': 'tooMany' } as const;

function result(
  form: FormData,
  done: { ok: true } | { ok: false; reason: keyof typeof REFUSED },
  notice: PeopleView['notice'],
): Redirect {
  return to(form, done.ok ? { notice } : { refused: REFUSED[done.reason] });
}

/** Invites somebody to the letter. */
export async function invite(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'managePeople',
    schema: invitationSchema,
    run: async (owner, invitation) => {
      const invited = await inviteTo(owner, invitation);
      if (invited.ok) return to(form, { notice: 'invited' });
      if (invited.reason !== 'too-many') return { errors: { email: [invited.reason] } };
      const minutes = String(Math.ceil(invited.retryAfterSeconds / 60));
      return { errors: { email: ['tooMany'] }, typed: { minutes } };
    },
  });
}

/** Mails an invitation again. */
export async function inviteAgain(form: FormData) {
  await press(
    form,
    {
      act: 'managePeople',
      schema: personSchema,
      run: async (owner, { person }) => result(form, await mailAgain(owner, person), 'again'),
    },
    to(form, { refused: 'gone' }),
  );
}

/** Changes a person's role. */
export async function changeRole(form: FormData) {
  await press(
    form,
    {
      act: 'managePeople',
      schema: roleSchema,
      run: async (owner, change) => result(form, await changeRoleOf(owner, change), 'role'),
    },
    to(form, { refused: 'gone' }),
  );
}

/** Removes a person from the letter. */
export async function removePerson(form: FormData) {
  await press(
    form,
    {
      act: 'managePeople',
      schema: personSchema,
      run: async (owner, { person }) => result(form, await remove(owner, person), 'removed'),
    },
    to(form, { refused: 'gone' }),
  );
}

/** The current user leaves the letter. */
export async function leaveLetter(form: FormData) {
  await press(
    form,
    {
      act: 'readPeople',
      schema: z.object({}),
      run: async (access) => {
        const left = await leave(access);
        return left.ok
          ? { redirectTo: '/admin?notice=left' }
          : to(form, { refused: REFUSED[left.reason] });
      },
    },
    to(form, { refused: 'gone' }),
  );
}
