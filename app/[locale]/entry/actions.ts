'use server';

import { hasLocale } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import { requestEntryLinks } from '@/lib/endorsement/entry/links/commands';
import { routing } from '@/lib/platform/i18n/routing';
import { requestByEmail } from '@/app/[locale]/email-request';
import { ENTRY_LINKS_FORM } from './form';

/** Requests the links to the entries of an address. */
export async function askForLinks(_previous: FormState | null, form: FormData): Promise<FormState> {
  const requested = form.get('locale');
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return requestByEmail(form, {
    locale,
    path: '/entry',
    kept: ENTRY_LINKS_FORM,
    request: (email, client) => requestEntryLinks(email, locale, client),
  });
}
