import { describe, expect, it } from 'vitest';
import type { PrintedList } from '@/lib/delivery/print';
import { ANNEX_NAMES } from '@/lib/platform/limits';
import { pdfText } from '@/tests/support/pdf-text';
import { dense, expectInOrder, JAPANESE, JOINT, pdfOf } from '@/tests/support/pdf-letters';

const imprint = 'Delivered on 23 April 2025 to the Minister.';
const named = (count: number, of = 'Organization') =>
  Array.from({ length: count }, (_, index) => ({ en: `${of} No. ${index + 1}.` }));

describe('a list of more names than fit the letter', () => {
  it('is an annex on pages of its own, with every name once, in order, and pages numbered on', async () => {
    const names = named(ANNEX_NAMES + 500);
    const lists = [JOINT.lists[0]!, { heading: 'Annex: All', names, others: '2 other names' }];
    const { pages, accessible, roles } = await pdfText(await pdfOf({ ...JOINT, lists, imprint }));
    const from = pages.findIndex((page) => page.startsWith('Annex: All'));
    expect(from).toBeGreaterThan(0);
    expect(pages.slice(0, from).join('')).not.toContain('Organization No.');
    const annex = pages.slice(from).join('\n');
    expect(annex.match(/Organization No\. \d+\./g)).toEqual(names.map(({ en }) => en));
    expectInOrder(dense(pages.at(-1)!), [names.at(-1)!.en, '2 other names', imprint]);
    expect(pages.map((page) => /\d+ \/ \d+$/.exec(page)?.[0])).toEqual(
      pages.map((_, index) => `${index + 1} / ${pages.length}`),
    );
    expect(accessible).toBe(true);
    // Each name is a paragraph, and the annex has a heading.
    expect(roles.filter((role) => role === 'P').length).toBeGreaterThan(names.length);
    expect(roles.filter((role) => role === 'H2').length).toBeGreaterThanOrEqual(2);
  });

  it('keeps its categories with their headings, second names, and names in other scripts', async () => {
    const divided: PrintedList[] = [
      { heading: '別紙', isCategory: false, names: [], others: null },
      {
        heading: 'National',
        isCategory: true,
        names: Array.from({ length: ANNEX_NAMES }, (_, index) => ({
          ja: `第${index + 1}団体`,
          en: `Group ${index + 1}.`,
        })),
        others: null,
      },
      { heading: 'International', isCategory: true, names: named(2, 'World'), others: 'ほか1団体' },
    ];
    const earlier = { heading: 'Earlier', names: [{ ja: '참여연대' }], others: null };
    const { pages, accessible } = await pdfText(
      await pdfOf({ ...JAPANESE, lists: [...divided, earlier], imprint }),
    );
    expectInOrder(dense(pages.join('')), [
      '別紙',
      'National',
      '第1団体',
      'Group 1.',
      `第${ANNEX_NAMES}団体`,
      `Group ${ANNEX_NAMES}.`,
      'International',
      'World No. 1.',
      'World No. 2.',
      'ほか1団体',
      'Earlier',
      '참여연대',
      imprint,
    ]);
    expect(accessible).toBe(true);
  });

  it('begins with one name more than the letter holds', async () => {
    const pagesOf = async (count: number) => {
      const lists = [{ heading: 'All of them', names: named(count), others: null }];
      const { pages } = await pdfText(await pdfOf({ ...JOINT, lists }));
      return pages.length;
    };
    expect(await pagesOf(ANNEX_NAMES + 1)).toBeLessThan(await pagesOf(ANNEX_NAMES));
  });
});
