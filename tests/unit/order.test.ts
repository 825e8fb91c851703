import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSettings } from '@/lib/letter/list-settings';
import { compareKeys, sortKey, type OrderSettings } from '@/lib/organization/order';
import { present } from '@/lib/platform/languages';
import printed from '@/prisma/demonstration/signatories.json' with { type: 'json' };

/** The order of the printed joint letter. */
const USUAL = listSettings({});

type Entry = Parameters<typeof sortKey>[0];

const when = new Date('2025-04-23T00:00:00Z');
/** A signatory with names by form field. */
const entry = ({
  nameJa = null,
  nameEn = null,
  reading = null,
  signedAt = when,
}: {
  nameJa?: string | null;
  nameEn?: string | null;
  reading?: string | null;
  signedAt?: Date;
}): Entry => ({ names: present({ ja: nameJa, en: nameEn }), reading, signedAt });
const keyOf = (reading: string, settings: Partial<OrderSettings> = {}) =>
  sortKey(entry({ reading }), { ...USUAL, ...settings });
const inOrder = (readings: string[], settings: Partial<OrderSettings> = {}) =>
  [...readings].sort((a, b) => compareKeys(keyOf(a, settings), keyOf(b, settings)));
const sorted = <T extends Entry>(entries: T[], settings: Partial<OrderSettings>) =>
  [...entries].sort((a, b) =>
    compareKeys(sortKey(a, { ...USUAL, ...settings }), sortKey(b, { ...USUAL, ...settings })),
  );

const kana = fc.string({
  unit: fc.constantFrom(
    ...'あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをんー・ ゝゞァアイウエオカガキグゲコサシスセソタッツテトナハヒフヘホマミャヤュユョヨラリルレロワヲンヴ',
  ),
  minLength: 1,
  maxLength: 12,
});
const reading = fc.oneof(
  kana,
  fc.string({ unit: fc.constantFrom(...'abcXYZ019é-&'), minLength: 1, maxLength: 8 }),
  fc.tuple(kana, fc.constantFrom('YWCA', ' APLA', '21')).map((parts) => parts.join('')),
);

describe('the printed order of the joint letter', () => {
  const readings = printed.organizations.map((organization) => organization.reading);

  it('follows from the 23 readings, 23 of 23', () => {
    expect(printed.organizations.map((organization) => organization.printedPosition)).toEqual(
      readings.map((_, index) => index + 1),
    );
    expect(inOrder(readings)).toEqual(readings);
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(readings, { minLength: readings.length }), (shuffled) => {
        expect(inOrder(shuffled)).toEqual(readings);
      }),
    );
  });

  const signatories = printed.organizations.map((organization) => ({
    ...entry(organization),
    printedPosition: organization.printedPosition,
  }));

  /** The length of the longest subsequence in printed order. */
  function inPrintedOrder(settings: Partial<OrderSettings>): number {
    const longest: number[] = [];
    const positions = sorted(signatories, settings).map((signatory) => signatory.printedPosition);
    positions.forEach((position, index) => {
      longest.push(
        1 +
          Math.max(
            0,
            ...longest.filter((_, before) => before < index && positions[before]! < position),
          ),
      );
    });
    return Math.max(...longest);
  }

  it('follows from names and readings together, 23 of 23', () => {
    expect(inPrintedOrder({})).toBe(23);
  });

  it('does not follow if legal forms are ignored (15 of 23), nor with Latin before kana (20 of 23)', () => {
    expect(inPrintedOrder({ legalFormCounts: false })).toBe(15);
    expect(inPrintedOrder({ latin: 'before-kana' })).toBe(20);
  });
});

