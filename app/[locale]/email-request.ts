import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { FormState } from '@/components/ui/form-state';
import { LANGUAGE_BUTTON } from '@/components/ui/language-button';
import { clientOf, type Client } from '@/lib/platform/client-address';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { EMAIL_MAX, storedAddress, tidyAddress } from '@/lib/platform/mail/address';
import { rawMax } from '@/lib/platform/text/raw-text';
import { keepInput } from './kept-input';

/**
 * Runs the action of a form that asks for something to be mailed to an address. The response is the
 * same for every address, except when the request could not be stored.
 */
export async function requestByEmail(
  form: FormData,
  {
    locale,
    path,
    kept,
    request,
  }: {
    locale: Locale;
    /** The form's page below the language; the one to go to is `check-your-email` below it. */
    path: string;
    /** The name under which the browser keeps what was typed. */
    kept: string;
    request: (
      email: string,
      client: Client,
    ) => Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }>;
  },
): Promise<FormState> {
  const given = form.get('email');
  const isReadable = typeof given === 'string' && given.length <= rawMax(EMAIL_MAX);
  const email = isReadable ? tidyAddress(given) : '';
  const wanted = form.get(LANGUAGE_BUTTON);
  if (hasLocale(routing.locales, wanted)) {
    await keepInput(kept, { email });
    redirect(`/${wanted}${path}`);
  }
  const answer = { answer: Date.now(), typed: { email }, errors: {} };
  if (!storedAddress(email)) return { ...answer, problem: 'invalid' };
  try {
    const result = await request(email, clientOf(await headers()));
    if (!result.ok)
      return {
        ...answer,
        problem: 'too-many',
        details: { retryAfterSeconds: String(result.retryAfterSeconds) },
      };
  } catch (error) {
    log('error', 'a request for a mail could not be stored', {
      form: kept,
      error: errorName(error),
    });
    return { ...answer, problem: 'failed' };
  }
  await keepInput(kept, { email });
  redirect(`/${locale}${path}/check-your-email`);
}
