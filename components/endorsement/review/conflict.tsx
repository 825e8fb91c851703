import { useTranslations } from 'next-intl';
import type { HistoryEvent } from '@/lib/endorsement/review/history/queries';

/** Tells a coordinator that a colleague changed the entry first, and how. */
export function Conflict({ last, reader }: { last?: HistoryEvent; reader: string }) {
  const t = useTranslations('endorsement.review');
  const what = !last
    ? t('conflict.unknown')
    : last.by === reader
      ? t('conflict.you', { action: last.action })
      : t('conflict.other', {
          action: last.action,
          by:
            last.by ??
            t(last.actor === 'representative' ? 'history.representative' : 'history.operator'),
        });
  return `${what} ${t('conflict.now')}`;
}
