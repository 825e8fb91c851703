import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, sortKey, sortedBy } from '../../lib/organization/order.ts';
import printed from '../../prisma/demonstration/signatories.json' with { type: 'json' };

const inOrder = (readings: string[]) => [...readings].sort((a, b) => compareKeys(sortKey(a), sortKey(b)));

const kana = fc.string({ unit: fc.constantFrom(...'あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろわをんー・ ゝゞァアイウエオカガキグゲコサシスセソタッツテトナハヒフヘホマミャヤュユョヨラリルレロワヲンヴ'), minLength: 1, maxLength: 12 });
const reading = fc.oneof(kana, fc.string({ unit: fc.constantFrom(...'abcXYZ019é-&'), minLength: 1, maxLength: 8 }), fc.tuple(kana, fc.constantFrom('YWCA', ' APLA', '21')).map((parts) => parts.join('')));

describe('the printed order of the joint letter', () => {
  const readings = printed.organizations.map((organization) => organization.reading);

  it('comes out of the 23 readings, 23 of 23', () => {
    expect(printed.organizations.map((organization) => organization.printedPosition)).toEqual(readings.map((_, index) => index + 1));
    expect(inOrder(readings)).toEqual(readings);
  });

  it('comes out however the names arrive', () => {
    fc.assert(fc.property(fc.shuffledSubarray(readings, { minLength: readings.length }), (shuffled) => {
      expect(inOrder(shuffled)).toEqual(readings);
    }));
  });
});

describe('the sort key', () => {
  it.each([
    ['katakana as hiragana', 'アフリカ', 'あふりき'],
    ['voiced kana as their base, and after it only in a tie', 'かき', 'がき'],
    ['semi-voiced after voiced', 'ばん', 'ぱん'],
    ['small kana as their base', 'しゃか', 'しやき'],
    ['small before full size in a tie', 'きょう', 'きよう'],
    ['the long vowel mark as the vowel before it', 'オーサカ', 'おおさき'],
    ['the long vowel mark before the vowel in a tie', 'オーサカ', 'オオサカ'],
    ['iteration marks as what they repeat', 'さゝき', 'ささく'],
    ['half-width kana as full-width', 'ｱﾌﾘｶ', 'アフリキ'],
    ['a name before its extensions', 'ピース', 'ピースボート'],
    ['punctuation and spaces not at all', 'ヒューマン・ライツ', 'ヒューマンライツナウ'],
    ['hiragana before katakana in a tie', 'ひかり', 'ヒカリ'],
    ['Latin letters after kana', 'ん', 'APLA'],
    ['Latin letters whatever their case', 'apla', 'APLB'],
    ['accented letters as their base', 'égal', 'ehre'],
    ['digits after letters', 'Zoo', '9条の会'],
    ['other scripts last', '21', 'Мир'],
  ])('sorts %s', (_what, before, after) => {
    expect(inOrder([after, before])).toEqual([before, after]);
  });

  it('is a total order that depends on the reading alone: equal keys are equal readings', () => {
    fc.assert(fc.property(reading, reading, (a, b) => {
      const order = compareKeys(sortKey(a), sortKey(b));
      expect(Math.sign(order)).toBe(-Math.sign(compareKeys(sortKey(b), sortKey(a))) + 0);
      if (order === 0) expect(a.normalize('NFKC')).toBe(b.normalize('NFKC'));
    }));
  });

  it('puts every kana reading before every Latin one', () => {
    fc.assert(fc.property(kana, fc.string({ unit: fc.constantFrom(...'abcXYZ'), minLength: 1 }), (first, second) => {
      fc.pre(/[ぁ-んァ-ヴ]/.test(first.replace(/^[ーゝゞ・ ]+/, '')));
      expect(compareKeys(sortKey(first), sortKey(second))).toBeLessThan(0);
    }));
  });

  it('gives the same place to katakana and hiragana against any third name that differs otherwise', () => {
    fc.assert(fc.property(kana, kana, (a, b) => {
      const hiragana = (text: string) => text.replace(/[ァ-ヴ]/g, (char) => String.fromCodePoint(char.codePointAt(0)! - 0x60));
      fc.pre(hiragana(a).replace(/[・ ]/g, '') !== hiragana(b).replace(/[・ ]/g, ''));
      expect(Math.sign(compareKeys(sortKey(hiragana(a)), sortKey(hiragana(b))))).toBe(Math.sign(compareKeys(sortKey(a), sortKey(hiragana(b)))));
    }), { examples: [['ヒカリ', 'ひかる']] });
  });

  it('never throws and is stored as it is, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof sortKey(text)).toBe('string');
    }));
  });
});

describe('what a place is decided by', () => {
  it('the reading, else the Japanese name, else the English one', () => {
    expect(sortedBy({ nameJa: '会', reading: 'かい', nameEn: 'Kai' })).toBe('かい');
    expect(sortedBy({ nameJa: 'かい', reading: null, nameEn: 'Kai' })).toBe('かい');
    expect(sortedBy({ nameJa: null, reading: null, nameEn: 'Kai' })).toBe('Kai');
  });
});
