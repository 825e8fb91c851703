import { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import type { TableColumn } from '@/lib/endorsement/table/columns';
import { knownCode } from '@/lib/platform/forms/codes';
import { SizeGuard } from '@/components/ui/size-guard';
import { TextAreaField, TextField } from '@/components/ui/field';
import { LETTER_FORM_BYTES, TABLE_FILE } from '@/lib/platform/limits';

const MB = 1024 * 1024;

/** The message for why a list of organizations cannot be read, by the code of a field; or undefined. */
export function useTableErrors() {
  const table = useTranslations('endorsement.table');
  return (code: string | undefined, { typed }: Pick<FormState, 'typed'>): string | undefined => {
    const listed = knownCode<'no-name-column' | 'column-twice' | 'no-rows'>(table, 'listed', code);
    const { headings = '', column = '', row = '0' } = typed;
    const twice = knownCode<TableColumn>(table, 'columns', column);
    if (listed)
      return table(`listed.${listed}`, {
        headings,
        column: twice ? table(`columns.${twice}`) : '',
      });
    const problem = knownCode<'none' | 'tooBig' | 'tooManyRows'>(table, 'problems', code);
    return (
      problem &&
      table(`problems.${problem}`, {
        row: Number(row),
        rows: TABLE_FILE.rows,
        columns: TABLE_FILE.columns,
        cell: TABLE_FILE.cell,
        megabytes: TABLE_FILE.bytes / MB,
      })
    );
  };
}

/** The fields of a list of organizations, pasted or as a file. */
export function TableFields({
  state,
  labels,
  error,
}: {
  state: FormState | null;
  labels: { list: string; file: string };
  error: (field: string) => string | undefined;
}) {
  const table = useTranslations('endorsement.table');
  return (
    <>
      <SizeGuard
        max={LETTER_FORM_BYTES * 0.4}
        words={() => table('problems.tooBig', { megabytes: 1.5 })}
      />
      <TextAreaField
        name="list"
        label={labels.list}
        rows={6}
        spellCheck={false}
        defaultValue={state?.typed.list}
        error={error('list')}
      />
      <TextField
        type="file"
        name="tableFile"
        label={labels.file}
        accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        error={error('tableFile')}
      />
    </>
  );
}
