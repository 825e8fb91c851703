import { useLocale, useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/lib/platform/i18n/navigation';
import { KeyHint } from './key-hint';
import { HiddenFields } from '@/components/ui/action-button';
import { filtersIn } from '@/lib/endorsement/review/filters/rules';
import { fieldsOf, reviewPath, type ReviewView } from './view';

/**
 * Search form for the entries in the shown state or in all.
 * @param contacts whether representatives and their addresses are searched, too
 */
export function SearchForm({
  slug,
  view,
  contacts,
}: {
  slug: string;
  view: ReviewView;
  contacts: boolean;
}) {
  const t = useTranslations('endorsement.review');
  const locale = useLocale();
  const others = { state: view.state, origin: view.origin, ...filtersIn(view) };
  return (
    <form
      method="get"
      action={`/${locale}/admin/letters/${slug}/review`}
      role="search"
      className="flex items-center gap-2 max-lg:w-full"
    >
      <HiddenFields fields={fieldsOf(others)} />
      <span className="relative grow lg:w-64">
        <input
          type="search"
          name="q"
          defaultValue={view.q}
          maxLength={200}
          aria-label={t('queue.searchLabel', {
            state: t(`states.${view.state}`),
            contacts: contacts ? 'yes' : 'no',
          })}
          aria-keyshortcuts="/"
          placeholder={t('queue.searchPlaceholder', { contacts: contacts ? 'yes' : 'no' })}
          className="min-h-9 w-full rounded-sm border border-edge bg-raised py-1 pr-8 pl-2.5 text-sm max-sm:text-base"
        />
        <span className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-quiet">
          <KeyHint>/</KeyHint>
        </span>
      </span>
      <button type="submit" className={`${buttonClass('outline', 'small')} min-h-9 shrink-0`}>
        {t('queue.search')}
      </button>
      {view.q && (
        <Link
          href={reviewPath(slug, others)}
          prefetch={false}
          className="inline-flex min-h-9 shrink-0 items-center text-sm"
        >
          {t('queue.clear')}
        </Link>
      )}
    </form>
  );
}
