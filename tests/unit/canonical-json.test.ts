import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, canonicalJsonInTurns } from '@/lib/platform/canonical-json';

it('canonical JSON made in turns is the same text, whatever it holds', async () => {
  const value = fc.dictionary(
    fc.string({ unit: 'grapheme' }),
    fc.jsonValue({ stringUnit: 'grapheme' }),
  );
  await fc.assert(
    fc.asyncProperty(value, async (object) => {
      expect(await canonicalJsonInTurns(object)).toBe(canonicalJson(object));
    }),
  );
  const long = { b: Array.from({ length: 1_501 }, (_, index) => ({ z: index, a: 'é' })), a: [] };
  expect(await canonicalJsonInTurns(long)).toBe(canonicalJson(long));
});
