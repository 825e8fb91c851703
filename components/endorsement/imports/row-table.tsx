import { useLocale, useTranslations } from 'next-intl';
import type { PreviewedRow } from '@/lib/endorsement/imports/queries';
import { ROW_LIMITS } from '@/lib/endorsement/imports/schema';
import type { TableColumn } from '@/lib/endorsement/table/columns';
import { knownCode } from '@/lib/platform/forms/codes';
import { preferred } from '@/lib/platform/languages';
import { countryNames } from '../countries';
import { cell, head } from '../invitees/invitee-list';

/** What is wrong with a row, by column. */
function Faults({ row }: { row: PreviewedRow }) {
  const t = useTranslations('endorsement.imports.preview');
  const words = useTranslations('endorsement');
  return (
    <ul>
      {Object.entries(row.faults).map(([column, codes]) => {
        const known = knownCode<TableColumn>(words, 'table.columns', column);
        const code = knownCode<'required'>(words, 'errors', codes[0]);
        // A list has no options to choose from.
        const inLists = knownCode<'visibility'>(words, 'table.faults', column);
        return (
          <li key={column}>
            {t('fault', {
              column: known ? words(`table.columns.${known}`) : column,
              problem:
                inLists && code?.startsWith('invalid')
                  ? words(`table.faults.${inLists}`)
                  : words(`errors.${code ?? 'required'}`, { max: ROW_LIMITS[column] ?? 0 }),
            })}
          </li>
        );
      })}
    </ul>
  );
}

/** Rows of a list of organizations that have signed, and what will happen with each. */
export function RowTable({ rows }: { rows: PreviewedRow[] }) {
  const t = useTranslations('endorsement.imports.preview');
  const locale = useLocale();
  const countryOf = countryNames(locale, useTranslations('endorsement')('international'));
  if (rows.length === 0) return <p className="mt-4 text-quiet">{t('empty')}</p>;
  return (
    <table className="mt-2 w-full border-collapse text-[0.8125rem]/[1.5] max-sm:block">
      <caption className="sr-only">{t('table')}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          {(['number', 'name', 'country', 'email', 'what'] as const).map((column) => (
            <th key={column} scope="col" className={head}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => {
          const { number, typed, organization, state } = row;
          const name = organization && preferred(organization.names, locale);
          return (
            <tr key={number} className="border-b border-line max-sm:block max-sm:py-2">
              <td className={`${cell} tabular-nums`}>{number}</td>
              <td className={`${cell} wrap-anywhere`}>
                <bdi lang={name?.language} className="font-semibold">
                  {name?.said ?? typed.name}
                </bdi>
                {organization?.visibility === 'withheld' && (
                  <span className="ml-2 text-quiet">{t('withheld')}</span>
                )}
              </td>
              <td className={cell}>
                {organization ? countryOf(organization.country) : typed.country}
              </td>
              <td className={`${cell} wrap-anywhere`}>
                {organization ? organization.representativeEmail : typed.email}
              </td>
              <td className={`${cell} ${state === 'new' ? '' : 'font-semibold'}`}>
                {state === 'faulty' ? (
                  <div className="text-alert">
                    {t('rows.faulty')}
                    <Faults row={row} />
                  </div>
                ) : (
                  t(`rows.${state}`)
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
