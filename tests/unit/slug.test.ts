import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlug } from '@/lib/letter/rules';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';

// Reading the dictionary takes its time on a busy machine.
describe('an address proposed for a letter', { timeout: 30_000 }, () => {
  it.each([
    ['Joint letter to the Japanese government', 'joint-letter-to-the-japanese-government-2025'],
    ['Joint letter of 2025:', 'joint-letter-of-2025'],
    ['Women’s Rights & Peace: Égalité!', 'womens-rights-and-peace-egalite-2025'],
    ['Łódź, Ørsted, Straße', 'lodz-orsted-strasse-2025'],
    [
      'Joint Letter to the Minister for Foreign Affairs of Japan on the Situation in the Occupied Palestinian Territory',
      'joint-letter-minister-foreign-affairs-japan-situation-2025',
    ],
    ['To be or not to be', 'to-be-or-not-to-be-2025'],
    ['x'.repeat(90), `${'x'.repeat(55)}-2025`],
    ['…', 'letter-2025'],
  ])('takes the words of an English title: %s', async (en, slug) => {
    expect(await proposeSlug({ en }, 2025)).toBe(slug);
  });

  it.each([
    ['共同書簡', 'kyodo-shokan-2025'],
    [
      '日本政府に対し、ICC（国際刑事裁判所）への支持を求める共同書簡',
      'nihon-seifu-nitaishi-icc-kokusai-keiji-saibansho-2025',
    ],
    [
      'ガザ地区における即時停戦と人道支援の確保を求める要請書',
      'gaza-chiku-niokeru-sokuji-teisen-to-jindo-shien-2025',
    ],
    ['入管法改正案に反対する共同声明', 'nyukanho-kaiseian-ni-hantai-suru-kyodo-seimei-2025'],
    ['私たちは戦争を許さない', 'watashitachi-wa-senso-o-yurusanai-2025'],
    ['パレスチナの子どもたちを守ってください', 'paresuchina-no-kodomotachi-o-mamottekudasai-2025'],
    ['2025年NPT再検討会議に向けた共同アピール', 'npt-saikento-kaigi-ni-muketa-kyodo-apiru-2025'],
    ['外務大臣宛て共同書簡：', 'gaimu-daijinate-kyodo-shokan-2025'],
    ['ヒューマンライツ・ナウからの手紙', 'hyumanraitsu-nau-kara-no-tegami-2025'],
    ['ﾌｪｱﾄﾚｰﾄﾞ宣言', 'fea-toredo-sengen-2025'],
    ['Black Lives Matter 東京', 'black-lives-matter-tokyo-2025'],
    ['齉齾𠮷', 'letter-2025'],
    ['！！！', 'letter-2025'],
    ['2025年', 'letter-2025'],
  ])('reads a Japanese title: %s', async (ja, slug) => {
    expect(await proposeSlug({ ja }, 2025)).toBe(slug);
  });

  it('takes the English title where there are both, the Japanese one where the English gives no word', async () => {
    expect(await proposeSlug({ ja: '共同書簡', en: 'Joint letter' }, 2026)).toBe(
      'joint-letter-2026',
    );
    expect(await proposeSlug({ ja: '共同書簡', en: ' – ' }, 2026)).toBe('kyodo-shokan-2026');
    expect(await proposeSlug({ ja: null, en: undefined }, 2026)).toBe('letter-2026');
  });

  const japanese = fc
    .array(fc.constantFrom(...'共同書簡を求める日本政府へのー々ヴェティッ、。・「」 ICC2025'), {
      maxLength: 60,
    })
    .map((chars) => chars.join(''));
  it('can be used, whatever the titles are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), japanese),
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('')),
        async (ja, en) => {
          const slug = await proposeSlug({ ja, en }, 2025);
          expect(isSlug(slug)).toBe(true);
          expect(slugProblem(slug)).toBeNull();
          expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-2025$/);
          expect(slug.length).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what a letter’s address may be', () => {
  it.each([
    ['', 'required'],
    ['a'.repeat(101), 'tooLong'],
    ['Joint-Letter', 'invalidSlug'],
    ['共同書簡', 'invalidSlug'],
    ['a b', 'invalidSlug'],
    ['-a', 'invalidSlug'],
    ['new', 'reserved'],
    ['newer', null],
    ['joint-letter-2025', null],
    ['a'.repeat(100), null],
  ] as const)('%s: %s', (slug, problem) => {
    expect(slugProblem(slug)).toBe(problem);
  });

  it('is no route that stands beside letters', () => {
    const routes = [
      'app/[locale]/letters',
      'app/[locale]/admin/letters',
      'app/api/letters',
    ].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((found) => found.isDirectory())
        .map((found) => found.name),
    );
    for (const route of routes.filter((name) => !/^[[(_]/.test(name)))
      expect([route, slugProblem(route)]).toEqual([route, 'reserved']);
  });
});
