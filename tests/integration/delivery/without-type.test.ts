import { describe, expect, it } from 'vitest';
import { listSettings } from '@/lib/letter/list-settings';
import { deliveryPreview } from '@/lib/delivery/queries';
import { approved, aSignedLetter } from '@/tests/support/delivery';

describe('before a letter is delivered', () => {
  it('its owner is told which entries have signs that the PDF cannot print, but no withheld ones', async () => {
    const { letter, owner } = await aSignedLetter();
    const preview = async () =>
      (await deliveryPreview(owner, {
        authoritativeLanguage: 'en',
        revision: 1,
        listSettings: listSettings({}),
      } as never))!;
    expect((await preview()).withoutType).toEqual({
      entries: [],
      more: 0,
      parts: [],
      headings: [],
    });
    await approved(letter.id, 'Peace ☮ Club');
    await approved(letter.id, '참여연대 منظمة 维权');
    await approved(letter.id, 'Secret 😀', { visibility: 'withheld' });
    await approved(letter.id, 'Waiting 😀', { state: 'verified' });
    expect((await preview()).withoutType).toEqual({
      entries: [{ names: { en: 'Peace ☮ Club' }, signs: ['☮'] }],
      more: 0,
      parts: [],
      headings: [],
    });
  });
});
