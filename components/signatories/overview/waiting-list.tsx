import { useFormatter, useTranslations } from 'next-intl';
import { sectionPath } from '@/components/admin/sections';
import { logPath } from '@/components/endorsement/review/log-path';
import { reviewPath } from '@/components/endorsement/review/view';
import { may, type Standing } from '@/lib/coordinator/permissions';
import { Link } from '@/lib/platform/i18n/navigation';
import type { Waiting } from '@/lib/signatories/overview/queries';

/** What waits for whom, with links to where it is done. What waits for nobody is left out. */
export function WaitingList({
  slug,
  role,
  waiting,
}: {
  slug: string;
  role: Standing;
  waiting: Waiting;
}) {
  const t = useTranslations('signatories.overview.waiting');
  const format = useFormatter();
  const hrefs: Record<keyof Waiting, string | null> = {
    review: reviewPath(slug, {}),
    denied: may(role, 'attest') ? sectionPath(slug, 'imports') : null,
    changes: reviewPath(slug, { state: 'all', asks: true }),
    erasures: reviewPath(slug, { state: 'all', asks: true }),
    mails: may(role, 'retryMail') ? logPath(slug, { show: 'failing', after: null }) : null,
    unconfirmed: reviewPath(slug, { state: 'submitted' }),
    reaffirmations: may(role, 'publish') ? sectionPath(slug, 'revisions') : null,
  };
  const items = (Object.keys(hrefs) as (keyof Waiting)[]).filter((what) => waiting[what] > 0);
  if (items.length === 0) return <p className="text-quiet">{t('nothing')}</p>;
  return (
    <ul className="max-w-3xl">
      {items.map((what) => {
        const href = hrefs[what];
        return (
          <li key={what} className="flex items-baseline gap-x-4 border-b border-line py-2">
            <b className="w-16 shrink-0 text-right text-lg font-semibold tabular-nums">
              {format.number(waiting[what])}
            </b>
            <span className="min-w-0 grow">
              {href ? (
                <Link href={href} prefetch={false} className="inline-block min-h-6">
                  {t(`what.${what}`, { count: waiting[what] })}
                </Link>
              ) : (
                t(`what.${what}`, { count: waiting[what] })
              )}
              <span className="block text-sm text-quiet">{t(`whom.${what}`)}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
