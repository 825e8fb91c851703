import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalForm, withoutLegalForm } from '@/lib/organization/legal-form';
import {
  readingWithLegalForm,
  readingWithoutLegalForm,
} from '@/lib/organization/legal-form-reading';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };

describe('a legal form', () => {
  it('is found in the joint letter’s list exactly where a signatory has one', () => {
    for (const { nameJa, legalForm: form } of printed.organizations) {
      expect([nameJa, legalForm(nameJa)]).toEqual([nameJa, form && { form, at: 'start' }]);
    }
  });

  it.each([
    ['一般社団法人かたわら', '一般社団法人', 'かたわら'],
    ['公益財団法人 日本の会', '公益財団法人', '日本の会'],
    ['社団法人・自由の会', '社団法人', '自由の会'],
    ['認定特定非営利活動法人虹', '認定特定非営利活動法人', '虹'],
    ['特例認定NPO法人虹', '特例認定NPO法人', '虹'],
    ['認定NPO法人 虹', '認定NPO法人', '虹'],
    ['NPO法人アフリカ日本協議会', 'NPO法人', 'アフリカ日本協議会'],
    ['npo法人あい', 'npo法人', 'あい'],
    ['(特非)アフリカ日本協議会', '(特非)', 'アフリカ日本協議会'],
    ['(認定NPO法人)虹', '(認定NPO法人)', '虹'],
    ['(一社)かたわら', '(一社)', 'かたわら'],
    ['(株)オルター', '(株)', 'オルター'],
    ['(NPO) 虹', '(NPO)', '虹'],
    ['医療法人社団青空会', '医療法人社団', '青空会'],
    ['国立大学法人東京大学', '国立大学法人', '東京大学'],
    ['労働者協同組合ワーカーズコープ', '労働者協同組合', 'ワーカーズコープ'],
    ['任意団体 平和の輪', '任意団体', '平和の輪'],
    ['NPO Piece of Syria', 'NPO', 'Piece of Syria'],
    ['NPO 虹の会', 'NPO', '虹の会'],
    ['Certified NPO Rainbow', 'Certified NPO', 'Rainbow'],
    ['General Incorporated Association Katawara', 'General Incorporated Association', 'Katawara'],
    ['Stichting Vluchteling', 'Stichting', 'Vluchteling'],
    ['ASBL Paix', 'ASBL', 'Paix'],
    ['사단법인 평화', '사단법인', '평화'],
    ['(特活)難民を助ける会', '(特活)', '難民を助ける会'],
    ['（特活）難民を助ける会', '（特活）', '難民を助ける会'],
    ['(認特)虹', '(認特)', '虹'],
    ['(認定特非)虹', '(認定特非)', '虹'],
    ['【NPO法人】虹', '【NPO法人】', '虹'],
    ['【ＮＰＯ法人】　虹', '【ＮＰＯ法人】', '虹'],
    ['〈特非〉虹', '〈特非〉', '虹'],
    ['《一社》虹', '《一社》', '虹'],
    ['〔公財〕虹', '〔公財〕', '虹'],
    ['[特非]虹', '[特非]', '虹'],
    ['「NPO法人」虹', '「NPO法人」', '虹'],
    ['㈱青空', '㈱', '青空'],
    ['㈲ 青空', '㈲', '青空'],
    ['㈳青空', '㈳', '青空'],
    ['㈶青空', '㈶', '青空'],
    ['㈻青空', '㈻', '青空'],
    ['㍿青空', '㍿', '青空'],
    ['（株）青空', '（株）', '青空'],
    ['( 株 )青空', '( 株 )', '青空'],
    ['認定NPO虹', '認定NPO', '虹'],
    ['認定 NPO 法人 虹', '認定 NPO 法人', '虹'],
    ['N.P.O.法人虹', 'N.P.O.法人', '虹'],
    ['エヌピーオー法人虹', 'エヌピーオー法人', '虹'],
    ['(認定)特定非営利活動法人虹', '(認定)特定非営利活動法人', '虹'],
    ['特非 虹', '特非', '虹'],
    ['NPO法人／虹', 'NPO法人', '虹'],
  ])('may stand at the start: %s', (name, form, rest) => {
    expect(legalForm(name)).toEqual({ form, at: 'start' });
    expect(withoutLegalForm(name)).toBe(rest);
  });

  it.each([
    ['オルター・トレード・ジャパン株式会社', '株式会社', 'オルター・トレード・ジャパン'],
    ['オルター(株)', '(株)', 'オルター'],
    ['つばさ有限会社', '有限会社', 'つばさ'],
    ['生活クラブ生活協同組合', '生活協同組合', '生活クラブ'],
    ['虹の会(特定非営利活動法人)', '(特定非営利活動法人)', '虹の会'],
    ['虹の会 認定NPO法人', '認定NPO法人', '虹の会'],
    ['Alter Trade Japan, Inc.', 'Inc.', 'Alter Trade Japan'],
    ['ALTER TRADE JAPAN INC', 'INC', 'ALTER TRADE JAPAN'],
    ['Foo Co., Ltd.', 'Co., Ltd.', 'Foo'],
    ['Foo Company Limited', 'Company Limited', 'Foo'],
    ['Foo Pty Ltd', 'Pty Ltd', 'Foo'],
    ['Foo LLC', 'LLC', 'Foo'],
    ['Foo K.K.', 'K.K.', 'Foo'],
    ['Foo k.k.', 'k.k.', 'Foo'],
    ['Pro Asyl e.V.', 'e.V.', 'Pro Asyl'],
    ['Pro Asyl e. V.', 'e. V.', 'Pro Asyl'],
    ['Foo gGmbH', 'gGmbH', 'Foo'],
    ['Foo GmbH & Co. KG', 'GmbH & Co. KG', 'Foo'],
    ['Justice et Paix asbl', 'asbl', 'Justice et Paix'],
    ['Justice et Paix, A.S.B.L.', 'A.S.B.L.', 'Justice et Paix'],
    ['European Network on Statelessness AISBL', 'AISBL', 'European Network on Statelessness'],
    ['Foo (asbl)', '(asbl)', 'Foo'],
    ['Foo S.A.', 'S.A.', 'Foo'],
    ['Foo SpA', 'SpA', 'Foo'],
    ['Foo S.p.A.', 'S.p.A.', 'Foo'],
    ['Foo Sàrl', 'Sàrl', 'Foo'],
    ['Foo S.à r.l.', 'S.à r.l.', 'Foo'],
    ['Foo B.V.', 'B.V.', 'Foo'],
    ['Foo AB', 'AB', 'Foo'],
    ['Foo Oy', 'Oy', 'Foo'],
    ['Foo PLC', 'PLC', 'Foo'],
    ['Foo Sp. z o.o.', 'Sp. z o.o.', 'Foo'],
    ['Rainbow, Specified Nonprofit Corporation', 'Specified Nonprofit Corporation', 'Rainbow'],
    ['Rainbow Specified Non-Profit Corporation', 'Specified Non-Profit Corporation', 'Rainbow'],
    ['Rainbow (NPO)', '(NPO)', 'Rainbow'],
    ['和平有限公司', '有限公司', '和平'],
    ['青空㈱', '㈱', '青空'],
    ['青空　㈲', '㈲', '青空'],
    ['青空（株）', '（株）', '青空'],
    ['虹の会【特活】', '【特活】', '虹の会'],
    ['虹の会〈認特〉', '〈認特〉', '虹の会'],
    ['虹の会 特非', '特非', '虹の会'],
  ])('may stand at the end: %s', (name, form, rest) => {
    expect(legalForm(name)).toEqual({ form, at: 'end' });
    expect(withoutLegalForm(name)).toBe(rest);
  });

  it.each([
    'NPOサポートセンター',
    'NGO Forum on Cambodia',
    '国際協力NGOセンター',
    'Human Rights Watch',
    'Ford Foundation',
    'Association Katawara',
    'Incorporate Now',
    'Zinc',
    'Marco',
    'Peace ab',
    '全国学校法人連絡会',
    '法人制度を考える会',
    '会社',
    '特活の輪',
    '(特)',
    '認定こども園の会',
    '【速報】の会',
    '一社の会',
  ])('is not found in %s', (name) => {
    expect(legalForm(name)).toBeNull();
    expect(withoutLegalForm(name)).toBe(name);
  });

  it.each(['株式会社', '(株)', 'NPO', 'NPO法人', 'Inc.', 'NPO法人・', '社団法人 '])(
    'stays if it is the whole name: %s',
    (name) => {
      expect(withoutLegalForm(name)).toBe(name);
    },
  );

  const names = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '一般社団法人',
          'NPO法人',
          '(株)',
          'NPO',
          'Inc.',
          'e.V.',
          '株式会社',
          ' ',
          ', ',
          '・',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join(''));

  it('leaves a non-empty part of the name when removed', () => {
    fc.assert(
      fc.property(names, (name) => {
        const rest = withoutLegalForm(name);
        const found = legalForm(name);
        expect(name).toContain(rest);
        if (!found) {
          expect(rest).toBe(name);
        } else {
          expect(rest).toMatch(/[\p{L}\p{N}]/u);
          expect(
            found.at === 'start' ? name.startsWith(found.form) : name.endsWith(found.form),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('a reading without its legal form', () => {
  it('is the reading of the rest for every signatory of the joint letter', () => {
    for (const { nameJa, reading, legalForm: form } of printed.organizations) {
      const rest = readingWithoutLegalForm(reading, nameJa);
      if (form)
        expect(reading).toBe(
          {
            一般社団法人: 'いっぱんしゃだんほうじん',
            公益社団法人: 'こうえきしゃだんほうじん',
            特定非営利活動法人: 'とくていひえいりかつどうほうじん',
          }[form] + rest,
        );
      else expect(rest).toBe(reading);
    }
  });

  it.each([
    ['いっぱんしゃだんほうじんかたわら', '一般社団法人かたわら', 'かたわら'],
    ['イッパンシャダンホウジン カタワラ', '一般社団法人かたわら', 'カタワラ'],
    ['いっぱん しゃだん ほうじん　かたわら', '一般社団法人かたわら', 'かたわら'],
    ['こうえきざいだんほうじん・ひかり', '公益財団法人光', 'ひかり'],
    ['えぬぴーおーほうじんにじ', 'NPO法人虹', 'にじ'],
    ['エヌ・ピー・オーほうじん にじ', 'NPO法人虹', 'にじ'],
    ['NPOほうじんにじ', 'NPO法人虹', 'にじ'],
    ['とくていひえいりかつどうほうじんにじ', 'NPO法人虹', 'にじ'],
    ['にんていえぬぴーおーほうじんにじ', '認定特定非営利活動法人虹', 'にじ'],
    ['かぶしきがいしゃつばさ', '(株)翼', 'つばさ'],
    ['つばさかぶしきかいしゃ', '翼株式会社', 'つばさ'],
    ['つばさ・カブシキガイシャ', '翼株式会社', 'つばさ'],
    ['とくていひえいりかつどうほうじんAPLA', '特定非営利活動法人APLA', 'APLA'],
    ['Alter Trade Japan, Inc.', 'Alter Trade Japan Inc.', 'Alter Trade Japan'],
    ['とくていひえいりかつどうほうじんにじ', '(特活)虹', 'にじ'],
    ['とくひにじ', '【特非】虹', 'にじ'],
    ['とっかつ にじ', '（特活）虹', 'にじ'],
    ['にんていとくていひえいりかつどうほうじんにじ', '〈認特〉虹', 'にじ'],
    ['えぬぴーおーほうじんにじ', '(認特)虹', 'にじ'],
    ['えぬぴーおーにじ', '特定非営利活動法人虹', 'にじ'],
    ['エヌ・ピー・オー　にじ', '認定NPO法人虹', 'にじ'],
    ['にじ', '認定NPO法人虹', 'にじ'],
    ['かぶしきがいしゃあおぞら', '㈱青空', 'あおぞら'],
    ['あおぞらかぶしきがいしゃ', '青空㈱', 'あおぞら'],
    ['いっぱんしゃだんにじ', '《一社》虹', 'にじ'],
    ['いっしゃにじ', '一社 虹', 'にじ'],
    ['えぬぴーおーさぽーとせんたー', 'NPO法人NPOサポートセンター', 'えぬぴーおーさぽーとせんたー'],
  ])('is found for %s, a reading of %s', (reading, nameJa, rest) => {
    expect(readingWithoutLegalForm(reading, nameJa)).toBe(rest);
  });

  it.each([
    [
      'stays unchanged if the name has no legal form',
      'いっぱんしゃだんほうじんをかんがえるかい',
      '一般の社団法人を考える会',
    ],
    [
      'stays unchanged if the name has its legal form on the other side',
      'かぶしきがいしゃのみらい',
      '株のみらい株式会社',
    ],
    ['stays unchanged if it does not include the legal form', 'かたわら', '一般社団法人かたわら'],
    [
      'stays unchanged if it is the legal form alone',
      'いっぱんしゃだんほうじん',
      '一般社団法人かたわら',
    ],
  ])('%s', (_what, reading, nameJa) => {
    expect(readingWithoutLegalForm(reading, nameJa)).toBe(reading);
  });
});

describe('a reading with its legal form', () => {
  it.each([
    ['なんみん', '(特活)難民', 'とくていひえいりかつどうほうじんなんみん'],
    ['とっかつなんみん', '(特活)難民', 'とくていひえいりかつどうほうじんなんみん'],
    ['えぬぴーおーほうじんなんみん', '【特非】難民', 'とくていひえいりかつどうほうじんなんみん'],
    ['えぬぴーおーほうじんにじ', 'NPO法人虹', 'えぬぴーおーほうじんにじ'],
    ['とくていひえいりかつどうほうじんにじ', 'NPO法人虹', 'とくていひえいりかつどうほうじんにじ'],
    ['にじ', '認定NPO法人虹', 'にんていえぬぴーおーほうじんにじ'],
    ['あおぞら', '青空㈱', 'あおぞらかぶしきがいしゃ'],
    [null, '㈱アオゾラ', 'かぶしきがいしゃアオゾラ'],
    ['にじ', '虹の会', 'にじ'],
    [null, 'NPO Piece of Syria', 'NPO Piece of Syria'],
  ])('of %s, %s, is that of the whole name', (reading, nameJa, whole) => {
    expect(readingWithLegalForm(reading, nameJa)).toBe(whole);
  });
});
