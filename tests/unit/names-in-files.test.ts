import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatoriesCsv } from '@/lib/delivery/csv';
import { deliveryContent, type DeliveryContent } from '@/lib/delivery/snapshot';
import { canonicalJson } from '@/lib/platform/canonical-json';
import type { ByLanguage } from '@/lib/platform/languages';
import { csvCells } from '@/tests/support/csv-cells';
import { generatedName, generatedPlainName } from '@/tests/support/generated-names';
import { dense, denseText, JOINT, pdfOf } from '@/tests/support/pdf-letters';
import { pdfText } from '@/tests/support/pdf-text';

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

  // Of letters that are joined or stacked, and of those from right to left, a PDF holds shapes;
  // which text programs read out of them differs (ADR 30).
  it('come out of the text of the PDF as they went in, where letters stand in a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(generatedPlainName, { minLength: 250, maxLength: 250, size: 'max' }),
        async (names) => {
          const lists = [{ heading: null, names: names.map((en) => ({ en })), others: null }];
          const text = denseText(await pdfText(await pdfOf({ ...JOINT, lists, imprint: null })));
          const from = text.indexOf('Sincerely,') + 'Sincerely,'.length;
          expect(text.slice(from).normalize('NFC')).toBe(dense(names.join('')));
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});
