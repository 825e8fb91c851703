import { COUNTRIES, INTERNATIONAL } from '@/lib/endorsement/schema';

/**
 * Country names in the reader's language (CLDR).
 * @param international the words for organizations that belong to no country
 */
export function countryNames(locale: string, international: string): (code: string) => string {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return (code) => (code === INTERNATIONAL ? international : (names.of(code) ?? code));
}

/**
 * The countries to choose from, in the reader's alphabetical order; Japan comes first, since most
 * organizations are based there, and "international" last.
 */
export function countryOptions(
  locale: string,
  international: string,
): { value: string; text: string }[] {
  const nameOf = countryNames(locale, international);
  const compare = new Intl.Collator(locale).compare;
  const rank = (code: string) => (code === 'JP' ? -1 : code === INTERNATIONAL ? 1 : 0);
  return COUNTRIES.map((code) => ({ value: code, text: nameOf(code) })).sort(
    (a, b) => rank(a.value) - rank(b.value) || compare(a.text, b.text),
  );
}
