import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { sectionPath } from '@/components/running/sections';
import { Link } from '@/lib/platform/i18n/navigation';
import type { WorkingLetter } from '@/lib/revision/queries';
import { RevisionHash } from './hash';
import { ReasonText, saysWhy } from './reason';

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-t border-line py-2 sm:grid-cols-[8rem_1fr]">
      <dt className="text-sm text-quiet sm:pt-0.5">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** The newest revision, for coordinators. `isPublic`: the letter has opened. */
export function Published({ slug, timeZone, published, isPublic }: { slug: string; timeZone: string; published: WorkingLetter['published']; isPublic: boolean }) {
  const t = useTranslations('revision');
  const format = useFormatter();
  return (
    <section aria-labelledby="published">
      <h2 id="published" className="font-serif text-xl font-semibold">
        {t('admin.published.title')}
      </h2>
      {published ? (
        <dl className="mt-4 border-b border-line">
          <Row label={t('admin.published.number')}>{t('number', { number: published.number })}</Row>
          <Row label={t('admin.published.kind')}>{t(`kinds.${published.kind}`)}</Row>
          {saysWhy(published.content.reason) && (
            <Row label={t('public.reason')}>
              <ReasonText reason={published.content.reason} />
            </Row>
          )}
          <Row label={t('admin.published.when')}>{format.dateTime(published.publishedAt, { dateStyle: 'long', timeStyle: 'short', timeZone })}</Row>
          <Row label={t('admin.published.by')}>{published.by ?? t('admin.published.operator')}</Row>
          <Row label={t('admin.published.hash')}>
            <RevisionHash hash={published.hash} file={isPublic ? `/api/letters/${slug}/revisions/${published.number}/revision.json` : null} />
          </Row>
        </dl>
      ) : (
        <p className="mt-2 text-quiet">{t('admin.published.none')}</p>
      )}
      {published && (
        <p className="mt-3">
          {isPublic ? (
            <Link href={`/letters/${slug}/revisions`} prefetch={false} className="inline-block py-1">
              {t('admin.published.public')}
            </Link>
          ) : (
            t.rich('admin.published.notOpen', {
              link: (words) => (
                <Link href={sectionPath(slug, 'times')} prefetch={false}>
                  {words}
                </Link>
              ),
            })
          )}
        </p>
      )}
    </section>
  );
}
