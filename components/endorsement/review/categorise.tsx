import { useLocale, useTranslations } from 'next-intl';
import type { ButtonAction } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { SubmitButton } from '@/components/ui/submit-button';
import type { Entry } from '@/lib/endorsement/review/queries';
import { categoryName, categoryOf } from '@/lib/letter/categories';
import { HiddenView } from './hidden-view';
import type { ReviewView } from './view';

/** Says an entry's category; those who may correct it choose another. */
export function Categorise({
  slug,
  view,
  entry,
  categorise,
}: {
  slug: string;
  view: ReviewView;
  entry: Entry;
  categorise: ButtonAction | undefined;
}) {
  const t = useTranslations('endorsement');
  const locale = useLocale();
  const { categories } = entry;
  if (!categorise) return categoryName({ categories }, entry.category, locale) ?? t('noCategory');
  const own = categoryOf({ categories }, entry.category)?.id ?? '';
  return (
    <form key={own} action={categorise} className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <HiddenView locale={locale} slug={slug} view={view} />
      <input type="hidden" name="id" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      <select
        name="category"
        aria-label={t('fields.category')}
        defaultValue={own}
        required
        className="min-h-8 max-w-full rounded-sm border border-edge bg-raised px-2 text-ink max-sm:text-base"
      >
        {own === '' && <option value="">{t('noCategory')}</option>}
        {categories.map(({ id }) => (
          <option key={id} value={id}>
            {categoryName({ categories }, id, locale)}
          </option>
        ))}
      </select>
      <SubmitButton className={buttonClass('outline', 'small')}>
        {t('review.entry.setCategory')}
      </SubmitButton>
    </form>
  );
}
