import { useTranslations } from 'next-intl';
import type { EntryRequest } from '@/lib/endorsement/review/requests/queries';
import { Link } from '@/lib/platform/i18n/navigation';
import { ShortName } from './seen-name';
import { reviewPath, type ReviewView } from './view';

/** A collapsed list of what organizations ask for of their entries, with links to them. */
export function EntryRequests({
  slug,
  view,
  requests,
}: {
  slug: string;
  view: ReviewView;
  requests: EntryRequest[];
}) {
  const t = useTranslations('endorsement.review.requests');
  if (requests.length === 0) return null;
  return (
    <details className="border-l-4 border-edge bg-wash px-3 py-1 text-[0.8125rem]/[1.5]">
      <summary className="min-h-6 cursor-pointer py-1 font-semibold">
        {t('summary', { count: requests.length })}
      </summary>
      <ul
        className="max-h-72 overflow-auto"
        tabIndex={0}
        aria-label={t('summary', { count: requests.length })}
      >
        {requests.map((request) => (
          <li key={request.id} className="border-t border-line py-1.5">
            <Link
              href={reviewPath(slug, { ...view, entry: request.id, at: undefined })}
              prefetch={false}
              scroll={false}
            >
              <ShortName of={request} />
            </Link>{' '}
            <span className="text-quiet">
              {[request.proposedAt && t('change'), request.erasureRequestedAt && t('erasure')]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
