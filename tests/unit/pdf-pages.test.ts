import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it, vi } from 'vitest';
import type { PrintedLetter } from '@/lib/delivery/print';
import type { ByLanguage } from '@/lib/platform/languages';
import { pdfText } from '@/tests/support/pdf-text';
import {
  JOINT,
  JAPANESE,
  dense,
  denseText,
  expectInOrder,
  pdfOf,
} from '@/tests/support/pdf-letters';

vi.setConfig({ testTimeout: 60_000 });

/** The vertical position of each text on its page, in points, in reading order. */
async function heightsOfText(bytes: Uint8Array): Promise<number[][]> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
  });
  const document = await task.promise;
  const pages = Array.from({ length: document.numPages }, async (_, index) => {
    const { items } = await (await document.getPage(index + 1)).getTextContent();
    return items.flatMap((item) =>
      'str' in item && item.str.trim() !== '' ? [Number(item.transform[5])] : [],
    );
  });
  const heights = await Promise.all(pages);
  await task.destroy();
  return heights;
}

describe('the pages of a letter', () => {
  const imprint = `Delivered on 23 April 2025 to the Minister for Foreign Affairs. Revision 3 of the text. Delivery 1, SHA-256 ${'0123456789abcdef'.repeat(4)}.`;
  const organizations = (count: number, ja: boolean): ByLanguage[] =>
    Array.from({ length: count }, (_, index) => ({
      ...(ja && { ja: `第${index + 1}団体` }),
      en: `Organization ${index + 1}.`,
    }));
  /**
   * Asserts that lines are straight and in order from top to bottom, except for a list's second
   * column.
   */
  const expectNoOverlap = async (bytes: Uint8Array, columns = 0) => {
    for (const heights of await heightsOfText(bytes)) {
      const steps = heights.slice(1).map((height, index) => (heights[index] ?? 0) - height);
      expect(steps.filter((step) => step < -8).length).toBeLessThanOrEqual(columns);
      expect(steps.filter((step) => Math.abs(step) > 0.5 && Math.abs(step) < 8)).toEqual([]);
    }
  };
  const pagesOf = async (letter: PrintedLetter, columns = 0) => {
    const bytes = await pdfOf(letter);
    await expectNoOverlap(bytes, columns);
    return (await pdfText(bytes)).pages.map((page) => page.replace(/\n?\d+ \/ \d+$/, ''));
  };
  const withText = (
    { language }: PrintedLetter,
    parts: Partial<PrintedLetter['parts']>,
  ): PrintedLetter => ({
    ...JOINT,
    language,
    lists: [],
    parts: {
      ...JOINT.parts,
      title: 'Title',
      subject: null,
      salutation: 'Dear all,',
      body: 'A body.',
      calls: [],
      callsIntro: null,
      closing: null,
      ...parts,
    },
  });
  /** Numbers of lines that move the following text down by a whole page, one more each time. */
  const pushed = Array.from({ length: 50 }, (_, count) =>
    Array.from({ length: count + 1 }, () => 'line').join('\n'),
  );
  /** The unbreakable part is higher than two lines. */
  const towardsTheEnd = pushed.filter((_, index) => index > 14 && index % 2 === 0);

  it.each([
    ['English, both names', JOINT, true, [[2, 45]]],
    [
      'English, one name',
      JOINT,
      false,
      [
        [60, 85],
        [130, 155],
      ],
    ],
    ['Japanese, both names', JAPANESE, true, [[2, 45]]],
    ['Japanese, one name', JAPANESE, false, [[60, 85]]],
  ] as const)(
    'keep at least two names together with the unnamed signatories and the imprint: %s',
    async (_, letter, ja, counts) => {
      for (const count of counts.flatMap(([least, most]) =>
        Array.from({ length: most - least }, (_each, index) => least + index),
      )) {
        const { parts } = withText(letter, {});
        const set = {
          ...letter,
          parts,
          imprint,
          lists: [
            { heading: 'All', names: organizations(count, ja), others: '2 other organizations' },
          ],
        };
        expectInOrder(dense((await pagesOf(set, ja ? 0 : 1)).at(-1) ?? ''), [
          `Organization ${count - 1}.`,
          `Organization ${count}.`,
          '2 other organizations',
          'Delivered on',
          'cdef.',
        ]);
      }
    },
  );

  it('keep the imprint with the valediction if there are no names', async () => {
    for (const addressee of towardsTheEnd) {
      const last =
        (
          await pagesOf({ ...withText(JOINT, { addressee, valediction: 'Sincerely,' }), imprint })
        ).at(-1) ?? '';
      expectInOrder(dense(last), ['A body.', 'Sincerely,', 'Delivered on']);
    }
  });

  it.each([
    ['a closing', { closing: `${'We hope for it. '.repeat(20)}The end.` }],
    ['calls', { callsIntro: 'We ask:', calls: ['to do', 'The end.'] }],
    ['a body', { body: `${'We hope for it. '.repeat(20)}The end.` }],
    ['a list', { body: 'We ask:\n\n- to do\n- to say\n  1. what\n  2. The end.' }],
    ['a quotation', { body: 'We quote:\n\n> We hope.\n>\n> The *end.*' }],
  ])('keep the valediction with the end of %s', async (_, parts) => {
    for (const letter of [JOINT, JAPANESE]) {
      for (const addressee of towardsTheEnd) {
        const page =
          (await pagesOf(withText(letter, { ...parts, addressee }))).find((text) =>
            text.includes('Sincerely,'),
          ) ?? '';
        expectInOrder(dense(page), ['The end.', 'Sincerely,']);
      }
    }
  });

  it('keep the valediction with the text even if the last part is empty', async () => {
    for (const parts of [
      { body: 'We ask:\n\n- to do\n-' },
      { body: '' },
      { body: '', callsIntro: '' },
      { body: '', calls: [''] },
      { body: '', closing: '' },
    ]) {
      expectInOrder(dense((await pagesOf(withText(JOINT, parts)))[0] ?? ''), [
        'Dear all,',
        'Sincerely,',
      ]);
    }
  });

  it.each([true, false])(
    'keep a heading with at least two names, and a short list whole (both names: %s)',
    async (ja) => {
      for (const addressee of pushed) {
        const lists = [
          {
            heading: '8 Coordinating organizations',
            names: organizations(8, ja),
            others: '1 other organization',
          },
          { heading: 'All organizations', names: organizations(30, ja), others: null },
        ];
        const pages = await pagesOf({ ...withText(JOINT, { addressee }), lists }, ja ? 0 : 2);
        expectInOrder(dense(pages.find((page) => page.includes('8 Coord')) ?? ''), [
          '8 Coord',
          'Organization 1.',
          'Organization 8.',
          '1 other',
        ]);
        const long = dense(pages.find((page) => page.includes('All org')) ?? '');
        expectInOrder(long.slice(long.indexOf('Allorg')), ['Organization 1.', 'Organization 2.']);
      }
    },
  );

  it('are filled by a list that begins under a short letter and goes on from page to page', async () => {
    for (const letter of [JAPANESE, JOINT]) {
      const { parts } = withText(letter, { addressee: 'line\n'.repeat(5).trim() });
      const list = Array.from({ length: 90 }, (_, index) => ({ en: `Organization ${index + 1}.` }));
      const lists = [{ heading: 'All', names: list, others: '2 other organizations' }];
      const pages = await pagesOf({ ...letter, parts, lists, imprint }, 1);
      expect(pages).toHaveLength(2);
      expect(pages[0]?.match(/Organization/g)?.length).toBeGreaterThan(30);
      expectInOrder(dense(pages.join('')), [
        'Sincerely,',
        'All',
        ...list.map(({ en }) => en),
        '2 other',
        'Delivered',
      ]);
    }
  });

  it('have more space between the calls than between lines', async () => {
    for (const [letter, most] of [
      [JAPANESE, 19],
      [JOINT, 16],
    ] as const) {
      const calls = ['Call one', 'Call two', 'Call three'];
      const set = { ...letter, ...withText(letter, { callsIntro: 'We ask:', calls }), draft: null };
      const heights = (await heightsOfText(await pdfOf({ ...set, imprint: null })))[0] ?? [];
      // The date, the salutation and the body are above, the valediction and the page below.
      const [intro = 0, one = 0, two = 0, three = 0] = [...new Set(heights)].slice(-6, -2);
      for (const gap of [intro - one, one - two, two - three]) expect(gap).toBeGreaterThan(most);
    }
  });

  it('break a long Japanese name between words, as the page does', async () => {
    const name = '特定非営利活動法人外国人技能実習生の学習支援を考える市民の会';
    for (const list of [[{ ja: name }], [{ ja: name, en: 'Citizens' }]]) {
      const set = { ...JAPANESE, lists: [{ heading: 'All', names: list, others: null }] };
      const lines = (await pdfText(await pdfOf(set))).lines.flat().map((line) => line.trim());
      const from = lines.indexOf('All');
      expect(dense(lines.slice(from).join(''))).toContain(name);
      for (const line of lines.slice(from))
        expect(line).not.toMatch(/学$|技$|実$|支$|^習|^能|^援/u);
    }
  });

  it('break a long title into lines of similar length, in Japanese between phrases', async () => {
    const titles = [
      [JAPANESE, '気候変動への取り組みの強化と再生可能エネルギーの拡大を求める書簡'],
      [JAPANESE, '国際刑事裁判所（ICC）の独立を守り、法の支配を支える具体的な行動を求める'],
      [JOINT, 'Joint letter to the Government of Japan on the protection of human rights'],
    ] as const;
    for (const [letter, title] of titles) {
      const bytes = await pdfOf({
        ...letter,
        lists: [],
        parts: { ...letter.parts, title, subject: null },
      });
      await expectNoOverlap(bytes);
      const lines = (await pdfText(bytes)).lines[0] ?? [];
      const of = lines
        .slice(
          0,
          lines.findIndex((_, index) => dense(lines.slice(0, index).join('')) === dense(title)),
        )
        .map((line) => line.trim().length);
      expect(of).toHaveLength(2);
      expect(Math.min(...of) / Math.max(...of)).toBeGreaterThan(0.75);
      expect(lines[0]).toMatch(/[\p{Script=Hiragana}、 a-z]$/u);
      expect(lines[1]).toMatch(/^[\p{Script=Han}\p{Script=Katakana}a-z]/u);
    }
  });

  it('break an address after punctuation only, without stretching lines or changing its link', async () => {
    const address =
      'https://www.example.org/campaigns/international-criminal-court/statements/index.html?language=japanese&revision=final_text';
    const bodies = [
      [
        JAPANESE,
        `くわしい声明の全文と賛同団体の一覧は、次の頁に載せていますので、${address}をご覧ください。私たちは、`,
      ],
      [JAPANESE, `くわしい声明の全文は[${address}](${address})をご覧ください。私たちは、`],
      [
        JOINT,
        `The statement and the organizations that support it stand at ${address}, which [${address}](${address}) repeats.`,
      ],
    ] as const;
    for (const [letter, body] of bodies) {
      const plain = body.replace(/\[(.*?)\]\(.*?\)/g, '$1');
      for (const parts of [
        { body },
        { body: '', calls: [plain] },
        { body: '', calls: [], closing: plain },
      ]) {
        const bytes = await pdfOf({ ...letter, lists: [], parts: { ...letter.parts, ...parts } });
        await expectNoOverlap(bytes);
        const pdf = await pdfText(bytes);
        expect(denseText(pdf)).toContain(dense(plain));
        for (const url of pdf.links) expect(url).toBe(address);
        const lines = pdf.lines.flat().map((line) => line.trim());
        const first = lines.findIndex((line) => line.includes('https'));
        expect(first).toBeGreaterThan(0);
        for (const line of lines.slice(
          first,
          lines.findIndex((each) => each.includes('final_')),
        ))
          expect(line).toMatch(/[/\-.?&=_]$/);
        for (const line of lines.slice(first - 1, first + 1))
          expect(line).not.toMatch(/(?:[\p{Script=Han}\p{Script=Hiragana}、] +){3}/u);
      }
    }
  });
});
