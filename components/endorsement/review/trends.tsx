import { useTranslations } from 'next-intl';
import type { Trend } from '@/lib/endorsement/review/trends/queries';
import { originKey } from '@/lib/endorsement/review/trends/rules';
import { Link } from '@/lib/platform/i18n/navigation';
import { TRENDS } from '@/lib/platform/limits';
import { reviewPath } from './view';
import { When, type Clock } from './when';

/** A collapsed list of the places from which unusually many sign-ups came, with links to them. */
export function Trends({ slug, trends, clock }: { slug: string; trends: Trend[]; clock: Clock }) {
  const t = useTranslations('endorsement.review.trends');
  if (trends.length === 0) return null;
  const summary = t('summary', { count: trends.length });
  return (
    <details className="border-l-4 border-alert bg-wash px-3 py-1 text-[0.8125rem]/[1.5]">
      <summary className="min-h-6 cursor-pointer py-1 font-semibold">{summary}</summary>
      <p className="py-1 text-quiet">{t('lead', { hours: TRENDS.hours })}</p>
      <ul className="max-h-72 overflow-auto" tabIndex={0} aria-label={summary}>
        {trends.map((trend) => (
          <li key={originKey(trend)} className="border-t border-line py-1.5">
            <Link
              href={reviewPath(slug, { state: 'all', origin: originKey(trend) })}
              prefetch={false}
            >
              {trend.provider === null
                ? t(trend.kind, { count: trend.count })
                : t('provider', { count: trend.count, domain: trend.provider })}
            </Link>{' '}
            <span className="text-quiet">
              {t.rich('between', {
                first: () => <When at={trend.first} clock={clock} exact />,
                last: () => <When at={trend.last} clock={clock} exact />,
              })}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
