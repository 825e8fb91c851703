import { useFormatter, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Press, type PlainAction } from '@/components/ui/press';
import { Link } from '@/lib/platform/i18n/navigation';
import { sectionPath } from '@/components/running/sections';
import type { ManagedPosting } from '@/lib/posting/queries';
import { PostingText } from './postings';

/** What is posted on a letter, with what can be done about each; removed ones last, to be brought back. */
export function PostedList({
  locale,
  slug,
  timeZone,
  postings,
  remove,
  restore,
}: {
  locale: string;
  slug: string;
  timeZone: string;
  postings: ManagedPosting[];
  remove: PlainAction;
  restore: PlainAction;
}) {
  const t = useTranslations('delivery.updates');
  const format = useFormatter();
  if (postings.length === 0) return <p className="mt-3 text-quiet">{t('none')}</p>;
  return (
    <ul className="mt-3 divide-y divide-line border-y border-line">
      {postings.map((posting) => {
        const title = posting.texts[0]?.title ?? '';
        const fields = { locale, slug, id: posting.id, version: posting.version };
        return (
          <li key={posting.id} className="py-5">
            {posting.removedAt ? (
              <div className="flex flex-wrap items-center justify-between gap-3">
                <div className="min-w-0">
                  <p lang={posting.texts[0]?.language} className="text-quiet line-through">
                    {title}
                  </p>
                  <p className="text-sm text-quiet">{t('removedOn', { date: format.dateTime(posting.removedAt, { dateStyle: 'long', timeZone }) })}</p>
                </div>
                <Press action={restore} fields={fields} label={t('restore')} of={t('of', { action: t('restore'), title })} />
              </div>
            ) : (
              <>
                <PostingText posting={posting} />
                <div className="mt-3 flex flex-wrap gap-3">
                  <Link
                    href={`${sectionPath(slug, 'updates')}?edit=${posting.id}#posting`}
                    prefetch={false}
                    className={buttonClass('outline', 'small')}
                    aria-label={t('of', { action: t('edit'), title })}
                  >
                    {t('edit')}
                  </Link>
                  <Press action={remove} fields={fields} label={t('remove')} of={t('of', { action: t('remove'), title })} />
                </div>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
