'use client';

import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { TextAreaField } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { knownCode } from '@/lib/platform/forms/codes';

/** Withdraws the endorsement in two clicks, with an optional reason. */
export function WithdrawForm({
  action,
  token,
  isDelivered,
  reasonMax,
}: {
  action: FormAction;
  token: string;
  isDelivered: boolean;
  /** Maximum length of the reason in characters. */
  reasonMax: number;
}) {
  const t = useTranslations('entry');
  const locale = useLocale();
  const errorOf = (_field: string, { errors }: FormState) => {
    const [code] = errors.reason ?? [];
    if (!code) return undefined;
    const known = knownCode<'tooLong' | 'controlCharacter'>(t, 'errors', code) ?? 'other';
    return t(`errors.${known}`, { max: reasonMax });
  };
  return (
    <Form
      action={action}
      compact
      hidden={<HiddenFields fields={{ token, locale }} />}
      titleOf={(state) => errorOf('reason', state) ?? t('failed.failed')}
      problemOf={() => t('failed.failed')}
      fields={(state) => (
        <details id="withdraw" open={state !== null} className="border-t border-line py-3">
          <summary className="min-h-8 cursor-pointer font-semibold text-indigo">
            {t('actions.withdraw.open')}
          </summary>
          <div className="mt-3 space-y-3">
            <p>{t('actions.withdraw.explanation')}</p>
            {isDelivered && <p>{t('actions.withdraw.delivered')}</p>}
            <TextAreaField
              name="reason"
              label={t('actions.withdraw.reason')}
              hint={t('actions.withdraw.reasonHint')}
              defaultValue={state?.typed.reason ?? ''}
              {...(state && { error: errorOf('reason', state) })}
            />
            <SubmitButton className={buttonClass('alert')}>
              {t('actions.withdraw.submit')}
            </SubmitButton>
          </div>
        </details>
      )}
      buttons={null}
    />
  );
}
