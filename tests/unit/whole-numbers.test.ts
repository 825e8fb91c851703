import { expect, it } from 'vitest';
import { wholeNumbers } from '@/lib/platform/text/whole-numbers';

it('numbers and the Japanese words after them stay in one piece', () => {
  const kept = (text: string) => wholeNumbers(text).filter((_, index) => index % 2 === 1);
  expect(kept('約2割が2026年12月5日までに、1,200万人の３０％')).toEqual([
    '2割',
    '2026年12月5日',
    '1,200万人',
    '３０％',
  ]);
  expect(kept('Since 2019 some 500 people')).toEqual([]);
  expect(wholeNumbers('約2割が').join('')).toBe('約2割が');
});
