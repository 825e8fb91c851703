import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { OrganizationName } from '@/components/organization/organization-name';
import { signatoriesCsv } from '@/lib/delivery/csv';
import { deliveryContent, type DeliveryContent } from '@/lib/delivery/snapshot';
import { letterWordFile } from '@/lib/delivery/word';
import { writable } from '@/lib/delivery/word/runs';
import { canonicalJson } from '@/lib/platform/canonical-json';
import type { ByLanguage } from '@/lib/platform/languages';
import { shownNames } from '@/lib/platform/text/shown-names';
import { csvCells } from '@/tests/support/csv-cells';
import { generatedName, generatedPlainName } from '@/tests/support/generated-names';
import { dense, denseText, JOINT, pdfOf } from '@/tests/support/pdf-letters';
import { pdfText } from '@/tests/support/pdf-text';
import { wordLines } from '@/tests/support/word-text';

const HEADER = {
  number: 'No.',
  names: { ja: '日本語名', en: 'English name' },
  coordinating: 'Coordinating',
  note: 'Note',
};

const content = (names: ByLanguage[]) =>
  ({
    format: 'undersigned/delivery/4',
    lists: {
      all: {
        heading: {},
        categories: [],
        names: names.map((each) => ({ names: each, coordinating: false })),
        others: null,
      },
    },
  }) as unknown as DeliveryContent;

describe('names of all scripts', () => {
  it('come out of the page, the JSON and the CSV as they went in, 100,000 of them', () => {
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
          const cells = csvCells([...signatoriesCsv(rows, HEADER, null)].join(''))
            .slice(1)
            .map(([, ...texts]) => texts.slice(0, 2).map((text) => text.replace(/^'/, '')));
          expect(JSON.stringify(cells)).toBe(JSON.stringify(names.map(({ ja, en }) => [ja, en])));

          const page = renderToStaticMarkup(
            names.map((each, key) =>
              createElement(OrganizationName, { key, names: each, leading: 'ja' }),
            ),
          );
          const shown = parseDocument(page).children.map((node) => DomUtils.textContent(node));
          const expected = names.flatMap((each) => shownNames(each, 'ja').map(({ name }) => name));
          expect(JSON.stringify(shown)).toBe(JSON.stringify(expected));
          checked += 2 * names.length;
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(checked).toBe(100_000);
  }, 300_000);

  it('come out of the Word file as they went in, thousands of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ja: generatedName, en: generatedName }), {
          minLength: 500,
          maxLength: 500,
          size: 'max',
        }),
        async (names) => {
          const lists = [{ heading: 'Names', names, others: null }];
          const lines = await wordLines(await letterWordFile({ ...JOINT, lists, imprint: null }));
          const expected = names.flatMap((each) => shownNames(each, 'en').map(({ name }) => name));
          const from = lines.indexOf('Names') + 1;
          expect(JSON.stringify(lines.slice(from, from + expected.length))).toBe(
            JSON.stringify(expected.map(writable)),
          );
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);

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
