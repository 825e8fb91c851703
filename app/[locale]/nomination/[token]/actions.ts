'use server';

import { hasLocale } from 'next-intl';
import {
  acceptNomination,
  declineNomination,
} from '@/lib/endorsement/representatives/nominations/commands';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenOf } from '@/app/[locale]/secret-link';

/** Runs the command of a button. Errors are logged without the token. */
async function answer(
  form: FormData,
  said: 'accepted' | 'declined',
  run: (token: string) => Promise<{ ok: true } | { ok: false; reason: 'unknown' | 'signed' }>,
): Promise<void> {
  const requested = form.get('locale');
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const token = tokenOf(form);
  const result = await run(token).catch((error: unknown) => {
    log('error', 'the answer of a nominee could not be saved', { error: errorName(error) });
    return { ok: false, reason: 'failed' } as const;
  });
  if (result.ok) return redirect({ href: `/nomination/done/${said}`, locale });
  // A link that does not work says so on its page.
  const failed = result.reason === 'unknown' ? '' : `?failed=${result.reason}`;
  redirect({ href: `/nomination/${token}${failed}`, locale });
}

/** The nominee will represent the organization. */
export async function accept(form: FormData): Promise<void> {
  await answer(form, 'accepted', acceptNomination);
}

/** The nominee will not. */
export async function decline(form: FormData): Promise<void> {
  await answer(form, 'declined', declineNomination);
}
