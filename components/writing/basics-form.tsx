'use client';

import { useTranslations } from 'next-intl';
import { RunForm } from '@/components/running/run-form';
import type { RunAction, RunState } from '@/components/running/form-state';
import { SelectField, TextField } from '@/components/ui/field';
import type { Language } from '@/lib/letter/parts';

/** The date a letter bears, and which of its texts is the authoritative one. */
export function BasicsForm({
  action,
  hidden,
  date,
  authoritativeLanguage,
  authority,
}: {
  action: RunAction;
  hidden: Record<string, string>;
  /** `2025-04-23` */
  date: string;
  authoritativeLanguage: Language;
  /** Whether the authoritative text can be chosen, and why not. */
  authority: 'free' | 'published' | 'only';
}) {
  const t = useTranslations('writing');
  const errorOf = (field: string, state: RunState): string | undefined => {
    const code = state.errors[field]?.[0];
    if (!code) return undefined;
    return field === 'date' ? t('errors.invalidDate') : t(code === 'published' ? 'errors.published' : 'errors.noText');
  };
  return (
    <RunForm
      action={action}
      hidden={hidden}
      submit={t('basics.save')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) => (
        <>
          <TextField name="date" type="date" label={t('basics.date')} hint={t('basics.dateHint')} defaultValue={state?.typed.date ?? date} error={state ? errorOf('date', state) : undefined} />
          {authority === 'free' ? (
            <SelectField
              name="authoritativeLanguage"
              label={t('basics.authoritative')}
              hint={t('basics.authoritativeHint')}
              options={(['ja', 'en'] as const).map((value) => ({ value, text: t(`languages.${value}`) }))}
              defaultValue={state?.typed.authoritativeLanguage ?? authoritativeLanguage}
              error={state ? errorOf('authoritativeLanguage', state) : undefined}
            />
          ) : (
            <p>
              <input type="hidden" name="authoritativeLanguage" value={authoritativeLanguage} />
              {t(authority === 'published' ? 'basics.authoritativeFixed' : 'basics.authoritativeOnly', { language: authoritativeLanguage })}
            </p>
          )}
        </>
      )}
    />
  );
}