describe('the sort key', () => {
  it.each([
    ['katakana like hiragana', 'アフリカ', 'あふりき'],
    ['voiced kana like unvoiced ones, and after them only in a tie', 'かき', 'がき'],
    ['semi-voiced after voiced', 'ばん', 'ぱん'],
    ['small kana like full-size ones', 'しゃか', 'しやき'],
    ['small before full-size kana in a tie', 'きょう', 'きよう'],
    ['the long vowel mark like the vowel before it', 'オーサカ', 'おおさき'],
    ['the long vowel mark before the vowel in a tie', 'オーサカ', 'オオサカ'],
    ['iteration marks like what they repeat', 'さゝき', 'ささく'],
    ['half-width kana like full-width ones', 'ｱﾌﾘｶ', 'アフリキ'],
    ['a name before longer names that begin with it', 'ピース', 'ピースボート'],
    [
      'names without regard to punctuation and spaces',
      'ヒューマン・ライツ',
      'ヒューマンライツナウ',
    ],
    ['hiragana before katakana in a tie', 'ひかり', 'ヒカリ'],
    ['Latin letters after kana', 'ん', 'APLA'],
    ['Latin letters without regard to case', 'apla', 'APLB'],
    ['accented letters like plain ones', 'égal', 'ehre'],
    ['digits after letters', 'Zoo', '9条の会'],
    ['other scripts last', '21', 'Мир'],
    ['Ø as O', 'Øresund', 'Oslo'],
    ['Ł and ź as l and z', 'Łódź', 'Lohja'],
    ['Æ as ae', 'Ægir', 'Afrika'],
    ['Œ as oe', 'Œuvre', 'Of'],
    ['Đ as d', 'Đakovo', 'Dublin'],
    ['Ð as d', 'Ðalur', 'Dublin'],
    ['Þ as th', 'Þingvellir', 'Tokyo'],
    ['ß as ss', 'Straße', 'Strata'],
    ['capital ẞ as ss', 'STRAẞE', 'Strata'],
    ['the dotless ı as i', 'Işık', 'Italia'],
    ['the dotted İ as i', 'İzmir', 'Izumi'],
    ['Ŋ as n', 'Ŋuni', 'Oslo'],
    ['Ɛ and Ɔ as e and o', 'Ɛkɔm', 'Fukui'],
    ['letters of Vietnam as plain ones', 'Đồng Nai', 'Dortmund'],
    ['full-width letters like others', 'Ｏｓｌｏ', 'Øtta'],
    ['a name without regard to its ʻokina', 'ʻOhana', 'Oslo'],
    ['a name without regard to its saltillo', 'Ꞌomo', 'Oslo'],
    ['a name without regard to an acute accent for an apostrophe', 'L´Auberge', 'Lava'],
    ['small Ainu kana as their base', 'アイヌモシㇼ', 'アイヌモス'],
    ['small Ainu kana before their base in a tie', 'ㇷ゚', 'プ'],
    ['a voicing mark by itself as part of its kana', 'か゛くせい', 'がくせいか'],
    ['digits of other scripts like digits', '٣', '4'],
    ['Greek before Cyrillic', 'Ωμέγα', 'Азия'],
    ['Cyrillic before Hebrew', 'Яблоко', 'אור'],
    ['Hebrew before Arabic', 'תקווה', 'أمل'],
    ['Arabic before Thai', 'يد', 'กลุ่ม'],
    ['Thai before Hangul', 'ฮ', '가람'],
    ['Hangul before kanji without a reading', '희망', '一'],
    ['Hangul by its syllables', '가나', '각'],
    ['Arabic without regard to vowel points', 'سَلَام', 'سلامة'],
  ])('sorts %s', (_what, before, after) => {
    expect(inOrder([after, before])).toEqual([before, after]);
  });

  it('is a total order that depends on the reading alone, with equal keys only for equal readings', () => {
    fc.assert(
      fc.property(reading, reading, (a, b) => {
        const order = compareKeys(keyOf(a), keyOf(b));
        expect(Math.sign(order)).toBe(-Math.sign(compareKeys(keyOf(b), keyOf(a))) + 0);
        if (order === 0) expect(a.normalize('NFKC')).toBe(b.normalize('NFKC'));
      }),
    );
  });

  it('puts every kana reading before every Latin one', () => {
    fc.assert(
      fc.property(
        kana,
        fc.string({ unit: fc.constantFrom(...'abcXYZ'), minLength: 1 }),
        (first, second) => {
          fc.pre(/[ぁ-んァ-ヴ]/.test(first.replace(/^[ーゝゞ・ ]+/, '')));
          expect(compareKeys(keyOf(first), keyOf(second))).toBeLessThan(0);
        },
      ),
    );
  });

  it('sorts katakana and hiragana alike in relation to any third name', () => {
    fc.assert(
      fc.property(kana, kana, (a, b) => {
        const hiragana = (text: string) =>
          text.replace(/[ァ-ヴ]/g, (char) => String.fromCodePoint(char.codePointAt(0)! - 0x60));
        fc.pre(hiragana(a).replace(/[・ ]/g, '') !== hiragana(b).replace(/[・ ]/g, ''));
        expect(Math.sign(compareKeys(keyOf(hiragana(a)), keyOf(hiragana(b))))).toBe(
          Math.sign(compareKeys(keyOf(a), keyOf(hiragana(b)))),
        );
      }),
      { examples: [['ヒカリ', 'ひかる']] },
    );
  });

  it('never throws and is stored unchanged, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof keyOf(text)).toBe('string');
      }),
    );
  });
});

