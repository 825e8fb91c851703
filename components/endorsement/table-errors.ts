import { useTranslations } from 'next-intl';
import type { FormState } from '@/components/ui/form-state';
import type { TableColumn } from '@/lib/endorsement/table/columns';
import { knownCode } from '@/lib/platform/forms/codes';
import { TABLE_FILE } from '@/lib/platform/limits';

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
