import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { zoneName } from '@/lib/platform/dates';
import { sectionPath } from '@/components/admin/sections';
import { Fact, Facts } from '@/components/ui/facts';
import { Link } from '@/lib/platform/i18n/navigation';
import type { WorkingLetter } from '@/lib/revision/queries';
import { RevisionHash } from './hash';
import { ReasonText, saysWhy } from './reason';

/** The newest revision, for coordinators. `isPublic`: whether the letter has opened. */
export function Published({
  slug,
  timeZone,
  published,
  isPublic,
}: {
  slug: string;
  timeZone: string;
  published: WorkingLetter['published'];
  isPublic: boolean;
}) {
  const t = useTranslations('revision');
  const format = useFormatter();
  const locale = useLocale();
  return (
    <section aria-labelledby="published">
      <h2 id="published" className="font-serif text-xl font-semibold">
        {t('admin.published.title')}
      </h2>
      {published ? (
        <div className="mt-4">
          <Facts>
            <Fact name={t('admin.published.number')}>
              {t('number', { number: published.number })}
            </Fact>
            <Fact name={t('admin.published.kind')}>{t(`kinds.${published.kind}`)}</Fact>
            {saysWhy(published.content.reason) && (
              <Fact name={t('public.reason')}>
                <ReasonText reason={published.content.reason} />
              </Fact>
            )}
            <Fact name={t('admin.published.when')}>
              {t('moment', {
                moment: format.dateTime(published.publishedAt, {
                  dateStyle: 'long',
                  timeStyle: 'short',
                  timeZone,
                }),
                zone: zoneName(published.publishedAt, timeZone, locale),
              })}
            </Fact>
            <Fact name={t('admin.published.by')}>
              {published.by ?? t('admin.published.operator')}
            </Fact>
            <Fact name={t('admin.published.hash')}>
              <RevisionHash
                hash={published.hash}
                file={
                  isPublic
                    ? `/api/letters/${slug}/revisions/${published.number}/revision.json`
                    : null
                }
              />
            </Fact>
          </Facts>
        </div>
      ) : (
        <p className="mt-2 text-quiet">{t('admin.published.none')}</p>
      )}
      {published && (
        <p className="mt-3">
          {isPublic ? (
            <Link
              href={`/letters/${slug}/revisions`}
              prefetch={false}
              className="inline-block py-1"
            >
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