describe('the position in a list', () => {
  it('depends on the reading, else on the Japanese name, else on the English one', () => {
    expect(sortKey(entry({ nameJa: '会', reading: 'かい', nameEn: 'Assembly' }), USUAL)).toBe(
      keyOf('かい'),
    );
    expect(sortKey(entry({ nameJa: 'かい', nameEn: 'Assembly' }), USUAL)).toBe(keyOf('かい'));
    expect(sortKey(entry({ nameEn: 'Assembly' }), USUAL)).toBe(keyOf('Assembly'));
  });

  it('depends on the rest of the name first, then on whether it has a legal form, if legal forms are ignored', () => {
    const withForm = entry({
      nameJa: '一般社団法人かたわら',
      reading: 'いっぱんしゃだんほうじんかたわら',
    });
    const katakana = entry({ nameJa: 'NPO法人カタログ' });
    const plain = entry({ nameJa: 'かたわら' });
    const latin = entry({ nameEn: 'Katawara, Inc.' });
    expect(sorted([latin, plain, withForm, katakana], { legalFormCounts: false })).toEqual([
      katakana,
      withForm,
      plain,
      latin,
    ]);
    expect(sortKey(plain, { ...USUAL, legalFormCounts: false })).not.toBe(
      sortKey(withForm, { ...USUAL, legalFormCounts: false }),
    );
  });

  it('puts Latin letters before kana if the letter says so, and digits last in any case', () => {
    expect(inOrder(['9条の会', 'かい', 'APLA', '大阪'], { latin: 'before-kana' })).toEqual([
      'APLA',
      'かい',
      '9条の会',
      '大阪',
    ]);
    fc.assert(
      fc.property(
        kana,
        fc.string({ unit: fc.constantFrom(...'abcXYZ'), minLength: 1 }),
        (second, first) => {
          fc.pre(/[ぁ-んァ-ヴ]/.test(second.replace(/^[ーゝゞ・ ]+/, '')));
          expect(
            compareKeys(
              keyOf(first, { latin: 'before-kana' }),
              keyOf(second, { latin: 'before-kana' }),
            ),
          ).toBeLessThan(0);
        },
      ),
    );
  });

  it.each(['after-kana', 'before-kana'] as const)(
    'other scripts come after kana, Latin letters and digits with Latin letters %s',
    (latin) => {
      const names = ['Мир', '가람', '世界', 'かい', 'Łódź', '21'];
      expect(inOrder(names, { latin }).slice(2)).toEqual(['21', 'Мир', '가람', '世界']);
    },
  );

  it('with legal forms, an abbreviation has the place of what it stands for', () => {
    const inFull = entry({
      nameJa: '特定非営利活動法人虹',
      reading: 'とくていひえいりかつどうほうじんにじ',
    });
    const spellings = [
      ['(特活)難民を助ける会', 'なんみんをたすけるかい'],
      ['【特非】難民を助ける会', 'とくていひえいりかつどうほうじんなんみんをたすけるかい'],
      ['〈特非〉難民を助ける会', 'とくひなんみんをたすけるかい'],
      ['（特活）難民を助ける会', 'えぬぴーおーほうじんなんみんをたすけるかい'],
    ].map(([nameJa, reading]) => entry({ nameJa, reading }));
    const names = [inFull, entry({ reading: 'てら' }), entry({ reading: 'とち' })];
    for (const spelling of spellings)
      expect(sorted([...names, spelling], {}).indexOf(spelling)).toBe(1);
  });

  it('with legal forms, a form that the reading left out counts all the same', () => {
    const tsubasa = entry({ nameJa: '㈱ツバサ' });
    expect(sortKey(tsubasa, USUAL)).toContain(keyOf('かぶしきがいしゃツバサ').split(' ')[0]);
    const behind = entry({ nameJa: '翼㈱', reading: 'つばさ' });
    expect(sorted([entry({ reading: 'つばさこ' }), behind], {})[0]).toBe(behind);
  });

  it('without legal forms, depends on the rest in every spelling', () => {
    const shelter = entry({
      nameJa: '特定非営利活動法人難民支援室',
      reading: 'とくていひえいりかつどうほうじんなんみんしえんしつ',
    });
    for (const [nameJa, reading] of [
      ['(特活)難民を助ける会', 'とくていひえいりかつどうほうじんなんみんをたすけるかい'],
      ['㈵難民を助ける会', 'なんみんをたすけるかい'],
      ['特定非営利活動法人難民を助ける会', 'えぬぴーおーほうじんなんみんをたすけるかい'],
      ['認定NPO法人 難民を助ける会', 'なんみんをたすけるかい'],
      ['【NPO法人】難民を助ける会', 'えぬぴーおーなんみんをたすけるかい'],
    ]) {
      const helped = entry({ nameJa, reading });
      expect(sorted([helped, shelter], { legalFormCounts: false })).toEqual([shelter, helped]);
    }
  });

  it('depends on the time of signing in a list by date, then on Japanese order', () => {
    const later = entry({ nameEn: 'A', signedAt: new Date('2025-04-24T00:00:00Z') });
    const first = entry({ nameJa: 'わ' });
    const second = entry({ nameEn: 'B' });
    expect(sorted([later, second, first], { by: 'date' })).toEqual([first, second, later]);
  });
});

