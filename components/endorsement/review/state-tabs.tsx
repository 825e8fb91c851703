import { useTranslations } from 'next-intl';
import { Link } from '@/lib/platform/i18n/navigation';
import { looksFor } from '@/lib/endorsement/review/filters/rules';
import { QUEUE_STATES, type LookedFor, type QueueState } from '@/lib/endorsement/review/schema';
import { countIn, type StateCounts } from '@/lib/endorsement/rules';
import { StateLabel } from './state-label';
import { reviewPath } from './view';

/** Tabs for the states and for all of them, each with the number of its entries, or of those found. */
export function StateTabs({
  slug,
  current,
  sought,
  counts,
}: {
  slug: string;
  current: QueueState;
  sought: LookedFor;
  counts: StateCounts;
}) {
  const t = useTranslations('endorsement.review.queue');
  return (
    <nav
      aria-label={t(looksFor(sought) ? 'statesFound' : 'states')}
      className="border-b border-line"
    >
      <ul className="flex flex-wrap sm:gap-x-1">
        {QUEUE_STATES.map((state) => (
          <li key={state}>
            <Link
              href={reviewPath(slug, { state, ...sought })}
              prefetch={false}
              aria-current={state === current ? 'page' : undefined}
              className="-mb-px inline-flex min-h-10 items-center gap-2 border-b-[3px] border-transparent px-1.5 text-[0.8125rem] sm:px-2 sm:text-sm text-quiet no-underline hover:text-ink aria-[current=page]:border-indigo aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              <StateLabel state={state} />
              <span className="text-quiet tabular-nums">
                {t('countIn', { count: countIn(counts, state) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
