import { useLocale, useTranslations } from 'next-intl';
import { Link } from '@/lib/platform/i18n/navigation';
import type { SignedRow } from '@/lib/endorsement/review/queries';
import { countryNames } from '../countries';
import { SELECT_FORM } from './batch/select-bar';
import { RowSigns } from './row-signs';
import { SeenName } from './seen-name';
import { StateLabel } from './state-label';
import { reviewPath, type ReviewView } from './view';
import { When, type Clock } from './when';

/** One page of the entries in a state, or in all with the state of each. The whole row links to its entry. */
export function QueueTable({
  slug,
  view,
  rows,
  openedId,
  clock,
  selectable,
}: {
  slug: string;
  view: ReviewView;
  rows: SignedRow[];
  openedId?: string;
  clock: Clock;
  /** Whether rows have a check box, to be decided on with others. */
  selectable: boolean;
}) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  const countryName = countryNames(locale, useTranslations('endorsement')('international'));
  // Collapsed borders do not move with a sticky row.
  const head =
    'bg-paper shadow-[inset_0_-1px_0_var(--color-line)] py-1.5 pr-3 text-left text-xs font-normal whitespace-nowrap text-quiet';
  return (
    <table className="w-full border-collapse text-[0.8125rem]/[1.4]">
      <caption className="sr-only">{t('queue.table')}</caption>
      <thead className="lg:sticky lg:top-0 lg:z-10">
        <tr>
          {selectable && (
            <th scope="col" className={head}>
              <span className="sr-only">{t('batch.select')}</span>
            </th>
          )}
          <th scope="col" className={`${head} pl-3`}>
            {t('queue.organization')}
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            {t('queue.country')}
          </th>
          <th scope="col" className={head}>
            {t('queue.came')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr
            key={row.id}
            id={`row-${row.id}`}
            className="relative scroll-my-10 border-b border-line hover:bg-wash lg:has-[[aria-current]]:bg-indigo-wash lg:has-[[aria-current]]:shadow-[inset_3px_0_0_var(--color-indigo)]"
          >
            {selectable && (
              <td className="py-1.5 align-top">
                {/* Above the link that covers the row. */}
                <label className="relative z-[1] flex size-8 cursor-pointer items-center justify-center">
                  <input
                    type="checkbox"
                    name="id"
                    value={row.id}
                    form={SELECT_FORM}
                    className="size-4"
                  />
                  <span className="sr-only">
                    {t('batch.selectRow')} <SeenName of={row} />
                  </span>
                </label>
              </td>
            )}
            <td className="w-full py-1.5 pr-3 pl-3">
              <Link
                href={reviewPath(slug, { ...view, at: index, entry: row.id })}
                prefetch={false}
                scroll={false}
                aria-current={row.id === openedId ? 'true' : undefined}
                className="block min-h-6 text-sm/[1.4] text-ink no-underline after:absolute after:inset-0 hover:text-ink [overflow-wrap:anywhere]"
              >
                <SeenName of={row} />
              </Link>
              {view.state === 'all' && (
                <span className="block text-xs text-quiet">
                  <StateLabel state={row.state} />
                </span>
              )}
              <RowSigns row={row} />
            </td>
            <td className="min-w-20 py-1.5 pr-3 max-sm:hidden">{countryName(row.country)}</td>
            <td className="py-1.5 pr-3 whitespace-nowrap">
              {/* Above the link that covers the row, so that its tooltip with the exact time works. */}
              <span className="relative z-[1] pointer-events-auto">
                <When at={row.verifiedAt ?? row.submittedAt} clock={clock} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
