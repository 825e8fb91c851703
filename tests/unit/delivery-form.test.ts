import { describe, expect, it } from 'vitest';
import { deliverSchema } from '@/lib/delivery/schema';

const errorsOf = (confirmation: string, over: object = {}) => {
  const { error } = deliverSchema.safeParse({
    tally: 'final',
    seenVersion: '1',
    addresseeJa: '外務大臣\n岩屋　毅　様',
    addresseeEn: 'Foreign Minister\nTakeshi Iwaya',
    labelJa: '',
    labelEn: '',
    confirmation,
    ...over,
  });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('the addressee’s name typed before a delivery', () => {
  it.each([
    '外務大臣 岩屋毅',
    '岩屋毅様',
    '岩屋 毅',
    'takeshi  iwaya',
    'Ｔａｋｅｓｈｉ Iwaya',
    'Foreign Minister, Takeshi Iwaya',
    'foreign minister',
  ])('%s is it, whatever its spaces, widths, capitals and form of address', (typed) => {
    expect(errorsOf(typed)).toEqual([]);
  });

  it.each(['', ' ', '様', '岩屋', 'Takeshi', 'The Prime Minister'])('“%s” is not', (typed) => {
    expect(errorsOf(typed)).toEqual(['confirmation: otherName']);
  });

  it('is not an empty line of it', () => {
    expect(errorsOf('', { addresseeEn: 'A\n―\nB' })).toEqual(['confirmation: otherName']);
  });

  it('is asked for together with all else that is missing', () => {
    expect(errorsOf('岩屋毅', { tally: '', addresseeJa: '', addresseeEn: '' })).toEqual([
      'tally: invalidChoice',
      'addresseeJa: required',
    ]);
  });
});
