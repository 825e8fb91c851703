import { ListFilter } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import type { Standing } from '@/lib/coordinator/permissions';
import { mayFilterBy, NO_CATEGORY } from '@/lib/endorsement/review/filters/rules';
import type { Filters } from '@/lib/endorsement/review/filters/schema';
import type { Category } from '@/lib/letter/categories';
import { LANGUAGES } from '@/lib/platform/languages';
import { KeyHint } from '../key-hint';
import { fieldsOf, reviewPath, type ReviewView } from '../view';
import { useFilterWords } from './use-filter-words';

/** What of a letter can be chosen: the countries of its entries, and its categories. */
export interface FilterOptions {
  countries: string[];
  categories: readonly Category[];
}

const TICKED = ['mailFails', 'alike', 'asks', 'held'] as const;

/** The form to filter by, folded up. It works without scripts, and is filled in with the view. */
export function FilterForm({
  slug,
  view,
  role,
  options,
}: {
  slug: string;
  view: ReviewView;
  role: Standing;
  options: FilterOptions;
}) {
  const t = useTranslations('endorsement.review.filters');
  const locale = useLocale();
  const wordsOf = useFilterWords(options.categories);
  const compare = new Intl.Collator(locale).compare;
  const countries = [...options.countries].sort((a, b) =>
    compare(wordsOf('country', a) ?? a, wordsOf('country', b) ?? b),
  );
  const { categories } = options;
  const values: Partial<Record<keyof Filters, readonly string[]>> = {
    country: countries,
    category: categories.length > 0 ? [...categories.map(({ id }) => id), NO_CATEGORY] : [],
    language: LANGUAGES,
    visibility: ['named', 'withheld'],
    proof: ['email', 'attested'],
  };
  const selects = (Object.keys(values) as (keyof Filters)[]).flatMap((key) => {
    const chosen = view[key];
    const given = values[key] ?? [];
    // What the address says and nothing is offered for, such as a category that is gone.
    const all = typeof chosen === 'string' && !given.includes(chosen) ? [...given, chosen] : given;
    return all.length > 0 && mayFilterBy(role, key) ? [{ key, all, chosen }] : [];
  });
  return (
    <details key={reviewPath(slug, view)} className="open:basis-full">
      <summary
        aria-keyshortcuts="f"
        className="inline-flex min-h-9 cursor-pointer list-none items-center gap-1.5 text-sm text-indigo underline underline-offset-4 hover:text-indigo-strong [&::-webkit-details-marker]:hidden"
      >
        <ListFilter aria-hidden className="size-4" /> {t('open')} <KeyHint>f</KeyHint>
      </summary>
      <form
        method="get"
        action={`/${locale}/admin/letters/${slug}/review`}
        className="mt-1 mb-2 border border-line p-3"
      >
        <HiddenFields fields={fieldsOf({ state: view.state, q: view.q, origin: view.origin })} />
        <div className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3">
          {selects.map(({ key, all, chosen }) => (
            <div key={key} className="min-w-0">
              <label htmlFor={`filter-${key}`} className="text-quiet">
                {t(`fields.${key}`)}
              </label>
              <select
                id={`filter-${key}`}
                name={key}
                defaultValue={typeof chosen === 'string' ? chosen : ''}
                className="mt-0.5 block min-h-9 w-full rounded-sm border border-edge bg-raised px-2 py-1 text-sm max-sm:text-base"
              >
                <option value="">{t('any')}</option>
                {all.map((value) => (
                  <option key={value} value={value}>
                    {wordsOf(key, value)}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
        <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
          {TICKED.filter((key) => mayFilterBy(role, key)).map((key) => (
            <label key={key} className="flex min-h-9 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                name={key}
                value="1"
                defaultChecked={view[key] === true}
                className="size-4"
              />
              {t(`fields.${key}`)}
            </label>
          ))}
          <button type="submit" className={`${buttonClass('outline', 'small')} min-h-9`}>
            {t('apply')}
          </button>
        </div>
      </form>
    </details>
  );
}
