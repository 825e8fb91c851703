'use client';

import type { UpdateContent } from '@/lib/update/schema';
import type { UpdateKind } from '@/lib/platform/db/generated/enums';
import {
  LANGUAGES,
  fieldIn,
  languageName,
  type ByLanguage,
  type Language,
} from '@/lib/platform/languages';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { RadioField, TextField, smallLegend } from '@/components/ui/field';
import { MarkdownField, type MarkdownLabels } from '@/components/letter/text/markdown-field';
import { LetterSizeGuard } from '@/components/letter/text/letter-size-guard';
import { knownCode } from '@/lib/platform/forms/codes';
import type { UpdateError } from '@/lib/update/schema';

const KINDS = ['reply', 'update'] as const;
const FIELDS = LANGUAGES.map((language) => ({
  language,
  title: fieldIn('title', language),
  body: fieldIn('body', language),
}));

/** Initial values of the form. */
export interface InitialUpdate {
  kind: UpdateKind;
  date: string;
  texts: ByLanguage<UpdateContent>;
}

/** Form to create or edit the addressee's reply or an update. */
export function UpdateForm({
  action,
  locale,
  slug,
  which,
  initial,
  theirs,
  limits,
  children,
}: {
  action: FormAction;
  locale: string;
  slug: string;
  /** The update being edited and its version; undefined for a new one. */
  which: { id: string; version: number } | null;
  initial: InitialUpdate;
  /** Shown if a colleague has changed the update in the meantime: its current content. */
  theirs?: ReactNode;
  limits: { title: number; body: number };
  /** Rendered beside the button. */
  children?: ReactNode;
}) {
  const t = useTranslations('update.admin');
  const reader = useLocale();
  const errorOf = (field: string, { errors }: FormState) => {
    const code = knownCode<UpdateError>(t, 'errors', errors[field]?.[0]);
    return (
      code && t(`errors.${code}`, { max: field.startsWith('title') ? limits.title : limits.body })
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
  const problemOf = (problem: string) =>
    problem === 'changed' || problem === 'gone' ? t(`problems.${problem}`) : null;
  return (
    <AdminForm
      action={action}
      hidden={{ locale, slug, ...which }}
      submit={which ? t('save') : t('post')}
      errorOf={errorOf}
      problemOf={problemOf}
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        const value = (field: string, otherwise: string) => state?.typed[field] ?? otherwise;
        return (
          <>
            {state?.problem === 'changed' && theirs}
            <RadioField
              name="kind"
              legend={t('kind')}
              isSection={false}
              error={error('kind')}
              defaultValue={value('kind', initial.kind)}
              options={KINDS.map((kind) => ({
                value: kind,
                label: t(`kinds.${kind}.label`),
                explanation: t(`kinds.${kind}.explanation`),
              }))}
            />
            <div className="max-w-xs">
              <TextField
                name="date"
                type="date"
                label={t('date')}
                hint={t('dateHint')}
                error={error('date')}
                defaultValue={value('date', initial.date)}
              />
            </div>
            <p className="text-sm text-quiet">{t('languages')}</p>
            {FIELDS.map(({ language, title, body }) => (
              <fieldset key={language} className="space-y-5">
                <legend className={smallLegend}>{inLanguage(language)}</legend>
                <TextField
                  name={title}
                  label={t('titleField')}
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
            ))}
            <LetterSizeGuard bodyMax={limits.body} />
          </>
        );
      }}
    >
      {children}
    </AdminForm>
  );
}
