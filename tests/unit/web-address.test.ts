import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newLetterSchema } from '@/lib/letter/schema';
import { holdsWebAddress } from '@/lib/platform/text/web-address';

test.each([
  'confirm your bank at http://evil.example/login',
  'www.evil.example',
  'evil.example/login',
  'a@evil.example',
  'evil。example',
  'ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'ｈｔｔｐｓ：／／ｅｖｉｌ．ｃｏｍ',
  'see evil.com now',
  '詳しくはevil.jpへ',
  'EVIL.CO.JP',
  'ａ＠ｅｖｉｌ．ｃｏｍ',
  'e\u200bvil.c\u2060om',
  '例え.みんな',
  'mailto:a@b',
  'ftp://x',
])('a coordinator who types "%s" as a title is told that it holds an address', (title) => {
  expect(holdsWebAddress(title)).toBe(true);
  const parsed = newLetterSchema.safeParse({
    titleJa: '',
    titleEn: title,
    authoritativeLanguage: 'en',
    date: '2026-12-01',
    timeZone: 'Asia/Tokyo',
  });
  expect(parsed.error?.issues).toMatchObject([{ path: ['titleEn'], message: 'webAddress' }]);
});

test.each([
  'Joint letter No. 5',
  'No.5',
  'Ver.2.0',
  'U.S. policy',
  'U.S.A.',
  '3.11',
  '気候正義のための共同書簡。みんなの声',
  '要望書（第2.1版）',
  'Re: the ICC',
  'Peace and/or justice',
  'at 10:30',
  '100% @ home',
  'e.g. this',
  'Ph.D. students',
  'St. Paul',
  '第1部．総論',
])('a coordinator can type "%s" as a title', (title) => expect(holdsWebAddress(title)).toBe(false));

test('a web address is detected anywhere in a title, in any width and case', () => {
  const wide = (text: string) =>
    text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const address = fc.webUrl().chain((url) => fc.constantFrom(url, wide(url), url.toUpperCase()));
  fc.assert(
    fc.property(
      fc.constantFrom('', 'Peace ', '平和を。'),
      address,
      fc.constantFrom('', ' now', '　へ'),
      (before, url, after) => holdsWebAddress(before + url + after),
    ),
  );
  fc.assert(fc.property(fc.emailAddress(), (email) => holdsWebAddress(`write to ${email}`)));
});

test('words and numbers without dots between them are not detected as addresses', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Peace', '平和', '5', 'U.S.', 'No.', 'v2', '、', '。'), {
        maxLength: 12,
      }),
      (words) => !holdsWebAddress(words.join(' ')),
    ),
  );
});
