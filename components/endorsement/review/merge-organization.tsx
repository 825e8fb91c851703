import { useLocale, useTranslations } from 'next-intl';
import type { ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { preferred } from '@/lib/platform/languages';
import { writtenIn } from '@/lib/platform/text/written-language';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';

/** Merges the organization of an entry into another that is the same one. Cannot be undone, so it stands folded and says so. */
export function MergeOrganization({
  slug,
  view,
  entry,
  merge,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  merge: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.merge');
  const locale = useLocale();
  if (entry.organizationId === null || entry.mergeable.length === 0) return t('none');
  return (
    <details>
      <summary className="cursor-pointer text-indigo">{t('open')}</summary>
      <form action={merge} className="mt-1.5 space-y-2">
        <HiddenView locale={locale} slug={slug} view={view} />
        <input type="hidden" name="id" value={entry.id} />
        <input type="hidden" name="from" value={entry.organizationId} />
        <label className="block">
          <span className="block text-quiet">{t('into')}</span>
          <select
            name="into"
            className="min-h-10 w-full rounded-sm border border-edge bg-raised px-2"
          >
            {entry.mergeable.map(({ id, names }) => {
              const { said = '', language = locale } = preferred(names, locale) ?? {};
              return (
                <option key={id} value={id} {...writtenIn(said, language)}>
                  {said}
                </option>
              );
            })}
          </select>
        </label>
        <p className="text-quiet">{t('explanation')}</p>
        <SubmitButton className={`${buttonClass('outline', 'small')} min-h-10`}>
          {t('button')}
        </SubmitButton>
      </form>
    </details>
  );
}
