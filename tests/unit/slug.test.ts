import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlug } from '@/lib/letter/rules';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';

describe('a generated slug', () => {
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
  ])('consists of the words of the English title and the year: %s', (en, slug) => {
    expect(proposeSlug({ en }, 2025)).toBe(slug);
  });

  it.each([
    ['共同書簡', 'letter-2025'],
    ['パレスチナの子どもたちを守ってください', 'letter-2025'],
    ['2025年', 'letter-2025'],
    ['第3回要請', 'letter-2025'],
    ['！！！', 'letter-2025'],
    ['2025年NPT再検討会議に向けた共同アピール', 'npt-2025'],
    ['Black Lives Matter 東京', 'black-lives-matter-2025'],
    ['ＩＣＣ（国際刑事裁判所）への支持を求める共同書簡', 'icc-2025'],
  ])('consists of the Latin words of a Japanese title, if it has any: %s', (ja, slug) => {
    expect(proposeSlug({ ja }, 2025)).toBe(slug);
  });

  it('is based on the English title if both are given and the English one has words', () => {
    expect(proposeSlug({ ja: 'NPT共同書簡', en: 'Joint letter' }, 2026)).toBe('joint-letter-2026');
    expect(proposeSlug({ ja: 'NPT共同書簡', en: ' – ' }, 2026)).toBe('npt-2026');
    expect(proposeSlug({}, 2026)).toBe('letter-2026');
  });

  const japanese = fc
    .array(fc.constantFrom(...'共同書簡を求める日本政府へのー々ヴェティッ、。・「」 ICC2025'), {
      maxLength: 60,
    })
    .map((chars) => chars.join(''));
  it('is valid for any titles', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), japanese),
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('')),
        (ja, en) => {
          const slug = proposeSlug({ ja, en }, 2025);
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

describe('a letter’s slug', () => {
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
  ] as const)('“%s” has the error %s', (slug, problem) => {
    expect(slugProblem(slug)).toBe(problem);
  });

  it('cannot be the name of a static route', () => {
    const routes = [
      'app/[locale]/letters',
      'app/[locale]/admin/letters',
      'app/api/letters',
    ].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((found) => found.isDirectory())
        .map((found) => found.name),
    );
    // bench/ is in benchmark builds only.
    for (const route of routes.filter((name) => !/^[[(_]|^bench$/.test(name)))
      expect([route, slugProblem(route)]).toEqual([route, 'reserved']);
  });
});
