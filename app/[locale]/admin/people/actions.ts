'use server';

import { z } from 'zod';
import type { InstanceAdministrator } from '@/lib/coordinator/access';
import {
  deactivate as deactivateAccount,
  reactivate as reactivateAccount,
  setAdministrator,
} from '@/lib/coordinator/commands';
import { requireAdministrator } from '../access';
import { pressAs, type Redirect } from '../form-actions';
import type { AccountsView } from './view';

/** Redirects to all coordinators, with the result. */
const to = (view: AccountsView): Redirect => ({
  redirectTo: `/admin/people?${new URLSearchParams(view)}`,
});

type Done = { ok: true } | { ok: false; reason: 'not-found' | 'last-administrator' | 'last-owner' };

/** Runs a command about the coordinator that the button names. */
async function change(
  form: FormData,
  notice: NonNullable<AccountsView['notice']>,
  command: (administrator: InstanceAdministrator, id: string) => Promise<Done>,
): Promise<void> {
  await pressAs(
    form,
    requireAdministrator,
    {
      schema: z.object({ person: z.uuid() }),
      run: async (administrator, { person }) => {
        const done = await command(administrator, person);
        if (!done.ok)
          return to({
            refused: done.reason === 'last-administrator' ? 'lastAdministrator' : 'gone',
          });
        // Whoever stops being an administrator has no access to this page.
        const isSelf = person === administrator.coordinatorId;
        return isSelf ? { redirectTo: '/admin' } : to({ notice });
      },
    },
    to({ refused: 'gone' }),
  );
}

/** Makes a coordinator an administrator. */
export async function appoint(form: FormData) {
  await change(form, 'appointed', (administrator, id) =>
    setAdministrator(administrator, { id, isAdministrator: true }),
  );
}

/** Makes an administrator a coordinator without that right. */
export async function dismiss(form: FormData) {
  await change(form, 'dismissed', (administrator, id) =>
    setAdministrator(administrator, { id, isAdministrator: false }),
  );
}

/** Signs a coordinator out for good. */
export async function deactivate(form: FormData) {
  await change(form, 'deactivated', deactivateAccount);
}

/** Lets a deactivated coordinator sign in again. */
export async function reactivate(form: FormData) {
  await change(form, 'reactivated', reactivateAccount);
}
