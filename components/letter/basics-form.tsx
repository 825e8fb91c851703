'use client';

import { useLocale, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SelectField, TextField } from '@/components/ui/field';
import type { BasicsError } from '@/lib/letter/schema';
import { inOrder, type Language, languageName, LANGUAGES } from '@/lib/platform/languages';

/** Form for a letter's date, the address to write to, and its authoritative text. */
export function BasicsForm({
  action,
  hidden,
  date,
  contactEmail,
  authoritativeLanguage,
  authority,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** `2025-04-23` */
  date: string;
  contactEmail: string | null;
  authoritativeLanguage: Language;
  /** Whether the authoritative text can be changed, and if not, why. */
  authority: 'free' | 'published' | 'only';
}) {
  const t = useTranslations('letter.text');
  const reader = useLocale();
  const errorOf = (field: string, state: FormState): string | undefined => {
    const code = state.errors[field]?.[0] as BasicsError | undefined;
    if (!code) return undefined;
    if (code === 'no-text') return t('errors.noText');
    return t(`errors.${code === 'invalidDate' || code === 'published' ? code : 'invalidEmail'}`);
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('basics.save')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) => (
        <>
          <TextField
            name="date"
            type="date"
            label={t('basics.date')}
            hint={t('basics.dateHint')}
            defaultValue={state?.typed.date ?? date}
            error={state ? errorOf('date', state) : undefined}
          />
          <TextField
            name="contactEmail"
            type="email"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            autoComplete="off"
            label={t('basics.contact')}
            hint={t('basics.contactHint')}
            defaultValue={state?.typed.contactEmail ?? contactEmail ?? ''}
            error={state ? errorOf('contactEmail', state) : undefined}
          />
          {authority === 'free' ? (
            <SelectField
              name="authoritativeLanguage"
              label={t('basics.authoritative')}
              hint={t('basics.authoritativeHint')}
              options={inOrder(new Set([...LANGUAGES, authoritativeLanguage])).map((value) => ({
                value,
                text: languageName(value, reader),
              }))}
              defaultValue={state?.typed.authoritativeLanguage ?? authoritativeLanguage}
              error={state ? errorOf('authoritativeLanguage', state) : undefined}
            />
          ) : (
            <p>
              <input type="hidden" name="authoritativeLanguage" value={authoritativeLanguage} />
              {t(
                authority === 'published'
                  ? 'basics.authoritativeFixed'
                  : 'basics.authoritativeOnly',
                { language: languageName(authoritativeLanguage, reader) },
              )}
            </p>
          )}
        </>
      )}
    />
  );
}
