'use server';

import type { FormState } from '@/components/ui/form-state';
import { requestSignInLink } from '@/lib/platform/auth/sign-in';
import { localeIn } from '@/app/[locale]/admin/locale';
import { requestByEmail } from '@/app/[locale]/email-request';
import { rememberBrowser } from './browser';
import { SIGN_IN_FORM } from './form';

/** Requests a sign-in link. */
export async function askForLink(_previous: FormState | null, form: FormData): Promise<FormState> {
  const locale = localeIn(form.get('locale'));
  return requestByEmail(form, {
    locale,
    path: '/admin/sign-in',
    kept: SIGN_IN_FORM,
    request: async (email, client) =>
      requestSignInLink(email, locale, await rememberBrowser(), client),
  });
}
