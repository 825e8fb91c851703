import { useLocale, useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { SelectField } from '@/components/ui/field';
import type { Category } from '@/lib/letter/categories';
import { preferred } from '@/lib/platform/languages';

/** The choice of one of the letter's categories; nothing in a letter without categories. */
export function CategoryField({
  categories,
  ...field
}: { categories: readonly Category[] } & Omit<
  ComponentProps<typeof SelectField>,
  'label' | 'options' | 'groups' | 'name'
>) {
  const t = useTranslations('endorsement');
  const locale = useLocale();
  if (categories.length === 0) return null;
  return (
    <SelectField
      {...field}
      name="category"
      label={t('fields.category')}
      mark={t('marks.required')}
      required
      options={[
        { value: '', text: t('chooseCategory') },
        ...categories.map(({ id, names }) => ({
          value: id,
          text: preferred(names, locale)?.said ?? '',
        })),
      ]}
    />
  );
}
