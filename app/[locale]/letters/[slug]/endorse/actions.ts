'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { typedValues, type EndorseFormState } from '@/components/endorsement/form-state';
import { endorse } from '@/lib/endorsement/commands';
import { fieldErrors, signUpSchema } from '@/lib/endorsement/schema';
import { clientOf } from '@/lib/platform/client-address';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';

/** Takes the sign-up form. Whatever goes wrong, what was typed comes back. */
export async function submitEndorsement(
  _state: EndorseFormState,
  form: FormData,
): Promise<EndorseFormState> {
  const values = typedValues(form);
  const slug = String(form.get('slug'));
  const asked = form.get('locale');
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  const seen = Number(form.get('revision')) || null;
  const answer = {
    answer: Date.now(),
    values,
    errors: {},
    failure: null,
    revision: seen,
    retryAfterSeconds: null,
  };

  const signUp = signUpSchema.safeParse({ ...values, language: locale });
  if (!signUp.success) return { ...answer, errors: fieldErrors(signUp.error) };

  const outcome = await endorse(slug, signUp.data, clientOf(await headers()), seen).catch(
    (error: unknown) => {
      // The message of a database error can hold the row, and so the address.
      log('error', 'a sign-up failed', { error: errorName(error) });
      return { ok: false, reason: 'unexpected' } as const;
    },
  );
  if (!outcome.ok && outcome.reason === 'too-many')
    return { ...answer, failure: 'too-many', retryAfterSeconds: outcome.retryAfterSeconds };
  if (!outcome.ok && outcome.reason === 'changed')
    return { ...answer, failure: 'changed', revision: outcome.revision };
  if (!outcome.ok) return { ...answer, failure: outcome.reason };
  return redirect({ href: `/letters/${slug}/endorse/check-your-email`, locale });
}
