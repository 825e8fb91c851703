import { useTranslations } from 'next-intl';
import { Live, type LiveChoice } from '@/components/admin/live';

/** How far the files of a delivery are. */
export function Making({
  made,
  total,
  live,
  path,
}: {
  made: number;
  total: number;
  live: LiveChoice;
  path: string;
}) {
  const t = useTranslations('delivery.deliver.making');
  return (
    <div className="max-w-3xl space-y-4">
      <div role="status">
        <p className="font-semibold">{t('progress', { made, total })}</p>
      </div>
      <progress
        aria-label={t('bar')}
        value={made}
        max={Math.max(total, 1)}
        className="h-3 w-full"
      />
      <Live live={live} path={path} />
      <p className="text-quiet">{t('explanation')}</p>
    </div>
  );
}
