import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields, type ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import type { FormAction } from '@/components/ui/form-state';
import { SubmitButton } from '@/components/ui/submit-button';
import { may, type Standing } from '@/lib/coordinator/permissions';
import { isFiltered, sameFilters } from '@/lib/endorsement/review/filters/rules';
import type { NamedFilter } from '@/lib/endorsement/review/filters/named/schema';
import { Link } from '@/lib/platform/i18n/navigation';
import { hiddenFields } from '../hidden-view';
import { holdPath } from '../holding/hold-path';
import { reviewPath, soughtIn, type ReviewView } from '../view';
import { ActiveFilters } from './active-filters';
import { FilterForm, type FilterOptions } from './filter-form';
import { SaveFilter } from './save-filter';

/** What the review can be filtered by, and what the letter's coordinators have named. */
export interface FilterChoices extends FilterOptions {
  named: NamedFilter[];
}

/** The named filters, what is filtered by, and the forms to filter and to name it. */
export function FilterBar({
  slug,
  view,
  role,
  choices,
  save,
  remove,
}: {
  slug: string;
  view: ReviewView;
  role: Standing;
  choices: FilterChoices;
  save: FormAction;
  remove: ButtonAction;
}) {
  const t = useTranslations('endorsement.review.filters');
  const locale = useLocale();
  const filtered = isFiltered(view);
  const current = choices.named.find(
    ({ state, filters }) => state === view.state && sameFilters(filters, view),
  );
  const hidden = hiddenFields({ locale, slug, view });
  return (
    <>
      <FilterForm slug={slug} view={view} role={role} options={choices} />
      {choices.named.length > 0 && (
        <nav aria-label={t('named')} className="basis-full">
          <ul className="flex flex-wrap gap-x-3">
            {choices.named.map(({ id, name, state, filters }) => (
              <li key={id}>
                <Link
                  href={reviewPath(slug, { state, ...filters })}
                  prefetch={false}
                  aria-current={id === current?.id ? 'true' : undefined}
                  className="inline-flex min-h-8 items-center [overflow-wrap:anywhere] aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {view.origin !== undefined && (
        <p className="flex basis-full flex-wrap items-center gap-x-3">
          <span className="font-semibold">
            {t(view.origin.startsWith('n') ? 'oneNetwork' : 'oneDomain')}
          </span>
          <Link
            href={reviewPath(slug, { ...view, page: 1, at: undefined, origin: undefined })}
            prefetch={false}
            className="inline-flex min-h-8 items-center"
          >
            {t('endOrigin')}
          </Link>
          {may(role, 'hold') && (
            <Link
              href={holdPath(slug, soughtIn(view))}
              prefetch={false}
              className="inline-flex min-h-8 items-center"
            >
              {t('holdAll')}
            </Link>
          )}
        </p>
      )}
      {filtered && (
        <div className="flex basis-full flex-wrap items-center gap-x-3 gap-y-1">
          <ActiveFilters slug={slug} view={view} categories={choices.categories} />
          {may(role, 'nameFilters') &&
            (current ? (
              <form action={remove}>
                <HiddenFields fields={{ ...hidden, filter: current.id }} />
                <SubmitButton className={buttonClass('plain', 'small')}>
                  {t('remove', { name: current.name })}
                </SubmitButton>
              </form>
            ) : (
              <SaveFilter
                key={reviewPath(slug, view)}
                action={save}
                hidden={<HiddenFields fields={hidden} />}
                leavesOut={view.q !== '' || view.origin !== undefined}
              />
            ))}
        </div>
      )}
    </>
  );
}
