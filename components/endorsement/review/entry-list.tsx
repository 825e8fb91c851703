import { useTranslations } from 'next-intl';
import { Pagination } from '@/components/ui/pagination';
import type { SignedRow } from '@/lib/endorsement/review/queries';
import { SelectBar } from './batch/select-bar';
import { QueueTable } from './queue-table';
import { SignsKey } from './row-signs';
import { looksFor } from '@/lib/endorsement/review/filters/rules';
import { listIn, reviewPath, soughtIn, type ReviewView } from './view';
import type { Clock } from './when';

export interface ReviewList {
  rows: SignedRow[];
  total: number;
  pages: number;
}

/** One page of the entries in a state or in all, or a message if there are none. */
export function EntryList({
  slug,
  view,
  list,
  openedId,
  clock,
  mayDecide,
}: {
  slug: string;
  view: ReviewView;
  list: ReviewList;
  openedId?: string;
  clock: Clock;
  mayDecide: boolean;
}) {
  const t = useTranslations('endorsement.review');
  if (list.rows.length === 0) {
    return (
      <p className="max-w-form px-3 py-6 text-sm text-quiet">
        {looksFor(view)
          ? t('queue.emptyFound', { state: view.state, label: t(`states.${view.state}`) })
          : t(`queue.empty.${view.state}`)}
      </p>
    );
  }
  const shown = listIn(view);
  const selectable = mayDecide && shown.state === 'verified';
  return (
    <>
      {selectable && <SelectBar slug={slug} sought={soughtIn(view)} total={list.total} />}
      <QueueTable
        slug={slug}
        view={shown}
        rows={list.rows}
        openedId={openedId}
        clock={clock}
        selectable={selectable}
      />
      <div className="px-3 pb-4">
        <SignsKey rows={list.rows} />
      </div>
      <div className="px-3 pb-4 *:mt-2 [&_*]:text-sm">
        <Pagination
          page={shown.page}
          pages={list.pages}
          hrefOf={(other) => reviewPath(slug, { ...shown, page: other })}
        />
      </div>
    </>
  );
}
