import { describe, expect, it } from 'vitest';
import { LETTER_FACES, OTHER_FACES } from '@/lib/delivery/pdf/faces';
import { faceOf } from '@/lib/delivery/pdf/fonts';
import { otherFacesIn, printable, signsWithoutType } from '@/lib/delivery/pdf/printable';
import { SCRIPTS } from '@/tests/support/generated-names';

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
