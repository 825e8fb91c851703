import { useTranslations } from 'next-intl';
import { Live, type LiveChoice } from '@/components/admin/live';

/** How far an import is. */
export function Running({
  prepared,
  total,
  live,
  path,
}: {
  prepared: number;
  total: number;
  live: LiveChoice;
  path: string;
}) {
  const t = useTranslations('endorsement.imports.running');
  return (
    <div className="max-w-3xl space-y-4">
      <div role="status">
        <p className="font-semibold">{t('progress', { prepared, total })}</p>
      </div>
      <progress
        aria-label={t('bar')}
        value={prepared}
        max={Math.max(total, 1)}
        className="h-3 w-full"
      />
      <Live live={live} path={path} />
      <p className="text-quiet">{t('explanation')}</p>
    </div>
  );
}
