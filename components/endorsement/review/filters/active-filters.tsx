import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { filtersIn, FILTER_KEYS } from '@/lib/endorsement/review/filters/rules';
import type { Category } from '@/lib/letter/categories';
import { Link } from '@/lib/platform/i18n/navigation';
import { listIn, reviewPath, type ReviewView } from '../view';
import { useFilterWords } from './use-filter-words';

/** What is filtered by, each as a link that ends it. */
export function ActiveFilters({
  slug,
  view,
  categories,
}: {
  slug: string;
  view: ReviewView;
  categories: readonly Category[];
}) {
  const t = useTranslations('endorsement.review.filters');
  const wordsOf = useFilterWords(categories);
  const filters = filtersIn(view);
  const active = FILTER_KEYS.flatMap((key) => {
    const value = filters[key];
    return value === undefined ? [] : [{ key, words: wordsOf(key, value) }];
  });
  const without = (keys: readonly string[]) =>
    reviewPath(slug, {
      ...listIn(view),
      page: 1,
      ...Object.fromEntries(keys.map((key) => [key, undefined])),
    });
  return (
    <>
      <ul aria-label={t('active')} className="contents">
        {active.map(({ key, words }) => (
          <li key={key}>
            <Link
              href={without([key])}
              prefetch={false}
              className="inline-flex min-h-8 items-center gap-1.5 rounded-sm border border-edge bg-raised px-2 text-ink no-underline hover:border-indigo hover:text-ink"
            >
              <span className="[overflow-wrap:anywhere]">
                {words === null
                  ? t(`fields.${key}`)
                  : t('is', { field: t(`fields.${key}`), value: words })}
              </span>
              <X aria-hidden className="size-3.5 shrink-0 text-quiet" strokeWidth={2.25} />
              <span className="sr-only">{t('end')}</span>
            </Link>
          </li>
        ))}
      </ul>
      {active.length > 1 && (
        <Link
          href={without(FILTER_KEYS)}
          prefetch={false}
          className="inline-flex min-h-8 items-center"
        >
          {t('endAll')}
        </Link>
      )}
    </>
  );
}
