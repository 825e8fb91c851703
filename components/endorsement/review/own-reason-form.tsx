'use client';

import { useLocale, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { TextAreaField, TextField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import {
  DECLINE_TEXT_MAX,
  OWN_REASONS_MAX,
  REASON_LABEL_MAX,
  type OwnReasonError,
} from '@/lib/endorsement/review/reasons/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { fieldIn, languageName, LANGUAGES } from '@/lib/platform/languages';

const LABEL = 'reasonLabel';

/** Form to add a reason for declining to a letter's own. */
export function OwnReasonForm({
  action,
  hidden,
}: {
  action: FormAction;
  hidden: Record<string, string>;
}) {
  const t = useTranslations('endorsement.review.ownReasons');
  const reader = useLocale();
  const errorOf = (field: string, state: FormState) => {
    const code = knownCode<OwnReasonError>(t, 'errors', state.errors[field]?.[0]);
    const max = field === LABEL ? REASON_LABEL_MAX : DECLINE_TEXT_MAX;
    return code && t(`errors.${code}`, { max });
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('add')}
      errorOf={errorOf}
      problemOf={() => t('full', { max: OWN_REASONS_MAX })}
      fields={(state) => (
        <>
          <TextField
            name={LABEL}
            label={t('label')}
            hint={t('labelHint')}
            defaultValue={state?.typed[LABEL]}
            error={state ? errorOf(LABEL, state) : undefined}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            {LANGUAGES.map((language) => {
              const name = fieldIn('words', language);
              return (
                <TextAreaField
                  key={language}
                  name={name}
                  lang={language}
                  rows={2}
                  label={t('words', { language: languageName(language, reader) })}
                  defaultValue={state?.typed[name]}
                  error={state ? errorOf(name, state) : undefined}
                />
              );
            })}
          </div>
        </>
      )}
    />
  );
}
