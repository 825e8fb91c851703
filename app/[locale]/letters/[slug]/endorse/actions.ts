'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import type { FormState } from '@/components/ui/form-state';
import { endorse } from '@/lib/endorsement/commands';
import { fieldErrors, signUpSchema, typedSignUp } from '@/lib/endorsement/schema';
import { clientOf } from '@/lib/platform/client-address';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';

/** Takes the sign-up form. Whatever goes wrong, what was typed comes back. */
export async function submitEndorsement(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const typed = typedSignUp(form);
  const slug = String(form.get('slug'));
  const asked = form.get('locale');
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale;
  const seen = Number(form.get('revision')) || null;
  // After an answer, the form stands behind the text that its page had shown the way to.
  const details = { revision: seen === null ? '' : String(seen) };
  const answer = { answer: Date.now(), typed, errors: {}, problem: null, details };

  const signUp = signUpSchema.safeParse({ ...typed, language: locale });
  if (!signUp.success) return { ...answer, errors: fieldErrors(signUp.error) };

  const outcome = await endorse(slug, signUp.data, clientOf(await headers()), seen).catch(
    (error: unknown) => {
      // The message of a database error can hold the row, and so the address.
      log('error', 'a sign-up failed', { error: errorName(error) });
      return { ok: false, reason: 'unexpected' } as const;
    },
  );
  if (!outcome.ok && outcome.reason === 'too-many')
    return {
      ...answer,
      problem: 'too-many',
      details: { ...details, retryAfterSeconds: String(outcome.retryAfterSeconds) },
    };
  if (!outcome.ok && outcome.reason === 'changed')
    return { ...answer, problem: 'changed', details: { revision: String(outcome.revision) } };
  if (!outcome.ok) return { ...answer, problem: outcome.reason };
  return redirect({ href: `/letters/${slug}/endorse/check-your-email`, locale });
}
