import { describe, expect, it, vi } from 'vitest';
import { draftPdf } from '@/lib/delivery/draft';
import { db } from '@/lib/platform/db/client';
import { DRAFT_PDF_NAMES } from '@/lib/platform/limits';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { aLetter, manyEndorsements } from '@/tests/support/factories';
import { approved } from '@/tests/support/delivery';

describe('a stranger', () => {
  it(`gets a draft with up to ${DRAFT_PDF_NAMES} names; a longer one is refused before any name is read`, async () => {
    const letter = await aLetter();
    await manyEndorsements(db(), letter, DRAFT_PDF_NAMES);
    await approved(letter.id, 'Withheld', { visibility: 'withheld' });
    await approved(letter.id, 'Waiting', { state: 'verified' });
    const drafted = async () =>
      draftPdf({ letterId: letter.id, version: (await publicLetter(letter.slug))!.version }, 'en');
    expect(await drafted()).toMatchObject({ title: 'A letter', bytes: expect.any(Uint8Array) });
    await approved(letter.id, 'One more');
    await db().letter.update({
      where: { id: letter.id },
      data: { publicVersion: { increment: 1 } },
    });
    const all = vi.spyOn(db().letter, 'findUnique');
    expect(await drafted()).toBe('too-many-signatories');
    expect(all).toHaveBeenCalledTimes(1); // of the public letter alone
    all.mockRestore();
  });
});
