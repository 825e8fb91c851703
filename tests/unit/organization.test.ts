import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isReading,
  nameProblem,
  needsReading,
  registrableDomain,
  tidyName,
} from '@/lib/organization/rules';
import { tidyWebsite, websiteUrl } from '@/lib/organization/website';
import { foldName } from '@/lib/organization/folding';

describe('stored text', () => {
  it.each([
    'L´Auberge',
    '５½ Club',
    'Org™',
    'Group²',
    '№ 9',
    '日本～ひろば',
    '会…会',
    'か゛くせい',
    '㈱青空',
    '㍿青空',
    'ﾋﾟｰｽ ｾﾙ',
    'ＮＰＯ法人　みらい',
    'Ⅳの会',
    'ﬁne ﬂag',
    '①の会',
    '葛\u{E0100}飾の会',
    'Ⓐ Collective',
    'K℃ Lab',
  ])('keeps %s as it was typed', (name) => {
    expect(tidyName(name)).toBe(name);
    expect(nameProblem(name)).toBeNull();
  });
  it('is NFC on one line, without invisible characters and with single spaces', () => {
    expect(tidyName(' Me\u0301decins \t\n  du\u00a0Mon\u00adde\u200B ')).toBe('Médecins du Monde');
    expect(tidyName('か\u3099くせい　　の　 会')).toBe('がくせい　の 会');
    expect(tidyName('みらい　Tokyo　Peace')).toBe('みらい Tokyo Peace');
  });
  it('has no direction marks around it, and keeps those within it', () => {
    expect(tidyName('\u2067שלום עכשיו\u2069\u200f')).toBe('שלום עכשיו');
    expect(tidyName('\u202bمنظمة\u202c')).toBe('منظمة');
    expect(tidyName('\u200eAB\u200fC\u200e')).toBe('AB\u200fC');
    expect(nameProblem(tidyName('\u2068שלום (ישראל)\u200f\u2069'))).toBeNull();
    expect(nameProblem('שלום\u200f (IL)')).toBeNull();
  });
  it('does not change when tidied again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = tidyName(text);
        expect(tidyName(once)).toBe(once);
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
    '+Hope',
    '@Home Network',
    '=1+1=2 Collective',
    '-273 Club',
    "Women's Fund",
    'کتاب‌خانه',
    '👩‍👧 Family Centre',
    'Hội Chữ thập đỏ',
  ])('may be %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });
  it.each([
    ['Bell\u0007', 'controlCharacter'],
    ['Right\u202Eleft', 'controlCharacter'],
    ['\uD800 half', 'controlCharacter'],
    ['see https://spam.example.org', 'containsAddress'],
    ['www.spam.example.org', 'containsAddress'],
    ['mail me@example.org', 'containsAddress'],
    ['ｗｗｗ．spam.example.org', 'containsAddress'],
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
  it('has no control characters once accepted and tidied', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = tidyName(text);
        if (nameProblem(name)) return;
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
  /** Also with what pasting, input methods and normalization put around and into addresses. */
  const typedWebsites = fc.oneof(
    fc.webUrl(),
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        ...'aＡ.．。:：﹕︓/／?？#（(⑴)）「」≮\u0301\u0338\u200d \u3000-なしｎ①',
      ),
    }),
  );

  it.each([
    ['https://example.org', 'https://example.org/'],
    ['example.co.jp/about', 'https://example.co.jp/about'],
    ['ＨＴＴＰＳ://ｅｘａｍｐｌｅ.org', 'https://example.org/'],
    ['http://日本語.jp', 'http://xn--wgv71a119e.jp/'],
    ['example.org:8443', 'https://example.org:8443/'],
    ['<https://example.org>', 'https://example.org/'],
    ['https://example.org、', 'https://example.org/'],
    ['「https://example.org/会」。', 'https://example.org/%E4%BC%9A'],
    ['https://example.org/①.html', 'https://example.org/%E2%91%A0.html'],
    ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
    ['\u202ahttps://example.org/\u202c', 'https://example.org/'],
    ['https://www.facebook.com/peace', 'https://www.facebook.com/peace'],
    ['https://example.org/?q=１#２', 'https://example.org/?q=%EF%BC%91#%EF%BC%92'],
  ])('may be %s', (typed, stored) => {
    expect(websiteUrl(typed)).toBe(stored);
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
    'https://example.invalid',
    'https://org',
    'https://exa mple.org',
    'mailto:a@example.org',
  ])('may not be %s', (typed) => {
    expect(websiteUrl(typed)).toBeNull();
  });
  it.each([
    'なし',
    '無し',
    '-',
    '−',
    '――',
    'N/A',
    'none',
    '特になし',
    ' なし ',
    '（なし）',
    'ｎｏｎｅ',
  ])('is empty if there is none: %s', (typed) => {
    expect(tidyWebsite(typed)).toBe('');
  });
  it('does not change when tidied again', () => {
    fc.assert(
      fc.property(typedWebsites, (typed) => {
        const once = tidyWebsite(typed);
        expect(tidyWebsite(once)).toBe(once);
      }),
    );
  });
  it('is always http or https, whatever is typed', () => {
    fc.assert(
      fc.property(typedWebsites, (typed) => {
        const stored = websiteUrl(typed);
        if (stored === null) return;
        expect(stored).toMatch(/^https?:\/\//);
        expect(new URL(stored)).toMatchObject({ username: '', password: '' });
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
