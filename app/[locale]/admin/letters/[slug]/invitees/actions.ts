'use server';

import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import {
  dropList,
  inviteOrganizations,
  inviteOrganizationsAgain,
  keepList,
  setInviteeMessages,
  setInviteeReminders,
  withdrawInvitee,
  type OrganizationsInvited,
} from '@/lib/endorsement/invitees/commands';
import {
  inviteeMessageSchema,
  inviteeRemindersSchema,
  inviteeRow,
  inviteeSchema,
  listIdSchema,
  listSchema,
} from '@/lib/endorsement/invitees/schema';
import { press, slugIn, submit, type Redirect } from '../../../form-actions';
import { withList } from '../../listed';
import { inviteesPath, previewPath } from './view';

/** Redirects to the invitees, with the result. */
function to(form: FormData, view: Parameters<typeof inviteesPath>[1]): Redirect {
  return { redirectTo: inviteesPath(slugIn(form), view) };
}

const REFUSED = { gone: 'gone', 'not-open': 'notOpen', full: 'full', nobody: 'nobody' } as const;

function result(form: FormData, done: OrganizationsInvited, notice: 'invited' | 'again'): Redirect {
  return to(form, done.ok ? { notice, count: done.count } : { refused: REFUSED[done.reason] });
}

/** Reads a pasted or uploaded list, and leads to its preview. Nobody is invited yet. */
export async function readList(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'inviteOrganizations',
    schema: listSchema,
    run: (owner, { list, tableFile, language }) =>
      withList({ list, tableFile }, async ({ headings, rows }, field) => {
        if (!headings.some(({ column }) => column === 'representativeEmail'))
          return { errors: { [field]: ['noEmail'] } };
        const id = await keepList(
          owner,
          rows.map((row) => inviteeRow(row, language)),
        );
        return { redirectTo: previewPath(slugIn(form), { list: id }) };
      }),
  });
}

/** Invites the organizations of a list. */
export async function sendInvitations(form: FormData) {
  await press(
    form,
    {
      act: 'inviteOrganizations',
      schema: listIdSchema,
      run: async (owner, { list }) =>
        result(form, await inviteOrganizations(owner, list), 'invited'),
    },
    to(form, { refused: 'gone' }),
  );
}

/** Discards a list. */
export async function forgetList(form: FormData) {
  await press(
    form,
    {
      act: 'inviteOrganizations',
      schema: listIdSchema,
      run: async (owner, { list }) => {
        await dropList(owner, list);
        return to(form, { notice: 'forgotten' });
      },
    },
    to(form, { refused: 'gone' }),
  );
}

/** Invites again one invitee, or all that have not answered. */
export async function inviteAgain(form: FormData) {
  await press(
    form,
    {
      act: 'inviteOrganizations',
      schema: z.object({ invitee: z.uuid().optional() }),
      run: async (owner, { invitee }) =>
        result(form, await inviteOrganizationsAgain(owner, invitee ?? null), 'again'),
    },
    to(form, { refused: 'gone' }),
  );
}

/** Withdraws an invitation. */
export async function withdraw(form: FormData) {
  await press(
    form,
    {
      act: 'inviteOrganizations',
      schema: inviteeSchema,
      run: async (owner, { invitee }) =>
        to(
          form,
          (await withdrawInvitee(owner, invitee)) ? { notice: 'withdrawn' } : { refused: 'gone' },
        ),
    },
    to(form, { refused: 'gone' }),
  );
}

/** Saves what the coordinators say to invitees. */
export async function saveMessage(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'inviteOrganizations',
    schema: inviteeMessageSchema,
    run: async (owner, messages) => {
      await setInviteeMessages(owner, messages);
      return to(form, { notice: 'message' });
    },
  });
}

/** Saves when invitees are reminded. */
export async function saveReminders(_previous: FormState | null, form: FormData) {
  return submit(form, {
    act: 'inviteOrganizations',
    schema: inviteeRemindersSchema,
    run: async (owner, reminders) => {
      await setInviteeReminders(owner, reminders);
      return to(form, { notice: 'reminders' });
    },
  });
}
