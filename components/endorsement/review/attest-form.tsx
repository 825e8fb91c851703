'use client';

import { useLocale, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import type { FormAction, FormState } from '@/components/ui/form-state';
import type { Category } from '@/lib/letter/categories';
import { CategoryField } from '../category-field';
import { RadioField, SelectField, TextAreaField, TextField } from '@/components/ui/field';

const NAMES = [
  { name: 'name', lang: undefined },
  { name: 'reading', lang: 'ja' },
  { name: 'nameEn', lang: 'en' },
  { name: 'nameJa', lang: 'ja' },
] as const;
const MARKS = {
  name: 'required',
  reading: 'reading',
  nameEn: 'optional',
  nameJa: 'optional',
} as const;
/** Name errors, whose messages are shared with the sign-up form. */
const NAME_ERRORS = [
  'tooLong',
  'controlCharacter',
  'containsAddress',
  'noLetters',
  'oneNameRequired',
  'notLatin',
  'sameLanguage',
  'readingRequired',
  'readingNotKana',
] as const;
const OTHER_ERRORS = ['required', 'invalidWebsite', 'invalidCountry', 'invalidChoice'] as const;

/** The form with which a coordinator enters an endorsement received outside the sign-up form. */
export function AttestForm({
  action,
  slug,
  categories,
  countries,
  limits,
}: {
  action: FormAction;
  slug: string;
  categories: readonly Category[];
  countries: { value: string; text: string }[];
  /** Maximum length of a field, in characters. */
  limits: Partial<Record<string, number>>;
}) {
  const t = useTranslations('endorsement.review.attest');
  const words = useTranslations('endorsement');
  const locale = useLocale();
  const errorOf = (field: string, { errors }: FormState) => {
    const code = errors[field]?.[0];
    if (code === undefined) return undefined;
    const known = NAME_ERRORS.find((error) => error === code);
    if (known) return words(`errors.${known}`, { max: limits[field] ?? 0 });
    return t(`errors.${OTHER_ERRORS.find((error) => error === code) ?? 'required'}`);
  };
  return (
    <AdminForm
      action={action}
      hidden={{ slug, locale, ...(categories.length > 0 && { asksCategory: 'on' }) }}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={() => t('unpublished')}
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        const value = (field: string) => state?.typed[field];
        return (
          <>
            {NAMES.map(({ name, lang }) => (
              <TextField
                key={name}
                name={name}
                lang={lang}
                label={words(`fields.${name}`)}
                mark={words(`marks.${MARKS[name]}`)}
                hint={words(`hints.${name}`)}
                autoComplete="off"
                defaultValue={value(name)}
                error={error(name)}
              />
            ))}
            <CategoryField
              categories={categories}
              defaultValue={value('category')}
              error={error('category')}
            />
            <TextField
              name="website"
              type="url"
              label={t('website')}
              mark={t('optional')}
              autoComplete="off"
              defaultValue={value('website')}
              error={error('website')}
            />
            <SelectField
              name="country"
              label={t('country')}
              options={[{ value: '', text: words('chooseCountry') }, ...countries]}
              defaultValue={value('country') ?? (locale === 'ja' ? 'JP' : '')}
              error={error('country')}
            />
            <RadioField
              name="visibility"
              isSection={false}
              legend={t('visibility')}
              defaultValue={value('visibility') ?? 'named'}
              error={error('visibility')}
              options={(['named', 'withheld'] as const).map((choice) => ({
                value: choice,
                label: t(choice),
                explanation: t(`${choice}Hint`),
              }))}
            />
            <TextAreaField
              name="evidence"
              label={t('evidence')}
              hint={t('evidenceHint')}
              defaultValue={value('evidence')}
              error={error('evidence')}
            />
          </>
        );
      }}
    />
  );
}
