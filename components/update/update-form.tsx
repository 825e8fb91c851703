'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { AdminForm } from '@/components/admin/admin-form';
import { RadioField, TextField, smallLegend } from '@/components/ui/field';
import { MarkdownField, type MarkdownLabels } from '@/components/letter/text/markdown-field';
import { LetterSizeGuard } from '@/components/letter/text/letter-size-guard';
import { knownCode } from '@/lib/platform/forms/codes';
import type { UpdateError } from '@/lib/update/schema';

const KINDS = ['reply', 'update'] as const;
const LANGUAGES = [
  { language: 'ja', title: 'titleJa', body: 'bodyJa', legend: 'textJa' },
  { language: 'en', title: 'titleEn', body: 'bodyEn', legend: 'textEn' },
] as const;

/** The fields of a posting, as its form holds them. */
export type UpdateFields = Record<
  'kind' | 'date' | 'titleJa' | 'bodyJa' | 'titleEn' | 'bodyEn',
  string
>;

/** The form that posts the addressee's reply or an posting, or changes what was posted. */
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
  /** The posting that is changed, and its version; none: a new one. */
  which: { id: string; version: number } | null;
  initial: UpdateFields;
  /** Shown where a colleague has changed the posting meanwhile: how it is now. */
  theirs?: ReactNode;
  limits: { title: number; body: number };
  /** Beside the button. */
  children?: ReactNode;
}) {
  const t = useTranslations('update.admin');
  const errorOf = (field: string, { errors }: FormState) => {
    const code = knownCode<UpdateError>(t, 'errors', errors[field]?.[0]);
    return (
      code && t(`errors.${code}`, { max: field.startsWith('title') ? limits.title : limits.body })
    );
  };
  const labels = (legend: 'textJa' | 'textEn'): MarkdownLabels => ({
    preview: t('markdown.preview', { language: t(legend) }),
    empty: t('markdown.empty'),
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
        const value = (field: keyof UpdateFields) => state?.typed[field] ?? initial[field];
        return (
          <>
            {state?.problem === 'changed' && theirs}
            <RadioField
              name="kind"
              legend={t('kind')}
              isSection={false}
              error={error('kind')}
              defaultValue={value('kind')}
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
                defaultValue={value('date')}
              />
            </div>
            <p className="text-sm text-quiet">{t('languages')}</p>
            {LANGUAGES.map(({ language, title, body, legend }) => (
              <fieldset key={language} className="space-y-5">
                <legend className={smallLegend}>{t(legend)}</legend>
                <TextField
                  name={title}
                  label={t('titleField')}
                  lang={language}
                  error={error(title)}
                  defaultValue={value(title)}
                />
                <MarkdownField
                  name={body}
                  label={t('body')}
                  hint={t('bodyHint')}
                  rows={6}
                  lang={language}
                  error={error(body)}
                  defaultValue={value(body)}
                  max={limits.body}
                  labels={labels(legend)}
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
