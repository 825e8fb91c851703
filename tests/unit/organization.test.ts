import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isReading,
  nameProblem,
  needsReading,
  normaliseLine,
  normaliseWebsite,
  registrableDomain,
} from '@/lib/organization/rules';
import { foldName } from '@/lib/organization/folding';

describe('stored text', () => {
  it('is NFKC on one line without invisible characters', () => {
    expect(normaliseLine(' ﾋﾟｰｽ　\t\n  ｾﾙ\u200B ')).toBe('ピース セル');
    expect(normaliseLine('㈱ＡＢＣ')).toBe('(株)ABC');
  });
  it('does not change when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseLine(text);
        expect(normaliseLine(once)).toBe(once);
        expect(once).toBe(once.trim());
      }),
    );
  });
});

describe('a name', () => {
  it.each([
    'Human Rights Watch',
    '特定非営利活動法人ANT-Hiroshima',
    'アクティブ・ミュージアム「女たちの戦争と平和資料館」(wam)',
    'Change.org Japan',
    '9条の会',
    "Women's Fund",
    'کتاب‌خانه',
    '👩‍👧 Family Centre',
    'Hội Chữ thập đỏ',
  ])('may be %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });
  it.each([
    ['=SUM(A1)', 'invalidStart'],
    ['+81', 'invalidStart'],
    ['-x', 'invalidStart'],
    ['@handle', 'invalidStart'],
    ['Bell\u0007', 'controlCharacter'],
    ['Right\u202Eleft', 'controlCharacter'],
    ['\uD800 half', 'controlCharacter'],
    ['see https://spam.example.org', 'containsAddress'],
    ['www.spam.example.org', 'containsAddress'],
    ['mail me@example.org', 'containsAddress'],
    ['!!! ・・・', 'noLetters'],
    ['\u3164', 'controlCharacter'],
    ['Z' + '\u0301'.repeat(9), 'controlCharacter'],
    ['Soci\uFFFDt\uFFFD', 'controlCharacter'],
    ['x'.repeat(201), 'tooLong'],
    ['𠮷'.repeat(201), 'tooLong'],
  ])('may not be %s: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });
  it('is measured in code points, not in bytes or UTF-16 code units', () => {
    expect(nameProblem('𠮷'.repeat(200))).toBeNull();
  });
  it('is never a formula and has no control characters once accepted and normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = normaliseLine(text);
        if (nameProblem(name)) return;
        expect(name).not.toMatch(/^[=+\-@]/);
        expect(name).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('a reading', () => {
  it('is required only for names with kanji', () => {
    expect(['東京の会', '々', '〇の会'].map(needsReading)).toEqual([true, true, true]);
    expect(['ピースボート', 'ひかり', 'BDS Tokyo'].map(needsReading)).toEqual([
      false,
      false,
      false,
    ]);
  });
  it('has no kanji and at least one letter that can be read out', () => {
    expect(['とうきょうのかい', 'おおさかYWCA', 'オルター・トレード'].every(isReading)).toBe(true);
    expect(['東京のかい', '・・', ''].some(isReading)).toBe(false);
  });
});

describe('a website', () => {
  it.each([
    ['https://example.org', 'https://example.org/'],
    ['example.co.jp/about', 'https://example.co.jp/about'],
    ['ＨＴＴＰＳ://ｅｘａｍｐｌｅ.org', 'https://example.org/'],
    ['http://日本語.jp', 'http://xn--wgv71a119e.jp/'],
  ])('may be %s', (typed, stored) => {
    expect(normaliseWebsite(typed)).toBe(stored);
  });
  it.each([
    '',
    'nonsense',
    'ftp://example.org',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://localhost',
    'http://127.0.0.1',
    'http://[::1]/',
    'https://user:secret@example.org',
    'https://example.org:8080',
    'https://example.invalid',
    'https://org',
    'https://exa mple.org',
    'mailto:a@example.org',
  ])('may not be %s', (typed) => {
    expect(normaliseWebsite(typed)).toBeNull();
  });
  it('is always http or https, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (typed) => {
        const stored = normaliseWebsite(typed);
        if (stored === null) return;
        expect(stored).toMatch(/^https?:\/\//);
        expect(new URL(stored)).toMatchObject({ username: '', password: '', port: '' });
      }),
    );
  });
  it('has a registrable domain that can be compared with that of a mail address', () => {
    expect(registrableDomain('https://www.example.co.jp/x')).toBe('example.co.jp');
    expect(registrableDomain('hanako@mail.example.co.jp')).toBe('example.co.jp');
  });
});

describe('names of the same organization', () => {
  it.each([
    ['特定非営利活動法人アフリカ日本協議会', 'NPO法人 アフリカ日本協議会'],
    ['一般社団法人かたわら', 'カタワラ'],
    ['株式会社オルター', '㈱オルター'],
    ['Alter Trade Japan, Inc.', 'ALTER TRADE JAPAN'],
    ['ヒューマン・ライツ・ナウ', 'ヒューマンライツナウ'],
    ['虹の会(特定非営利活動法人)', '認定NPO法人 虹の会'],
    ['Pro Asyl e.V.', 'PRO ASYL'],
    ['NPO Piece of Syria', 'Piece of Syria'],
  ])('fold to the same key: %s and %s', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });
  it('fold to different keys if such words are not a legal form', () => {
    expect(foldName('NPOサポートセンター')).not.toBe(foldName('サポートセンター'));
  });
  it('fold to a non-empty key even if they are nothing but a legal form', () => {
    expect(foldName('NPO')).toBe('npo');
  });
});
