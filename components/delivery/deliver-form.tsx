'use client';

import { useTranslations } from 'next-intl';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import {
  CheckboxField,
  RadioField,
  smallLegend,
  TextAreaField,
  TextField,
} from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import type { DeliverError } from '@/lib/delivery/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import { fieldIn, languageName, LANGUAGES, type ByLanguage } from '@/lib/platform/languages';

type Problem = 'changed' | 'draft' | 'empty' | 'running' | 'too-large' | 'busy' | 'no-pdf';

/** Fields that exist once per language. */
const FIELDS = LANGUAGES.map((language) => ({
  language,
  addressee: fieldIn('addressee', language),
  label: fieldIn('label', language),
}));

/** The form that delivers a letter as previewed on the page. */
export function DeliverForm({
  action,
  locale,
  slug,
  seen,
  rounds,
  addressee,
  limits,
}: {
  action: FormAction;
  locale: string;
  slug: string;
  /** The letter's public version that the page shows; the delivery is refused if it has changed. */
  seen: number;
  /** What the letter's rounds are called; at least one is offered. */
  rounds: ByLanguage[];
  /** The addressee from the text or the last delivery. */
  addressee: ByLanguage;
  limits: { addressee: number; label: number };
}) {
  const t = useTranslations('delivery.deliver');
  const errorOf = (field: string, { errors }: FormState) => {
    const code = knownCode<DeliverError>(t, 'errors', errors[field]?.[0]);
    return (
      code &&
      t(`errors.${code}`, { max: field.startsWith('label') ? limits.label : limits.addressee })
    );
  };
  const problemOf = (problem: string, { typed }: FormState) => {
    const code = knownCode<Problem>(t, 'problems', problem);
    return (
      code &&
      t(`problems.${code}`, {
        revision: Number(typed.nowRevision),
        total: Number(typed.nowTotal),
        delivery: Number(typed.nowDelivery),
      })
    );
  };
  return (
    <AdminForm
      action={action}
      hidden={{ locale, slug, seenVersion: seen }}
      submit={t('submit')}
      tone="alert"
      errorOf={errorOf}
      problemOf={problemOf}
      fields={(state) => {
        const error = (field: string) => state && errorOf(field, state);
        return (
          <>
            <RadioField
              name="tally"
              isSection={false}
              legend={t('tally')}
              error={error('tally') ?? undefined}
              defaultValue={state?.typed.tally}
              options={[
                ...(rounds.length > 0 ? rounds : [{}]).map((label: ByLanguage, index) => ({
                  value: `round-${index + 1}`,
                  label: label[locale] ?? t('tallies.round.label', { number: index + 1 }),
                  explanation: t('tallies.round.explanation'),
                })),
                ...(['final', 'other'] as const).map((value) => ({
                  value,
                  label: t(`tallies.${value}.label`),
                  explanation: t(`tallies.${value}.explanation`),
                })),
              ]}
            />
            <fieldset>
              <legend className={smallLegend}>{t('addressee')}</legend>
              <p className="mt-1 text-sm text-quiet">{t('addresseeHint')}</p>
              <div className="mt-3 grid gap-5 sm:grid-cols-2">
                {FIELDS.map(({ language, addressee: name }) => (
                  <TextAreaField
                    key={name}
                    name={name}
                    label={t('inLanguage', { language: languageName(language, locale) })}
                    rows={2}
                    lang={language}
                    error={error(name) ?? undefined}
                    defaultValue={state ? state.typed[name] : (addressee[language] ?? '')}
                  />
                ))}
              </div>
            </fieldset>
            <fieldset>
              <legend className={smallLegend}>{t('label')}</legend>
              <p className="mt-1 text-sm text-quiet">{t('labelHint')}</p>
              <div className="mt-3 grid gap-5 sm:grid-cols-2">
                {FIELDS.map(({ language, label: name }) => (
                  <TextField
                    key={name}
                    name={name}
                    label={t('inLanguage', { language: languageName(language, locale) })}
                    lang={language}
                    error={error(name) ?? undefined}
                    defaultValue={state?.typed[name]}
                  />
                ))}
              </div>
            </fieldset>
            <div>
              <CheckboxField
                name="tells"
                label={t('tells')}
                defaultChecked={state ? 'tells' in state.typed : true}
              />
              <p className="text-sm text-quiet">{t('tellsHint')}</p>
            </div>
            <Notice tone="alert" title={t('undone')}>
              <p>{t('undoneWhy')}</p>
              <div className="mt-4">
                <TextField
                  name="confirmation"
                  label={t('confirmation')}
                  hint={t('confirmationHint')}
                  autoComplete="off"
                  error={error('confirmation') ?? undefined}
                  defaultValue={state?.typed.confirmation}
                />
              </div>
            </Notice>
          </>
        );
      }}
    />
  );
}
