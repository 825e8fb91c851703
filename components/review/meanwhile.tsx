import { useTranslations } from 'next-intl';
import type { HistoryEvent } from '@/lib/review/queries';

/** Tells a coordinator whose decision came second what was done with the entry before it. */
export function Meanwhile({ last, reader }: { last?: HistoryEvent; reader: string }) {
  const t = useTranslations('admin');
  const what = !last
    ? t('meanwhile.unknown')
    : last.by === reader
      ? t('meanwhile.you', { action: last.action })
      : t('meanwhile.other', { action: last.action, by: last.by ?? t('history.operator') });
  return `${what} ${t('meanwhile.now')}`;
}
