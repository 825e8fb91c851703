import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import type { Reason, RevisionKind } from '@/lib/revision/content';
import { ReasonText, saysWhy } from './reason';

/**
 * The current revision of a letter: the last change with its date and reason, and a link to the
 * differences.
 */
export function RevisionLine({
  slug,
  revision: { number, kind, publishedAt },
  reason,
  timeZone,
}: {
  slug: string;
  revision: { number: number; kind: RevisionKind; hash: string; publishedAt: Date };
  reason: Reason | null;
  timeZone: string;
}) {
  const t = useTranslations('revision.line');
  const format = useFormatter();
  const link = (words: ReactNode) => (
    <Link href={`/letters/${slug}/revisions`} className="inline-block py-1">
      {words}
    </Link>
  );
  if (number === 1) return <p className="text-sm text-quiet">{t.rich('first', { page: link })}</p>;
  return (
    <p className="text-sm text-quiet">
      {t('later', {
        number,
        kind,
        date: format.dateTime(publishedAt, { dateStyle: 'long', timeZone }),
      })}
      {saysWhy(reason) && (
        <span className="block">
          {t('reason')}
          <ReasonText reason={reason} />
        </span>
      )}
      <span className="block">{link(t('changes'))}</span>
    </p>
  );
}
