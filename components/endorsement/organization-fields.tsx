import { Globe, Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Category } from '@/lib/letter/categories';
import { TextField } from '@/components/ui/field';
import type { QuestionChoice } from '@/lib/letter/list-settings';
import { CategoryField } from './category-field';
import type { useReading } from './use-reading';

export type OrganizationField = 'name' | 'reading' | 'nameEn' | 'nameJa' | 'website' | 'category';

/** What an organization is called, and its website: the same wherever it says so itself. */
export function OrganizationFields({
  text,
  reading,
  website,
  categories,
  asksReading,
}: {
  /** A field's name, value and error. */
  text: (field: OrganizationField) => {
    name: string;
    defaultValue: string;
    error: string | undefined;
  };
  reading: ReturnType<typeof useReading>;
  website: QuestionChoice;
  categories: readonly Category[];
  /** Whether a name with kanji needs its reading. */
  asksReading: boolean;
}) {
  const t = useTranslations('endorsement');
  const published = { icon: Globe, text: t('audience.published') };
  const coordinators = { icon: Lock, text: t('audience.coordinators') };
  return (
    <>
      <TextField
        {...text('name')}
        {...reading}
        label={t('fields.name')}
        mark={t('marks.required')}
        hint={t('hints.name')}
        audience={published}
        dir="auto"
        autoComplete="organization"
      />
      <TextField
        {...text('reading')}
        label={t('fields.reading')}
        mark={t(`marks.${asksReading ? 'reading' : 'optional'}`)}
        hint={t('hints.reading')}
        audience={coordinators}
        lang="ja"
        autoComplete="off"
      />
      {(['nameEn', 'nameJa'] as const).map((field) => (
        <TextField
          key={field}
          {...text(field)}
          {...(field === 'nameJa' && reading)}
          label={t(`fields.${field}`)}
          mark={t('marks.optional')}
          hint={t(`hints.${field}`)}
          audience={published}
          lang={field === 'nameEn' ? 'en' : 'ja'}
          autoComplete="off"
        />
      ))}
      <CategoryField
        {...text('category')}
        categories={categories}
        hint={t('hints.category')}
        audience={published}
      />
      {website !== 'not-asked' && (
        <TextField
          {...text('website')}
          label={t('fields.website')}
          mark={t(`marks.${website === 'required' ? 'required' : 'optional'}`)}
          hint={t('hints.website')}
          audience={coordinators}
          type="url"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
          required={website === 'required'}
        />
      )}
    </>
  );
}
