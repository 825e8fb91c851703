'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AdminForm } from '@/components/admin/admin-form';
import { LetterSizeGuard } from '@/components/letter/text/letter-size-guard';
import { MarkdownField, type MarkdownLabels } from '@/components/letter/text/markdown-field';
import { CheckboxField, smallLegend, TextField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AUDIENCE_STATES, type Audience } from '@/lib/mailing/rules';
import { choice, type MailingError } from '@/lib/mailing/schema';
import { knownCode } from '@/lib/platform/forms/codes';
import {
  fieldIn,
  languageName,
  LANGUAGES,
  type ByLanguage,
  type Language,
} from '@/lib/platform/languages';
import type { UpdateContent } from '@/lib/update/schema';

/** A country, language or category that recipients can be chosen by, and how many entries have it. */
export interface Choice {
  value: string;
  name: string;
  count: number;
}

export interface ChoiceLists {
  states: Record<(typeof AUDIENCE_STATES)[number], number>;
  countries: Choice[];
  languages: Choice[];
  categories: Choice[];
}

const KINDS = [
  { kind: 'country', list: 'countries' },
  { kind: 'language', list: 'languages' },
  { kind: 'category', list: 'categories' },
] as const;

/** Form to write a mailing, or to change a draft. */
export function MailingForm({
  action,
  hidden,
  initial,
  choices,
  limits,
  children,
}: {
  action: FormAction;
  /** The letter, and the draft with the version that was read. */
  hidden: Record<string, string | number>;
  initial: { texts: ByLanguage<UpdateContent>; audience: Audience };
  choices: ChoiceLists;
  limits: { title: number; body: number };
  /** Rendered beside the button. */
  children?: ReactNode;
}) {
  const t = useTranslations('mailing');
  const reader = useLocale();
  const isDraft = 'id' in hidden;
  const errorOf = (field: string, { errors }: FormState) => {
    const code = knownCode<MailingError>(t, 'errors', errors[field]?.[0]);
    return (
      code &&
      t(`errors.${code}`, {
        max: field.startsWith('title') ? limits.title : limits.body,
        count: 0,
      })
    );
  };
  const inLanguage = (language: Language) =>
    t('inLanguage', { language: languageName(language, reader) });
  const labels = (language: Language): MarkdownLabels => ({
    preview: {
      heading: t('markdown.preview', { language: inLanguage(language) }),
      empty: t('markdown.empty'),
    },
    count: (length) => t('markdown.count', { length, max: limits.body }),
    tooLong: (length) => t('markdown.tooLong', { length, max: limits.body }),
  });
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t(isDraft ? 'save' : 'create')}
      errorOf={errorOf}
      problemOf={(problem) =>
        problem === 'changed' || problem === 'gone' ? t(`problems.${problem}`) : null
      }
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        const value = (field: string, otherwise: string) => state?.typed[field] ?? otherwise;
        const isChosen = (name: string, initially: boolean) =>
          state ? name in state.typed : initially;
        const narrowed = KINDS.some(({ kind, list }) =>
          choices[list].some((one) =>
            isChosen(choice(kind, one.value), initial.audience[list].includes(one.value)),
          ),
        );
        return (
          <>
            <p className="text-sm text-quiet">{t('languages')}</p>
            {LANGUAGES.map((language) => {
              const [title, body] = [fieldIn('title', language), fieldIn('body', language)];
              return (
                <fieldset key={language} className="space-y-5">
                  <legend className={smallLegend}>{inLanguage(language)}</legend>
                  <TextField
                    name={title}
                    label={t('titleField')}
                    hint={t('titleHint')}
                    lang={language}
                    error={error(title)}
                    defaultValue={value(title, initial.texts[language]?.title ?? '')}
                  />
                  <MarkdownField
                    name={body}
                    label={t('body')}
                    hint={t('bodyHint')}
                    rows={6}
                    lang={language}
                    error={error(body)}
                    defaultValue={value(body, initial.texts[language]?.body ?? '')}
                    max={limits.body}
                    labels={labels(language)}
                  />
                </fieldset>
              );
            })}
            <fieldset>
              <legend className={smallLegend}>{t('audience')}</legend>
              <p className="mt-1 text-sm text-quiet">{t('audienceHint')}</p>
              <fieldset className="mt-3">
                <legend className="font-semibold">{t('stateLegend')}</legend>
                {AUDIENCE_STATES.map((one) => {
                  const name = choice('state', one);
                  return (
                    <CheckboxField
                      key={one}
                      name={name}
                      label={t('choice', { name: t(`states.${one}`), count: choices.states[one] })}
                      error={error(name)}
                      defaultChecked={isChosen(name, initial.audience.states.includes(one))}
                    />
                  );
                })}
              </fieldset>
              <details className="mt-3" open={narrowed}>
                <summary className="min-h-8 cursor-pointer font-semibold text-indigo">
                  {t('narrow')}
                </summary>
                <p className="mt-1 text-sm text-quiet">{t('narrowHint')}</p>
                {KINDS.map(
                  ({ kind, list }) =>
                    choices[list].length > 0 && (
                      <fieldset key={kind} className="mt-3">
                        <legend className="font-semibold">{t(`${kind}Legend`)}</legend>
                        <div className="gap-x-6 sm:columns-2">
                          {choices[list].map(({ value: of, name: said, count }) => {
                            const name = choice(kind, of);
                            return (
                              <CheckboxField
                                key={of}
                                name={name}
                                label={t('choice', { name: said, count })}
                                defaultChecked={isChosen(name, initial.audience[list].includes(of))}
                              />
                            );
                          })}
                        </div>
                      </fieldset>
                    ),
                )}
              </details>
            </fieldset>
            <LetterSizeGuard bodyMax={limits.body} />
          </>
        );
      }}
    >
      {children}
    </AdminForm>
  );
}
