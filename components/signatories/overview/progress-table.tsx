import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { total, type Progress } from '@/lib/signatories/overview/rules';
import { ProgressBar } from './progress-bar';

export interface ProgressRow extends Progress {
  key: string;
  name: ReactNode;
}

const HEAD =
  'py-1.5 pl-4 text-right text-xs font-normal text-quiet align-bottom first:pl-0 first:text-left';
const CELL = 'py-1 pl-4 text-right tabular-nums whitespace-nowrap';

/**
 * Numbers of those who signed, confirmed and are approved, a group a row, with their sums.
 * @param bars whether each row has a bar
 */
export function ProgressTable({
  caption,
  of,
  rows,
  bars = false,
}: {
  caption: string;
  /** What the groups are. */
  of: string;
  rows: ProgressRow[];
  bars?: boolean;
}) {
  const t = useTranslations('signatories.overview');
  const format = useFormatter();
  const most = Math.max(...rows.map(({ signed }) => signed));
  const numbers = ({ signed, confirmed, approved }: Progress) =>
    [signed, confirmed, approved].map((number, index) => (
      <td key={index} className={CELL}>
        {format.number(number)}
      </td>
    ));
  return (
    <table className="w-full max-w-3xl border-collapse text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={HEAD}>
            {of}
          </th>
          {(['signed', 'confirmed', 'approved'] as const).map((stage) => (
            <th key={stage} scope="col" className={HEAD}>
              {t(`stages.${stage}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-b border-line break-inside-avoid">
            <th scope="row" className="w-full py-1 text-left font-normal">
              {row.name}
              {bars && <ProgressBar {...row} most={most} />}
            </th>
            {numbers(row)}
          </tr>
        ))}
      </tbody>
      {rows.length > 1 && (
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" className="py-1 text-left">
              {t('total')}
            </th>
            {numbers(total(rows))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
