import { COUNTRIES } from '@/lib/endorsement/schema';

/**
 * Country names in the reader's language, in its alphabetical order; Japan comes first, since most
 * organizations are based there.
 */
export function countryOptions(locale: string): { value: string; text: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const compare = new Intl.Collator(locale).compare;
  const options = COUNTRIES.map((code) => ({ value: code, text: names.of(code) ?? code })).sort(
    (a, b) => compare(a.text, b.text),
  );
  return [
    ...options.filter(({ value }) => value === 'JP'),
    ...options.filter(({ value }) => value !== 'JP'),
  ];
}