describe('English order', () => {
  const english = (names: string[], settings: Partial<OrderSettings> = {}) =>
    sorted(
      names.map((nameEn) => entry({ nameEn })),
      { by: 'english', ...settings },
    ).map((sortedEntry) => sortedEntry.names.en);

  it.each([
    ['names without regard to case', 'amnesty', 'BDS Tokyo'],
    ['names without regard to accents', 'Égalité', 'Equality Now'],
    ['a name without regard to its ʻokina', 'ʻOhana', 'Oslo'],
    ['apostrophes of every kind alike', 'L´Auberge', 'Lava'],
    ['letters that have no plain form', 'Ørsted Society', 'Oslo Society'],
    ['a plain letter before an accented one in a tie', 'Resume', 'Résumé'],
    [
      'names without regard to a leading The',
      'The Japan Civil Liberties Union',
      'Japan Overseas Service',
    ],
    ['a The that is part of a word like other letters', 'Peace', 'Theatre for Peace'],
    ['digits before letters', '350.org', 'Africa Japan Forum'],
    ['word by word', 'Human Rights Now', 'Humanity'],
    ['a hyphen like a space', 'ANT-Hiroshima', 'Antarctic Watch'],
    ['names without regard to full stops and apostrophes', 'UNA', 'U.N.B.'],
    ['& like and', 'Peace & Justice', 'Peace and Liberty'],
    ['a name before longer names that begin with it', 'Peace', 'Peace Boat'],
    ['other scripts after Latin', 'Zoo', 'Мир'],
  ])('sorts %s', (_what, before, after) => {
    expect(english([after, before])).toEqual([before, after]);
  });

  it('puts organizations without an English name last in Japanese order, unless their Japanese name is in Latin letters', () => {
    const zoo = entry({ nameEn: 'Zoo', nameJa: '動物', reading: 'どうぶつ' });
    const bds = entry({ nameJa: 'BDS Tokyo' });
    const akari = entry({ nameJa: '灯', reading: 'あかり' });
    const ika = entry({ nameJa: 'いか' });
    expect(sorted([ika, akari, zoo, bds], { by: 'english' })).toEqual([bds, zoo, akari, ika]);
  });

  it('depends on the rest of the name if legal forms are ignored', () => {
    expect(
      english(['NPO Piece of Syria', 'Peace Boat', 'Quaker House'], { legalFormCounts: false }),
    ).toEqual(['Peace Boat', 'NPO Piece of Syria', 'Quaker House']);
    expect(english(['NPO Piece of Syria', 'Peace Boat'])).toEqual([
      'NPO Piece of Syria',
      'Peace Boat',
    ]);
  });
});

