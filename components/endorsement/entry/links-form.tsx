'use client';

import { useTranslations } from 'next-intl';
import { EmailForm } from '@/components/ui/email-form';
import type { FormAction } from '@/components/ui/form-state';
import { knownCode } from '@/lib/platform/forms/codes';

type Problem = 'invalid' | 'too-many' | 'failed';

/** Form to request the links to the entries of an address. */
export function LinksForm(props: { action: FormAction; email: string }) {
  const t = useTranslations('entry.links');
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
