'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** What the form knows after an answer. */
export interface SignInFormState {
  answer: number;
  email: string;
  problem: 'invalid' | 'too-many' | 'failed' | null;
  retryAfterSeconds: number;
}

/** Asks for a sign-in link. Works without scripts; what was typed comes back with every problem. */
export function SignInForm({
  action,
}: {
  action: (state: SignInFormState, form: FormData) => Promise<SignInFormState>;
}) {
  const t = useTranslations('coordinator.signIn');
  const locale = useLocale();
  const [state, formAction, pending] = useActionState(action, {
    answer: 0,
    email: '',
    problem: null,
    retryAfterSeconds: 0,
  });
  return (
    <form
      action={formAction}
      className="space-y-4"
      onSubmit={(event) => {
        if (pending) event.preventDefault();
      }}
    >
      {state.problem && (
        <Notice key={state.answer} tone="alert" announce>
          {t(`problems.${state.problem}`, { minutes: Math.ceil(state.retryAfterSeconds / 60) })}
        </Notice>
      )}
      <input type="hidden" name="locale" value={locale} />
      <div>
        <label htmlFor="email" className="font-semibold">
          {t('email')}
        </label>
        <input
          key={state.answer}
          id="email"
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          defaultValue={state.email}
          aria-invalid={state.problem === 'invalid' || undefined}
          className="mt-1 block min-h-12 w-full rounded-sm border border-edge bg-raised px-3 py-2"
        />
      </div>
      <button type="submit" aria-disabled={pending} className={buttonClass('solid')}>
        {t('submit')}
      </button>
    </form>
  );
}
