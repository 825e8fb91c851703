'use client';

import { useLocale, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { smallLegend, TextAreaField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import {
  DECLINE_TEXT_MAX,
  type DeclineTextError,
  type DeclineTexts,
} from '@/lib/endorsement/review/reasons/schema';
import { DECLINE_REASONS } from '@/lib/endorsement/review/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { fieldIn, languageName, LANGUAGES } from '@/lib/platform/languages';

/** Form for a letter's own words for the reasons of a decline, each with what is said without. */
export function DeclineTextsForm({
  action,
  hidden,
  texts,
  usual,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  texts: DeclineTexts;
  /** What mails say of each reason otherwise. */
  usual: DeclineTexts;
}) {
  const t = useTranslations('endorsement.review.declineTexts');
  const reasons = useTranslations('endorsement.review.reasons');
  const reader = useLocale();
  const errorOf = (field: string, state: FormState) => {
    const code = knownCode<DeclineTextError>(t, 'errors', state.errors[field]?.[0]);
    return code && t(`errors.${code}`, { max: DECLINE_TEXT_MAX });
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('save')}
      errorOf={errorOf}
      problemOf={() => undefined}
      fields={(state) =>
        DECLINE_REASONS.map((reason) => (
          <fieldset key={reason} className="border-t border-line pt-3">
            <legend className={smallLegend}>{reasons(reason)}</legend>
            <div className="grid gap-4 sm:grid-cols-2">
              {LANGUAGES.map((language) => {
                const name = fieldIn(reason, language);
                return (
                  <TextAreaField
                    key={language}
                    name={name}
                    lang={language}
                    rows={2}
                    label={languageName(language, reader)}
                    hint={
                      <>
                        {t('usual')} <span lang={language}>{usual[reason][language]}</span>
                      </>
                    }
                    defaultValue={state?.typed[name] ?? texts[reason][language] ?? ''}
                    error={state ? errorOf(name, state) : undefined}
                  />
                );
              })}
            </div>
          </fieldset>
        ))
      }
    />
  );
}
