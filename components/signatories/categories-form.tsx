'use client';

import { useLocale, useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField, smallLegend, TextField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { CATEGORIES_MAX, CATEGORY_NAME_MAX, type Category } from '@/lib/letter/categories';
import { knownCode } from '@/lib/platform/forms/codes';
import { languageName, LANGUAGES, preferred } from '@/lib/platform/languages';
import {
  categoriesForm,
  idField,
  moveField,
  nameField,
  NOWHERE,
  placeField,
  ROWS,
  type CategoriesError,
} from '@/lib/signatories/categories/schema';

/** Empty rows offered at once; saving offers more. */
const NEW_ROWS = 3;

/** Form for owners to define the categories of a letter's signatories. */
export function CategoriesForm({
  action,
  slug,
  categories,
}: {
  action: FormAction;
  slug: string;
  categories: Category[];
}) {
  const t = useTranslations('signatories.categories');
  const locale = useLocale();
  const errorOf = (field: string, state: FormState) => {
    const code = knownCode<CategoriesError>(t, 'errors', state.errors[field]?.[0]);
    return code && t(`errors.${code}`, { longest: CATEGORY_NAME_MAX });
  };
  const nameOf = ({ names }: Category) => preferred(names, locale)?.said ?? '';
  return (
    <section aria-labelledby="categories" className="max-w-3xl border-t border-line pt-8">
      <h2 id="categories" className="font-serif text-xl font-semibold">
        {t('title')}
      </h2>
      <p className="mt-2 mb-6 text-quiet">{t('lead')}</p>
      <AdminForm
        action={action}
        hidden={{ slug, locale, seen: JSON.stringify(categories) }}
        submit={t('submit')}
        errorOf={errorOf}
        problemOf={() => t('changed')}
        fields={(state) => {
          const typed = state?.typed ?? categoriesForm(categories);
          const text = (name: string) => ({
            name,
            defaultValue: typed[name] ?? '',
            error: state ? errorOf(name, state) : undefined,
          });
          return ROWS.slice(0, Math.min(CATEGORIES_MAX, categories.length + NEW_ROWS)).map(
            (row) => {
              const own = categories[row - 1];
              return (
                <fieldset key={row} className="border-t border-line pt-4 first:border-0">
                  <legend className={smallLegend}>
                    {own ? nameOf(own) : t('new', { number: row })}
                  </legend>
                  {own && <input type="hidden" name={idField(row)} value={own.id} />}
                  <div className="grid gap-4 sm:grid-cols-2">
                    {LANGUAGES.map((language) => (
                      <TextField
                        key={language}
                        {...text(nameField(row, language))}
                        lang={language}
                        label={t('name', { language: languageName(language, locale) })}
                        autoComplete="off"
                      />
                    ))}
                    <TextField
                      {...text(placeField(row))}
                      label={t('place')}
                      inputMode="numeric"
                      autoComplete="off"
                    />
                    {own && (
                      <SelectField
                        {...text(moveField(row))}
                        label={t('move')}
                        options={[
                          { value: '', text: t('moveNot') },
                          ...categories
                            .filter(({ id }) => id !== own.id)
                            .map((other) => ({ value: other.id, text: nameOf(other) })),
                          { value: NOWHERE, text: t('moveNowhere') },
                        ]}
                      />
                    )}
                  </div>
                </fieldset>
              );
            },
          );
        }}
      />
    </section>
  );
}
