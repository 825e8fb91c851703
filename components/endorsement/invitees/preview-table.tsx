import { useLocale, useTranslations } from 'next-intl';
import type { PreviewedRow } from '@/lib/endorsement/invitees/queries';
import { inviteeName } from '@/lib/endorsement/invitees/rules';
import { languageName } from '@/lib/platform/languages';
import { cell, head } from './invitee-list';

/** Rows of a list, and what will happen with each. */
export function PreviewTable({ rows }: { rows: PreviewedRow[] }) {
  const t = useTranslations('endorsement.invitees');
  const locale = useLocale();
  if (rows.length === 0) return <p className="mt-4 text-quiet">{t('empty')}</p>;
  return (
    <table className="mt-2 w-full border-collapse text-[0.8125rem]/[1.5] max-sm:block">
      <caption className="sr-only">{t('preview.title')}</caption>
      <thead className="max-sm:sr-only">
        <tr className="border-b border-line">
          {(['number', 'name', 'email', 'language', 'what'] as const).map((column) => (
            <th key={column} scope="col" className={head}>
              {t(`columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map(({ number, fields, email, language, unknownLanguage, state }) => (
          <tr key={number} className="border-b border-line max-sm:block max-sm:py-2">
            <td className={cell}>{number}</td>
            <td className={`${cell} font-semibold wrap-anywhere`}>{inviteeName(fields)}</td>
            <td className={`${cell} wrap-anywhere`}>{email}</td>
            <td className={cell}>
              {languageName(language, locale)}
              {unknownLanguage && (
                <span className="block text-alert">
                  {t('preview.unknownLanguage', { language: unknownLanguage })}
                </span>
              )}
            </td>
            <td className={`${cell} ${state === 'new' ? '' : 'font-semibold text-alert'}`}>
              {t(`preview.rows.${state}`)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
