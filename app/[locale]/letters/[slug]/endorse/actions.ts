'use server';

import { hasLocale } from 'next-intl';
import { headers } from 'next/headers';
import { SLOW_FIELD, SOLUTION_FIELD } from '@/components/endorsement/pressure/fields';
import { TRAP_FIELD } from '@/components/endorsement/trap-field';
import { LANGUAGE_BUTTON } from '@/components/ui/language-button';
import type { FormState } from '@/components/ui/form-state';
import { endorse, type Sending } from '@/lib/endorsement/commands';
import { fieldErrors, signUpSchema, tidied, typedSignUp } from '@/lib/endorsement/schema';
import { signedLetter } from '@/lib/letter/queries';
import { clientOf } from '@/lib/platform/client-address';
import { redirect } from '@/lib/platform/i18n/navigation';
import { routing } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';
import { keepInput } from '@/app/[locale]/kept-input';
import { endorseForm } from './form';

/** How the form was sent: what it says besides the sign-up. */
function sendingOf(form: FormData): Sending {
  const [solution, trap] = [form.get(SOLUTION_FIELD), form.get(TRAP_FIELD)];
  return {
    solution: typeof solution === 'string' && solution !== '' ? solution : null,
    slow: form.get(SLOW_FIELD) === '1',
    trapped: typeof trap === 'string' && trap !== '',
  };
}

/**
 * Handles the sign-up form. On any error, the form is shown again with the submitted values. What was
 * typed is kept in the browser when the form is to be shown in another language, and after it was
 * sent, so that a wrong address can be mended.
 */
export async function submitEndorsement(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  const raw = typedSignUp(form);
  const slug = String(form.get('slug'));
  const requestedLocale = form.get('locale');
  const locale = hasLocale(routing.locales, requestedLocale)
    ? requestedLocale
    : routing.defaultLocale;
  const seen = Number(form.get('revision')) || null;
  // The token of the invitation through which the form was opened, if any.
  const invitee = tokenIn(String(form.get('invitee') ?? ''));
  const kept: Record<string, string> = invitee === null ? {} : { invitee };
  const wanted = form.get(LANGUAGE_BUTTON);
  if (hasLocale(routing.locales, wanted)) {
    await keepInput(endorseForm(slug), { ...raw, ...kept, revision: String(seen ?? '') });
    return redirect({ href: `/letters/${slug}/endorse/continue`, locale: wanted });
  }
  const { typed, changed } = tidied(raw);
  // After a response, the revision stays the one that the page first linked to.
  const details = { revision: seen === null ? '' : String(seen) };
  const answer = { answer: Date.now(), typed, errors: {}, problem: null, details };

  const unexpected = (error: unknown) => {
    // A database error's message can contain the row, and so the mail address.
    log('error', 'a sign-up failed', { error: errorName(error) });
    return { ok: false, reason: 'unexpected' } as const;
  };
  const letter = await signedLetter(slug).catch(unexpected);
  if (letter && 'ok' in letter) return { ...answer, problem: letter.reason };
  const signUp = signUpSchema(letter?.listSettings).safeParse({ ...typed, language: locale });
  // What was tidied is shown before it is sent; sent again, it is as it was shown.
  const toCheck = Object.fromEntries(changed.map((field) => [field, ['tidied' as const]]));
  if (!signUp.success) return { ...answer, errors: { ...toCheck, ...fieldErrors(signUp.error) } };
  if (changed.length > 0) return { ...answer, errors: toCheck };

  const client = clientOf(await headers());
  const outcome = await endorse(letter, signUp.data, client, seen, invitee, sendingOf(form)).catch(
    unexpected,
  );
  if (!outcome.ok && outcome.reason === 'too-many')
    return {
      ...answer,
      problem: 'too-many',
      details: { ...details, retryAfterSeconds: String(outcome.retryAfterSeconds) },
    };
  if (!outcome.ok && outcome.reason === 'changed')
    return { ...answer, problem: 'changed', details: { revision: String(outcome.revision) } };
  if (!outcome.ok && outcome.reason === 'pressure')
    return {
      ...answer,
      problem: 'pressure',
      details: { ...details, challenge: JSON.stringify(outcome.challenge) },
    };
  if (!outcome.ok) return { ...answer, problem: outcome.reason };
  const { representativeEmail } = signUp.data;
  const mailAt: Record<string, string> = outcome.mailAt
    ? { mailAt: outcome.mailAt.toISOString() }
    : {};
  await keepInput(endorseForm(slug), { ...typed, ...kept, representativeEmail, ...mailAt });
  return redirect({ href: `/letters/${slug}/endorse/check-your-email`, locale });
}
