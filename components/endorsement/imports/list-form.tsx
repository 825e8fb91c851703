'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField, type Option } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { knownCode } from '@/lib/platform/forms/codes';
import { TABLE_FILE } from '@/lib/platform/limits';
import { TableFields, useTableErrors } from '../table-fields';

/** Form for a list of organizations that have signed, pasted or as a file. */
export function ImportListForm({
  action,
  hidden,
  countries,
  categories,
  languages,
  reader,
}: {
  action: FormAction;
  /** With `import`, the list replaces that of an import. */
  hidden: Record<string, string>;
  countries: Option[];
  /** None: the letter has none. */
  categories: Option[];
  /** The languages that mails are written in. */
  languages: Option[];
  /** The language of the page. */
  reader: string;
}) {
  const t = useTranslations('endorsement.imports.add');
  const tableError = useTableErrors();
  const errorOf = (field: string, state: FormState): string | undefined => {
    const code = state.errors[field]?.[0];
    const own = knownCode<'both' | 'invalidChoice'>(t, 'errors', code);
    return own ? t(`errors.${own}`) : tableError(code, state);
  };
  return (
    <AdminForm
      action={action}
      hidden={hidden}
      submit={t('submit')}
      errorOf={errorOf}
      problemOf={() => null}
      fields={(state) => {
        const error = (field: string) => (state ? errorOf(field, state) : undefined);
        const choice = (name: 'country' | 'visibility' | 'category' | 'language') => ({
          name,
          label: t(name),
          error: error(name),
        });
        const none = { value: '', text: t('none') };
        return (
          <>
            <TableFields
              state={state}
              labels={{ list: t('list'), file: t('file', { max: TABLE_FILE.bytes / 1024 / 1024 }) }}
              error={error}
            />
            <fieldset className="space-y-6">
              <legend className="text-lg font-semibold">{t('defaults')}</legend>
              <SelectField
                {...choice('country')}
                options={[none, ...countries]}
                defaultValue={state?.typed.country ?? (reader === 'ja' ? 'JP' : '')}
              />
              <SelectField
                {...choice('visibility')}
                options={(['named', 'withheld'] as const).map((value) => ({
                  value,
                  text: t(value),
                }))}
                defaultValue={state?.typed.visibility ?? 'named'}
              />
              {categories.length > 0 && (
                <SelectField
                  {...choice('category')}
                  options={[none, ...categories]}
                  defaultValue={state?.typed.category ?? ''}
                />
              )}
              <SelectField
                {...choice('language')}
                options={languages}
                defaultValue={state?.typed.language ?? reader}
              />
            </fieldset>
          </>
        );
      }}
    />
  );
}
