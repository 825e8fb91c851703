'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { TableFields, useTableErrors } from '../table-fields';
import { knownCode } from '@/lib/platform/forms/codes';
import { TABLE_FILE } from '@/lib/platform/limits';

/** Form for a list of organizations, pasted or as a file. */
export function ListForm({
  action,
  hidden,
  languages,
  reader,
}: {
  action: FormAction;
  hidden: Record<string, string>;
  /** The languages that mails are written in, with their names. */
  languages: { value: string; text: string }[];
  /** The language of the page, proposed for rows that say none. */
  reader: string;
}) {
  const t = useTranslations('endorsement.invitees.add');
  const tableError = useTableErrors();
  const errorOf = (field: string, state: FormState): string | undefined => {
    const code = state.errors[field]?.[0];
    const own = knownCode<'both' | 'noEmail' | 'invalidChoice'>(t, 'errors', code);
    if (own) return t(`errors.${own}`);
    return tableError(code, state);
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
        return (
          <>
            <TableFields
              state={state}
              labels={{ list: t('list'), file: t('file', { max: TABLE_FILE.bytes / 1024 / 1024 }) }}
              error={error}
            />
            <SelectField
              name="language"
              label={t('language')}
              options={languages}
              defaultValue={state?.typed.language ?? reader}
              error={error('language')}
            />
          </>
        );
      }}
    />
  );
}