describe('the keys of every kind of list', () => {
  const text = fc.oneof(
    reading,
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('一般社団法人', 'The ', 'Inc.', '𠮷野', '\uFFFD', '😀'),
  );
  const name = fc.option(
    fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    { nil: null },
  );
  const typed = fc.record({
    nameJa: name,
    reading: name,
    nameEn: name,
    signedAt: fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    }),
  });
  const entries = typed.map(entry);
  const settings = fc.record({
    by: fc.constantFrom('japanese' as const, 'english' as const, 'date' as const),
    legalFormCounts: fc.boolean(),
    latin: fc.constantFrom('after-kana' as const, 'before-kana' as const),
  });

  it('compare by UTF-8 bytes, as PostgreSQL does in collation "C"', () => {
    fc.assert(
      fc.property(entries, entries, settings, (a, b, order) => {
        const [first, second] = [sortKey(a, order), sortKey(b, order)];
        expect(Math.sign(compareKeys(first, second))).toBe(
          Math.sign(Buffer.compare(Buffer.from(first), Buffer.from(second))),
        );
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(
          Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
      }),
      {
        examples: [
          ['\uFFFD', '😀'],
          ['😀', '\uE000'],
          ['😀', '😁'],
          ['あ', 'あ'],
          ['あ', 'ああ'],
        ],
      },
    );
  });

  it('define a total order', () => {
    fc.assert(
      fc.property(entries, entries, entries, settings, (a, b, c, order) => {
        const [x, y, z] = [a, b, c].map((one) => sortKey(one, order)).sort(compareKeys) as [
          string,
          string,
          string,
        ];
        expect(compareKeys(x, y)).toBeLessThanOrEqual(0);
        expect(compareKeys(y, z)).toBeLessThanOrEqual(0);
        expect(compareKeys(x, z)).toBeLessThanOrEqual(0);
        expect(sortKey({ ...a }, order)).toBe(sortKey(a, order));
      }),
    );
  });

  it('do not depend on the Unicode normalisation of a name', () => {
    fc.assert(
      fc.property(typed, settings, (a, order) => {
        const recoded = (form: 'NFD' | 'NFKC') =>
          entry({
            ...a,
            nameJa: a.nameJa?.normalize(form) ?? null,
            reading: a.reading?.normalize(form) ?? null,
            nameEn: a.nameEn?.normalize(form) ?? null,
          });
        expect(sortKey(recoded('NFD'), order)).toBe(sortKey(recoded('NFKC'), order));
      }),
    );
  });

  it('put a reading before longer readings that begin with it', () => {
    fc.assert(
      fc.property(kana, kana, settings, (start, rest, order) => {
        fc.pre(order.by !== 'english' && /[ぁ-んァ-ヴ]/.test(rest));
        const [short, long] = [entry({ reading: start }), entry({ reading: `${start}ん${rest}` })];
        expect(compareKeys(sortKey(short, order), sortKey(long, order))).toBeLessThan(0);
      }),
    );
  });
});
