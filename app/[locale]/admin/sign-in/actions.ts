'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LANGUAGE_BUTTON } from '@/components/ui/form-language';
import type { FormState } from '@/components/ui/form-state';
import { requestSignInLink } from '@/lib/platform/auth/sign-in';
import { clientOf } from '@/lib/platform/client-address';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { EMAIL_MAX, storedAddress, tidyAddress } from '@/lib/platform/mail/address';
import { rawMax } from '@/lib/platform/text/raw-text';
import { localeIn } from '@/app/[locale]/admin/locale';
import { keepInput } from '@/app/[locale]/kept-input';
import { rememberBrowser } from './browser';
import { SIGN_IN_FORM } from './form';

/**
 * Requests a sign-in link. The response is the same for every address, except when the request
 * could not be stored.
 */
export async function askForLink(_previous: FormState | null, form: FormData): Promise<FormState> {
  const locale = localeIn(form.get('locale'));
  const given = form.get('email');
  const isReadable = typeof given === 'string' && given.length <= rawMax(EMAIL_MAX);
  const email = isReadable ? tidyAddress(given) : '';
  const wanted = form.get(LANGUAGE_BUTTON);
  if (hasLocale(routing.locales, wanted)) {
    await keepInput(SIGN_IN_FORM, { email });
    redirect(`/${wanted}/admin/sign-in`);
  }
  const answer = { answer: Date.now(), typed: { email }, errors: {} };
  if (!storedAddress(email)) return { ...answer, problem: 'invalid' };
  try {
    const result = await requestSignInLink(
      email,
      locale,
      await rememberBrowser(),
      clientOf(await headers()),
    );
    if (!result.ok)
      return {
        ...answer,
        problem: 'too-many',
        details: { retryAfterSeconds: String(result.retryAfterSeconds) },
      };
  } catch (error) {
    log('error', 'a request for a sign-in link could not be stored', { error: errorName(error) });
    return { ...answer, problem: 'failed' };
  }
  await keepInput(SIGN_IN_FORM, { email });
  redirect(`/${locale}/admin/sign-in/check-your-email`);
}
