'use server';

import { hasLocale } from 'next-intl';
import { declineInvitation, openForm } from '@/lib/endorsement/invitees/commands';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { keepInput } from '@/app/[locale]/kept-input';
import { endorseForm } from '@/app/[locale]/letters/[slug]/endorse/form';
import { tokenOf } from '@/app/[locale]/secret-link';

function localeOf(form: FormData): Locale {
  const given = form.get('locale');
  return hasLocale(routing.locales, given) ? given : routing.defaultLocale;
}

/** The result of a command, or `failed` if it could not be carried out. */
const attempt = <T>(work: Promise<T>): Promise<T | 'failed'> =>
  work.catch((error: unknown) => {
    log('error', 'the answer of an invitee could not be saved', { error: errorName(error) });
    return 'failed' as const;
  });

/** Opens the sign-up form, filled in: with what this browser keeps for it from now on. */
export async function openFilledIn(form: FormData): Promise<void> {
  const token = tokenOf(form);
  const locale = localeOf(form);
  const opened = await attempt(openForm(token));
  if (opened === 'failed') return redirect({ href: `/invited/${token}?failed`, locale });
  if (!opened) return redirect({ href: `/invited/${token}`, locale });
  await keepInput(endorseForm(opened.slug), opened.typed);
  return redirect({ href: `/letters/${opened.slug}/endorse/continue`, locale });
}

/** Notes that the organization will not sign. The page then says so. */
export async function decline(form: FormData): Promise<void> {
  const token = tokenOf(form);
  const done = await attempt(declineInvitation(token));
  redirect({
    href: `/invited/${token}${done === 'failed' ? '?failed' : ''}`,
    locale: localeOf(form),
  });
}
