'use server';

import { hasLocale } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import { fieldErrors, signUpSchema, tidied, typedSignUp } from '@/lib/endorsement/schema';
import { correctSignUp } from '@/lib/endorsement/verification/commands';
import { correctable } from '@/lib/endorsement/verification/queries';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenOf } from '@/app/[locale]/secret-link';

/**
 * Handles the form that corrects a sign-up before it is confirmed. The address and the two
 * statements stay as they were sent; everything else is read as in the sign-up form.
 */
export async function submitCorrection(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const token = tokenOf(form);
  const requested = form.get('locale');
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  const { typed, changed } = tidied(typedSignUp(form));
  const answer = { answer: Date.now(), typed, errors: {}, problem: null };

  const unexpected = (error: unknown) => {
    log('error', 'a sign-up could not be corrected', { error: errorName(error) });
    return { ok: false, reason: 'unexpected' } as const;
  };
  const found = await correctable(token).catch(unexpected);
  // The page of the link says what has become of the sign-up.
  if (!found) return redirect({ href: `/confirm/${token}`, locale });
  if ('ok' in found) return { ...answer, problem: found.reason };
  const signUp = signUpSchema(found.settings).safeParse({
    ...typed,
    representativeEmail: found.email,
    mayEndorse: true,
    privacyConsent: true,
    language: locale,
  });
  const toCheck = Object.fromEntries(changed.map((field) => [field, ['tidied' as const]]));
  if (!signUp.success) return { ...answer, errors: { ...toCheck, ...fieldErrors(signUp.error) } };
  if (changed.length > 0) return { ...answer, errors: toCheck };

  const outcome = await correctSignUp(token, signUp.data).catch(unexpected);
  if (!outcome.ok && outcome.reason !== 'not-possible')
    return { ...answer, problem: outcome.reason };
  return redirect({ href: `/confirm/${token}`, locale });
}
