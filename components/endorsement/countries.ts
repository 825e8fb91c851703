import { COUNTRIES } from '@/lib/endorsement/schema';

/** Countries in the reader's language and order; Japan first, where most organizations here are. */
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
