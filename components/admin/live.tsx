import { useTranslations } from 'next-intl';
import { Link } from '@/components/ui/link';
import { LiveTimer } from './live-timer';

/** Seconds between reloads without scripts, if they were asked for. */
const RELOAD_SECONDS = 5;

/** Whether a page refreshes by itself (`?live=` in its address); null: not chosen. */
export type LiveChoice = 'on' | 'off' | null;

/**
 * Keeps a page about work in progress up to date. With scripts it refreshes until that is turned
 * off; without them it is loaded anew only if that is turned on, since a page that reloads unasked
 * takes its readers' place from them.
 */
export function Live({
  live,
  path,
}: {
  live: LiveChoice;
  /** The path of the page, without the locale. */
  path: string;
}) {
  const t = useTranslations('admin.live');
  return (
    <div className="text-sm">
      {live !== 'off' && <LiveTimer />}
      <p className="noscript:hidden">
        {live !== 'off' && <span className="mr-4 text-quiet">{t('on')}</span>}
        <Link href={live === 'off' ? path : `${path}?live=off`} className="inline-block py-1">
          {t(live === 'off' ? 'start' : 'stop')}
        </Link>
      </p>
      <noscript>
        {live === 'on' && <meta httpEquiv="refresh" content={String(RELOAD_SECONDS)} />}
        <Link href={path} className="mr-4 inline-block py-1">
          {t(live === 'on' ? 'stop' : 'now')}
        </Link>
        {live !== 'on' && (
          <Link href={`${path}?live=on`} className="inline-block py-1">
            {t('start')}
          </Link>
        )}
      </noscript>
    </div>
  );
}
