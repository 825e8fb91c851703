import { useLocale, useTranslations } from 'next-intl';
import { countryNames } from '@/components/endorsement/countries';
import { NO_CATEGORY } from '@/lib/endorsement/review/filters/rules';
import type { Filters } from '@/lib/endorsement/review/filters/schema';
import { categoryName, type Category } from '@/lib/letter/categories';
import { languageName } from '@/lib/platform/languages';

/** What the values of a filter are called. Those of a check box have no words of their own. */
export function useFilterWords(
  categories: readonly Category[],
): (key: keyof Filters, value: string | true) => string | null {
  const t = useTranslations('endorsement.review.filters');
  const entry = useTranslations('endorsement.review.entry');
  const locale = useLocale();
  const countryName = countryNames(locale, useTranslations('endorsement')('international'));
  return (key, value) => {
    if (value === true) return null;
    switch (key) {
      case 'country':
        return countryName(value);
      case 'category':
        return value === NO_CATEGORY
          ? t('noCategory')
          : (categoryName({ categories }, value, locale) ?? t('goneCategory'));
      case 'language':
        return languageName(value, locale);
      case 'visibility':
        return t(`names.${value === 'named' ? 'named' : 'withheld'}`);
      case 'proof':
        return entry(value === 'email' ? 'proofEmail' : 'proofAttested');
      default:
        return null;
    }
  };
}
