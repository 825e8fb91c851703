import { describe, expect, it } from 'vitest';
import { fieldsOf, reviewPath, type ReviewView } from '@/components/endorsement/review/view';
import { viewSchema } from '@/app/[locale]/admin/letters/[slug]/review/view';
import { selectionSchema } from '@/lib/endorsement/review/batch/schema';
import { namedFilterSchema } from '@/lib/endorsement/review/filters/named/schema';
import {
  FILTER_KEYS,
  filteredFor,
  filtersIn,
  isFiltered,
  looksFor,
  sameFilters,
} from '@/lib/endorsement/review/filters/rules';
import { filterFields } from '@/lib/endorsement/review/filters/schema';
import { queueSchema } from '@/lib/endorsement/review/schema';

const ALL = {
  country: 'JP',
  category: 'none',
  language: 'en',
  visibility: 'withheld',
  proof: 'attested',
  mailFails: '1',
  alike: '1',
  asks: '1',
  held: '1',
} as const;

describe('the filters of the review in a query string', () => {
  it('are read, in a view, a selection and a form', () => {
    const read = { ...ALL, mailFails: true, alike: true, asks: true, held: true };
    for (const schema of [queueSchema, viewSchema, selectionSchema])
      expect(filtersIn(schema.parse(ALL))).toEqual(read);
    expect(namedFilterSchema.parse({ ...ALL, state: 'all', filterName: ' Ours ' })).toEqual({
      name: 'Ours',
      state: 'all',
      filters: read,
    });
    expect(Object.keys(filterFields)).toEqual(FILTER_KEYS);
  });

  it.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['empty ones, as a form sends them', Object.fromEntries(FILTER_KEYS.map((key) => [key, '']))],
    ['repeated ones', Object.fromEntries(Object.entries(ALL).map(([key, of]) => [key, [of, of]]))],
    [
      'others than are offered',
      {
        country: 'ZZ',
        category: "x' OR true --",
        language: 'ja-Latn',
        visibility: 'public',
        proof: 'none',
        mailFails: 'true',
        alike: '0',
        asks: 'on',
      },
    ],
    [
      'NUL, line breaks and names of members',
      {
        country: 'JP\0',
        category: 'a\n',
        language: 'constructor',
        visibility: 'toString',
        proof: '__proto__',
        mailFails: '1\0',
        alike: ' 1',
        asks: '1\n',
      },
    ],
    ['very long ones', Object.fromEntries(FILTER_KEYS.map((key) => [key, 'JP'.repeat(500_000)]))],
    ['no text', Object.fromEntries(FILTER_KEYS.map((key) => [key, { toString: () => 'JP' }]))],
  ])('that are %s filter nothing', (_, query) => {
    for (const schema of [queueSchema, viewSchema, selectionSchema]) {
      const view = schema.parse(query);
      expect(filtersIn(view)).toEqual({});
      expect(isFiltered(view)).toBe(false);
      expect(looksFor(view)).toBe(false);
    }
  });

  it('stand in addresses and hidden fields as they are read', () => {
    const view: ReviewView = viewSchema.parse({ ...ALL, q: 'peace', page: '3', state: 'all' });
    expect(viewSchema.parse(fieldsOf(view))).toEqual(view);
    const path = reviewPath('a', view);
    expect(viewSchema.parse(Object.fromEntries(new URL(path, 'http://a').searchParams))).toEqual(
      view,
    );
    expect(reviewPath('a', viewSchema.parse({}))).toBe('/admin/letters/a/review');
  });
});

describe('an observer', () => {
  it('filters by nothing that is known of contacts', () => {
    const view = queueSchema.parse(ALL);
    expect(filtersIn(filteredFor('observer', view))).toEqual({
      country: 'JP',
      category: 'none',
      visibility: 'withheld',
      proof: 'attested',
      alike: true,
      asks: true,
      held: true,
    });
    for (const role of ['reviewer', 'owner', 'administrator'] as const)
      expect(filteredFor(role, view)).toEqual(view);
  });
});

it('filters are the same if each of them is', () => {
  const filters = filtersIn(queueSchema.parse(ALL));
  expect(sameFilters(filters, { ...filters })).toBe(true);
  expect(sameFilters({}, { country: undefined })).toBe(true);
  for (const key of FILTER_KEYS)
    expect(sameFilters(filters, { ...filters, [key]: undefined }), key).toBe(false);
});

it('the name of a filter is a line of 40 characters', () => {
  const errors = (filterName: unknown) =>
    namedFilterSchema.safeParse({ filterName }).error?.issues.map(({ message }) => message);
  expect(errors('')).toEqual(['required']);
  expect(errors('   ')).toEqual(['required']);
  expect(errors('あ'.repeat(41))).toEqual(['tooLong']);
  expect(errors('あ'.repeat(40))).toBeUndefined();
  expect(errors(`a${'\u0301'.repeat(40)}`)).toEqual(['controlCharacter']);
});
