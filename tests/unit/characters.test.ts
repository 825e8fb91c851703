import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { plain, scriptOf } from '@/lib/organization/characters';
import { fold, foldName } from '@/lib/organization/folding';

/** Every code point but surrogates and private ones. */
const all = Array.from({ length: 0x30000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xf8ff)
  .map((code) => String.fromCodePoint(code));

/** The blocks of scripts in wide use, to which Unicode adds hardly anything any more. */
const USED =
  /[\0-\u07ff\u0900-\u11ff\u1e00-\u2bff\u2e00-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uf900-\uffff]/u;

const counts = (text: string) => Array.from(text).some((char) => scriptOf(char) !== null);

describe('characters', () => {
  it('are read as when the stored keys were made: where this fails, increment ORDER_VERSION', () => {
    const read = all
      .filter((char) => USED.test(char) && (plain(char) !== char || fold(char) !== char))
      .map((char) => `${char} ${plain(char)} ${fold(char)}\n`)
      .join('');
    expect(createHash('sha256').update(read).digest('hex').slice(0, 16)).toBe('67e34b3956aa4185');
  });

  it('that are letters or digits of a living script count in sorting and searching', () => {
    const ignored = all.filter(
      (char) => /[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]/u.test(char) && !counts(plain(char)),
    );
    // Claudian letters, a mark for ます, the saltillo, and Arabic vowel points by themselves.
    expect(ignored.join('')).toBe('ℲⅎↃↄ〼Ꞌꞌﱞﱟﱠﱡﱢﱣﳲﳳﳴﹰﹱﹲﹴﹶﹷﹸﹹﹺﹻﹼﹽﹾﹿ');
  });

  it('that are punctuation, symbols or spaces of scripts in wide use do not count', () => {
    const counted = all.filter(
      (char) => /[\p{P}\p{S}\p{Z}\p{Cf}]/u.test(char) && plain(char) === char && counts(char),
    );
    expect(
      counted.filter((char) =>
        /[\0-\u07ff\u0e00-\u0e7f\u1000-\u11ff\u2000-\u2bff\u2e00-\u33ff\uf900-\uffff\u{1f000}-\u{1faff}]/u.test(
          char,
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['case', 'amnesty', 'AMNESTY'],
    ['width', 'ＡＢＣ　ｱｼﾞｱ', 'abcアジア'],
    ['accents', 'medecins', 'Médecins'],
    ['letters with strokes', 'lodz', 'Łódź'],
    ['ß', 'STRASSE', 'Straße'],
    ['æ and ø', 'aero', 'Ærø'],
    ['kinds of kana', 'ひゅーまん', 'ヒューマン'],
    ['middle dots', 'ヒューマンライツナウ', 'ヒューマンライツ・ナウ'],
    ['half-width middle dots and spaces', 'ﾋｭｰﾏﾝ･ﾗｲﾂ ﾅｳ', 'ヒューマンライツナウ'],
    ['hyphens and dashes', 'ANT Hiroshima', 'ANT‐Hiroshima'],
    ['curly apostrophes', 'O’Brien', "O'Brien"],
    ['other apostrophes', 'OʼBrien', 'O´Brien'],
    ['the ʻokina', 'Hawaii', 'Hawaiʻi'],
    ['small ke', '関ヶ原', '関ケ原'],
    ['small Ainu kana', 'アイヌモシㇼ', 'アイヌモシリ'],
    ['voicing marks by themselves', 'か゛くせい', 'がくせい'],
    ['old and new forms of kanji', '國際學會', '国際学会'],
    ['variants in names', '澤田渡邊髙橋', '沢田渡辺高橋'],
    ['all forms of one name', '齋藤', '斉藤'],
    ['compatibility ideographs', '神\ufa19', '神神'],
    ['variation selectors', '邉\u{e0100}', '辺'],
    ['iteration of the points of Arabic', 'سَلَام', 'سلام'],
    ['accents of Greek', 'Ωμέγας', 'ωμεγασ'],
    ['full stops', 'U.N.A.', 'UNA'],
  ])('are the same in names that differ in %s', (_what, typed, listed) => {
    expect(fold(typed)).toBe(fold(listed));
  });

  it.each([
    ['か', 'が'],
    ['びよういん', 'びょういん'],
    ['ที่', 'ทา'],
    ['कि', 'का'],
    ['ひゅまん', 'ひゅーまん'],
  ])('are different in %s and %s', (a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('of a legal form do not count in names that are compared', () => {
    for (const name of ['(特活)虹の會', '【NPO法人】虹の会', '虹の会㈱', '認定NPO法人 虹の会'])
      expect(foldName(name)).toBe('虹の会');
  });
});
