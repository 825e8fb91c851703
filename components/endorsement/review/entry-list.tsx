import { useTranslations } from 'next-intl';
import { Pagination } from '@/components/ui/pagination';
import type { QueueRow } from '@/lib/endorsement/review/queries';
import { QueueTable } from './queue-table';
import { reviewPath, type ReviewView } from './view';
import type { Clock } from './when';

export interface ReviewList {
  rows: QueueRow[];
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
}: {
  slug: string;
  view: ReviewView;
  list: ReviewList;
  openedId?: string;
  clock: Clock;
}) {
  const t = useTranslations('endorsement.review');
  if (list.rows.length === 0) {
    return (
      <p className="max-w-form px-3 py-6 text-sm text-quiet">
        {view.q
          ? t('queue.emptyFound', { state: view.state, label: t(`states.${view.state}`) })
          : t(`queue.empty.${view.state}`)}
      </p>
    );
  }
  const { state, q, page } = view;
  return (
    <>
      <QueueTable
        slug={slug}
        view={{ state, q, page }}
        rows={list.rows}
        openedId={openedId}
        clock={clock}
      />
      <div className="px-3 pb-4 *:mt-2 [&_*]:text-sm">
        <Pagination
          page={page}
          pages={list.pages}
          hrefOf={(other) => reviewPath(slug, { state, q, page: other })}
        />
      </div>
    </>
  );
}
