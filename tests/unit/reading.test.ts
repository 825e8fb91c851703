import { describe, expect, it } from 'vitest';
import {
  composed,
  edited,
  givenName,
  NOTHING_COMPOSED,
  readingOf,
  textOf,
  type TypedName,
} from '@/components/endorsement/reading';

/** The reading of what an input method shows, one after the other. */
const readingOfShown = (...shown: string[]) => shown.reduce(composed, NOTHING_COMPOSED).reading;

/** A name typed in steps: what the input method shows, the last of which is kept. */
const typed = (...steps: string[][]): TypedName =>
  steps.reduce<TypedName>(
    (name, shown) => edited(name, textOf(name) + shown.at(-1)!, readingOfShown(...shown)),
    [],
  );

describe('the reading of a name that is typed with an input method', () => {
  it.each([
    [['と', 'とう', 'とうk', 'とうきょう', '東京'], 'とうきょう'],
    [['へ', 'へい', 'へいw', 'へいわ', '兵は', '平和'], 'へいわ'],
    [['に', 'にほ', 'にほn', '日本'], 'にほん'],
    [['ヒューマン'], 'ひゅーまん'],
    // Converted while more is typed.
    [
      ['とうきょう', '東京', '東京へ', '東京へい', '東京へいw', '東京へいわ', '東京平和'],
      'とうきょうへいわ',
    ],
    [['zhong', '中'], ''],
    [['NPO'], ''],
  ])('%j is read %s', (shown, reading) => {
    expect(readingOfShown(...shown)).toBe(reading);
  });

  it('follows what is added at the end, at the beginning and in the middle, and what is deleted', () => {
    const name = typed(['とうきょう', '東京'], ['の'], ['かい', '会']);
    expect([textOf(name), readingOf(name)]).toEqual(['東京の会', 'とうきょうのかい']);
    const first = edited(name, '新東京の会', 'しん');
    expect(readingOf(first)).toBe('しんとうきょうのかい');
    const between = edited(first, '新東京平和の会', 'へいわ');
    expect(readingOf(between)).toBe('しんとうきょうへいわのかい');
    expect(readingOf(edited(between, '東京平和の会'))).toBe('とうきょうへいわのかい');
    expect(readingOf(edited(between, ''))).toBe('');
  });

  it('leaves out what nobody has typed as kana', () => {
    expect(readingOf(givenName('平和の会'))).toBe('');
    expect(readingOf(edited(givenName('ピース'), 'ピース・NPO'))).toBe('ぴーす');
    const name = typed(['とうきょう', '東京'], ['へいわ', '平和']);
    expect(readingOf(edited(name, '東平和'))).toBe('へいわ');
  });
});
