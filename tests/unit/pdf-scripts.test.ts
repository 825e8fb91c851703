import { describe, expect, it } from 'vitest';
import { LETTER_FACES, OTHER_FACES } from '@/lib/delivery/pdf/faces';
import { faceOf } from '@/lib/delivery/pdf/fonts';
import { otherFacesIn, printable, signsWithoutType } from '@/lib/delivery/pdf/printable';
import { USUAL_LETTERS, withoutType } from '@/lib/delivery/without-type';
import type { ByLanguage } from '@/lib/platform/languages';
import { SCRIPTS } from '@/tests/support/generated-names';

describe('signs without type', () => {
  const text = {
    title: 'A letter ☮',
    subject: null,
    dateLine: '',
    addressee: null,
    salutation: '',
    body: 'For 평화',
    callsIntro: null,
    calls: ['to 🕊', 'to 🕊🕊'],
    closing: null,
    valediction: '',
  };

  it('are named with the entries and the parts of the text that have them', () => {
    const names: ByLanguage[] = [{ ja: '平和の会', en: 'Peace ☮ Club 😀' }, { en: '참여연대' }];
    const headings = { coordinating: {}, all: { ja: '全{count}団体', en: '{count} ☮ groups' } };
    expect(withoutType(names, { en: text }, headings)).toEqual({
      entries: [{ names: names[0], signs: ['☮', '😀'] }],
      more: 0,
      parts: [
        { language: 'en', part: 'title', signs: ['☮'] },
        { language: 'en', part: 'calls', signs: ['🕊'] },
      ],
      headings: [{ language: 'en', signs: ['☮'] }],
    });
  });

  it('are counted beyond the first fifty entries', () => {
    const found = withoutType(Array(70).fill({ en: '😀' }), {}, { coordinating: {}, all: {} });
    expect([found.entries.length, found.more]).toEqual([50, 20]);
  });

  it('are none of the characters that the database does not look at more closely', () => {
    const usual = new RegExp(`^[${USUAL_LETTERS}]$`, 'u');
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const looked = all.filter((character) => usual.test(character));
    expect(looked.length).toBeGreaterThan(30_000);
    expect(signsWithoutType(looked.join(''))).toEqual([]);
  });
});

describe('the faces of the PDF', () => {
  it('have the letters and marks of each script', () => {
    for (const [script, letters] of Object.entries(SCRIPTS)) {
      expect(signsWithoutType(letters), script).toEqual([]);
      expect(printable(letters), script).toBe(letters);
    }
  });

  it('are those of every letter, and one more for another script', () => {
    const families = (text: string) => [...otherFacesIn(text)].map(({ family }) => family);
    expect(families('Human Rights Watch ヒューマンライツ・ナウ 髙﨑𠮷')).toEqual([]);
    expect(families('참여연대 PSPD')).toEqual(['NanumMyeongjo']);
    expect(families('中国维权律师组织')).toEqual(['Noto Sans S Chinese']);
    expect(families('منظمة العفو')).toEqual(['Noto Naskh Arabic']);
    for (const { family } of OTHER_FACES)
      expect(LETTER_FACES.map((face) => face.family)).not.toContain(family);
  });

  it('set a letter and its mark together, or not at all', () => {
    expect(faceOf('ж\u0301')).not.toBeNull();
    expect(signsWithoutType('Group ท\u3099 😀 a\u{1F3FB}')).toEqual(['ท\u3099', '😀', '\u{1F3FB}']);
    expect(printable('Group ท\u3099 😀\u200d☮\uFE0F')).toMatch(/^Group 〓 〓\u200d?〓$/);
  });
});
