'use client';

import { useTranslations } from 'next-intl';
import { EmailForm } from '@/components/ui/email-form';
import type { FormAction } from '@/components/ui/form-state';
import { knownCode } from '@/lib/platform/forms/codes';

type Problem = 'invalid' | 'too-many' | 'failed';

/** Form to request a sign-in link. */
export function SignInForm(props: { action: FormAction; email: string }) {
  const t = useTranslations('coordinator.signIn');
  return (
    <EmailForm
      {...props}
      words={{
        label: t('email'),
        submit: t('submit'),
        invalid: t('problems.invalid'),
        problem: (code, minutes) =>
          t(`problems.${knownCode<Problem>(t, 'problems', code) ?? 'failed'}`, { minutes }),
      }}
    />
  );
}
