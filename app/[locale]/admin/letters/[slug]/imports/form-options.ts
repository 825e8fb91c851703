import { countryOptions } from '@/components/endorsement/countries';
import type { ListSettings } from '@/lib/letter/list-settings';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { languageName, preferred } from '@/lib/platform/languages';

/** What the form for a list offers. */
export const formOptions = (
  locale: Locale,
  { categories }: ListSettings,
  international: string,
) => ({
  countries: countryOptions(locale, international),
  categories: categories.map(({ id, names }) => ({
    value: id,
    text: preferred(names, locale)?.said ?? '',
  })),
  languages: routing.locales.map((value) => ({ value, text: languageName(value, locale) })),
  reader: locale,
});
