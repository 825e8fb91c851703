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
import { localeIn } from '@/app/[locale]/admin/locale';
import { keepInput } from '@/app/[locale]/kept-input';
import { rememberBrowser } from './browser';
import { SIGN_IN_FORM } from './form';

/** Maximum length of a mail address (RFC 5321, 4.5.3.1.3). */
const EMAIL_MAX = 254;

/**
 * Requests a sign-in link. The response is the same for every address, except when the request
 * could not be stored.
 */
export async function askForLink(_previous: FormState | null, form: FormData): Promise<FormState> {
  const locale = localeIn(form.get('locale'));
  const given = form.get('email');
  const email = typeof given === 'string' && given.length <= EMAIL_MAX ? given.trim() : '';
  const wanted = form.get(LANGUAGE_BUTTON);
  if (hasLocale(routing.locales, wanted)) {
    await keepInput(SIGN_IN_FORM, { email });
    redirect(`/${wanted}/admin/sign-in`);
  }
  const answer = { answer: Date.now(), typed: { email }, errors: {} };
  if (!/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(email)) return { ...answer, problem: 'invalid' };
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
