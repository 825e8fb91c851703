import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatoriesCsv } from '@/lib/delivery/csv';
import { deliveryContent, type DeliveryContent } from '@/lib/delivery/snapshot';
import { canonicalJson } from '@/lib/platform/canonical-json';
import type { ByLanguage } from '@/lib/platform/languages';
import { csvCells } from '@/tests/support/csv-cells';
import { generatedName } from '@/tests/support/generated-names';

const HEADER = {
  number: 'No.',
  names: { ja: '日本語名', en: 'English name' },
  coordinating: 'Coordinating',
  note: 'Note',
};

const content = (names: ByLanguage[]) =>
  ({
    format: 'undersigned/delivery/2',
    lists: {
      all: {
        heading: {},
        names: names.map((each) => ({ names: each, coordinating: false })),
        others: null,
      },
    },
  }) as unknown as DeliveryContent;

describe('names of all scripts', () => {
  it('come out of the JSON and the CSV as they went in, 100,000 of them', () => {
    const RUNS = 100;
    const PER_RUN = 500;
    let checked = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ ja: generatedName, en: generatedName }), {
          minLength: PER_RUN,
          maxLength: PER_RUN,
          size: 'max',
        }),
        (names) => {
          const stored = deliveryContent(canonicalJson(content(names)));
          const read = stored.lists.all.names.map((each) => each.names);
          // One comparison of all: `toEqual` on each would take minutes.
          expect(JSON.stringify(read.map(({ ja, en }) => [ja, en]))).toBe(
            JSON.stringify(names.map(({ ja, en }) => [ja, en])),
          );

          const rows = names.map((each, index) => ({
            number: index + 1,
            names: each,
            coordinating: '',
            note: null,
          }));
          // The rule of docs/csv.md: an apostrophe at the beginning of a cell is not part of it.
          const cells = csvCells(signatoriesCsv(rows, HEADER, null))
            .slice(1)
            .map(([, ...texts]) => texts.slice(0, 2).map((text) => text.replace(/^'/, '')));
          expect(JSON.stringify(cells)).toBe(JSON.stringify(names.map(({ ja, en }) => [ja, en])));
          checked += 2 * names.length;
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(checked).toBe(100_000);
  }, 300_000);
});
