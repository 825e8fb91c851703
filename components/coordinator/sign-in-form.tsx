'use client';

import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { FormLanguage } from '@/components/ui/form-language';
import type { FormAction } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { knownCode } from '@/lib/platform/forms/codes';

type Problem = 'invalid' | 'too-many' | 'failed';

/** Form to request a sign-in link. */
export function SignInForm({
  action,
  email,
}: {
  action: FormAction;
  /** What was typed before; empty: nothing. */
  email: string;
}) {
  const t = useTranslations('coordinator.signIn');
  const locale = useLocale();
  return (
    <Form
      action={action}
      compact
      noValidate={false}
      className="space-y-4"
      hidden={<input type="hidden" name="locale" value={locale} />}
      titleOf={() => t('problems.invalid')}
      problemOf={(problem, { details }) =>
        t(`problems.${knownCode<Problem>(t, 'problems', problem) ?? 'failed'}`, {
          minutes: Math.ceil(Number(details?.retryAfterSeconds ?? 0) / 60),
        })
      }
      fields={(state) => (
        <div>
          <label htmlFor="email" className="font-semibold">
            {t('email')}
          </label>
          <input
            id="email"
            name="email"
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            defaultValue={state?.typed.email ?? email}
            aria-invalid={state?.problem === 'invalid' || undefined}
            className="mt-1 block min-h-12 w-full rounded-sm border border-edge bg-raised px-3 py-2"
          />
        </div>
      )}
      buttons={
        <>
          <SubmitButton className={buttonClass('solid')}>{t('submit')}</SubmitButton>
          <FormLanguage />
        </>
      }
    />
  );
}
