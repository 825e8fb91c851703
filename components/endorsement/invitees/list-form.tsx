'use client';

import { useTranslations } from 'next-intl';
import { AdminForm } from '@/components/admin/admin-form';
import { SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormAction, FormState } from '@/components/ui/form-state';
import { SizeGuard } from '@/components/ui/size-guard';
import { useTableErrors } from '../table-errors';
import { knownCode } from '@/lib/platform/forms/codes';
import { LETTER_FORM_BYTES, TABLE_FILE } from '@/lib/platform/limits';

const MB = 1024 * 1024;

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
  const table = useTranslations('endorsement.table');
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
            <SizeGuard
              max={LETTER_FORM_BYTES * 0.4}
              words={() => table('problems.tooBig', { megabytes: 1.5 })}
            />
            <TextAreaField
              name="list"
              label={t('list')}
              rows={6}
              spellCheck={false}
              defaultValue={state?.typed.list}
              error={error('list')}
            />
            <TextField
              type="file"
              name="tableFile"
              label={t('file', { max: TABLE_FILE.bytes / MB })}
              accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              error={error('tableFile')}
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
