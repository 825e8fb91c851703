'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { CheckboxField, TextField } from '@/components/ui/field';
import type { FormAction } from '@/components/ui/form-state';
import { Notice } from '@/components/ui/notice';
import type { MailingError } from '@/lib/mailing/schema';
import { knownCode } from '@/lib/platform/forms/codes';

type Problem = 'changed' | 'gone' | 'other-count' | 'nobody';

/** Sends a draft, once the number of its recipients is typed. */
export function SendForm({
  action,
  hidden,
  count,
  offersPost,
}: {
  action: FormAction;
  hidden: Record<string, string | number>;
  /** How many addresses get it. */
  count: number;
  /** Whether it can also be posted on the letter's page. */
  offersPost: boolean;
}) {
  const t = useTranslations('mailing');
  return (
    <AdminForm
      action={action}
      hidden={{ ...hidden, seenCount: count }}
      guarded={false}
      submit={t('send.submit', { count })}
      tone="alert"
      errorOf={(field, { errors }) => {
        const code = knownCode<MailingError>(t, 'errors', errors[field]?.[0]);
        return code && t(`errors.${code}`, { count, max: 0 });
      }}
      problemOf={(problem) => {
        const code = knownCode<Problem>(t, 'problems', problem);
        return code && t(`problems.${code}`);
      }}
      fields={(state) => {
        const code = state && knownCode<MailingError>(t, 'errors', state.errors.count?.[0]);
        return (
          <>
            {offersPost && (
              <CheckboxField
                name="posts"
                label={t('send.posts')}
                defaultChecked={state ? 'posts' in state.typed : false}
              />
            )}
            <Notice tone="alert" title={t('send.why')}>
              <div className="mt-3">
                <TextField
                  name="count"
                  inputMode="numeric"
                  autoComplete="off"
                  label={t('send.count')}
                  hint={t('send.countHint', { count })}
                  error={code ? t(`errors.${code}`, { count, max: 0 }) : undefined}
                  defaultValue={state?.typed.count}
                />
              </div>
            </Notice>
          </>
        );
      }}
    />
  );
}
