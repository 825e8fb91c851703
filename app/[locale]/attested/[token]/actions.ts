'use server';

import { hasLocale } from 'next-intl';
import { confirmAttested, denyAttested, type Answered } from '@/lib/endorsement/attested/commands';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenOf } from '@/app/[locale]/secret-link';

/** Runs the answer of an address and redirects to its page, which says what holds now. */
async function answer(form: FormData, command: (token: string) => Promise<Answered>) {
  const token = tokenOf(form);
  const given = form.get('locale');
  const locale = hasLocale(routing.locales, given) ? given : routing.defaultLocale;
  const failed = await command(token).then(
    (done) => (!done.ok && done.reason === 'already-signed' ? 'already-signed' : null),
    (error: unknown) => {
      log('error', 'an answer about an attested endorsement could not be saved', {
        error: errorName(error),
      });
      return 'failed';
    },
  );
  redirect({ href: `/attested/${token}${failed === null ? '' : `?failed=${failed}`}`, locale });
}

/** Confirms that the organization has signed. */
export async function confirm(form: FormData): Promise<void> {
  await answer(form, (token) => confirmAttested(token));
}

/** Notes that the organization has not signed. */
export async function deny(form: FormData): Promise<void> {
  await answer(form, (token) => denyAttested(token));
}
