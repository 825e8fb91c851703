'use client';

import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FieldError } from '@/lib/endorsement/schema';
import { knownCode } from '@/lib/platform/forms/codes';

const FIELDS = ['representativeName', 'representativeRole'] as const;

/** Corrects the representative's own name and role, which are not public, at once. */
export function PersonForm({
  action,
  token,
  initial,
  max,
}: {
  action: FormAction;
  token: string;
  initial: Record<(typeof FIELDS)[number], string>;
  /** Maximum length of each field in characters. */
  max: number;
}) {
  const t = useTranslations('entry');
  const common = useTranslations('endorsement');
  const locale = useLocale();
  const errorOf = (field: (typeof FIELDS)[number], { errors }: FormState) => {
    const code = knownCode<FieldError>(common, 'errors', errors[field]?.[0]);
    if (!code) return undefined;
    return code === 'required' ? common(`required.${field}`) : common(`errors.${code}`, { max });
  };
  const titleOf = (state: FormState) =>
    FIELDS.some((field) => errorOf(field, state)) ? common('summary') : t('failed.failed');
  return (
    <Form
      action={action}
      compact
      hidden={<HiddenFields fields={{ token, locale }} />}
      titleOf={titleOf}
      problemOf={() => t('failed.failed')}
      fields={(state) => (
        <details id="person" open={state !== null} className="border-t border-line py-3">
          <summary className="min-h-8 cursor-pointer font-semibold text-indigo">
            {t('actions.person.open')}
          </summary>
          <div className="mt-3 space-y-4">
            <p>{t('actions.person.explanation')}</p>
            {FIELDS.map((field) => (
              <TextField
                key={field}
                name={field}
                label={common(`fields.${field}`)}
                autoComplete={field === 'representativeName' ? 'name' : 'organization-title'}
                defaultValue={state?.typed[field] ?? initial[field]}
                {...(state && { error: errorOf(field, state) })}
              />
            ))}
            <SubmitButton className={buttonClass('outline')}>
              {t('actions.person.submit')}
            </SubmitButton>
          </div>
        </details>
      )}
      buttons={null}
    />
  );
}
