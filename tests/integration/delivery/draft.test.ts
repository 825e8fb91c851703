import { describe, expect, it, vi } from 'vitest';
import { draftFile } from '@/lib/delivery/draft';
import { leaseDraft } from '@/lib/delivery/drafts/commands';
import { typesetter } from '@/lib/delivery/pdf/typesetter';
import { decide } from '@/lib/endorsement/review/commands';
import { db } from '@/lib/platform/db/client';
import { DRAFT_NAMES } from '@/lib/platform/limits';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { aLetter, manySignatories } from '@/tests/support/factories';
import { approved, aSignedLetter } from '@/tests/support/delivery';

vi.setConfig({ testTimeout: 120_000 });

const asked = async (slug: string) => {
  const { id, version } = (await publicLetter(slug))!;
  return { letterId: id, version };
};
const drafted = async (slug: string) => draftFile('pdf', await asked(slug), 'en');

/** The same as another server process has it, which shares the database alone. */
async function elsewhere(): Promise<typeof draftFile> {
  vi.resetModules();
  return (await import('@/lib/delivery/draft')).draftFile;
}

const keptOf = (letterId: string) => db().draftFile.findFirstOrThrow({ where: { letterId } });

describe('a stranger', () => {
  it(`gets a draft with up to ${DRAFT_NAMES} names; a longer one is refused before any name is read`, async () => {
    const letter = await aLetter();
    // Every 20th is withheld.
    await manySignatories(db(), letter, Math.floor((DRAFT_NAMES * 20) / 19));
    await approved(letter.id, 'Waiting', { state: 'verified' });
    expect(await drafted(letter.slug)).toMatchObject({
      title: 'A letter',
      bytes: expect.any(Uint8Array),
    });
    await approved(letter.id, 'One more');
    await db().letter.update({
      where: { id: letter.id },
      data: { publicVersion: { increment: 1 } },
    });
    const begun = vi.spyOn(db(), '$transaction');
    expect(await drafted(letter.slug)).toBe('too-many-signatories');
    expect(begun).not.toHaveBeenCalled();
    begun.mockRestore();
  });
});

describe('a draft', () => {
  it('is made once a public version, however many ask at once, in however many server processes', async () => {
    const { letter, owner, alpha } = await aSignedLetter();
    const set = vi.spyOn(typesetter(), 'set');
    const processes = [draftFile, await elsewhere(), await elsewhere()];
    const key = await asked(letter.slug);
    const all = await Promise.all(
      processes.flatMap((draft) => Array.from({ length: 10 }, () => draft('pdf', key, 'en'))),
    );
    all.push(await drafted(letter.slug), await (await elsewhere())('pdf', key, 'en'));
    expect(set).toHaveBeenCalledTimes(1);
    const [first] = all;
    if (!first || typeof first === 'string') throw new Error('there is no draft');
    for (const one of all)
      expect(one && typeof one !== 'string' && Buffer.compare(one.bytes, first.bytes)).toBe(0);

    // With a public change it is forgotten, since it names who has left, and made anew once.
    expect(await decide(owner, { step: 'withdraw', id: alpha.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await keptOf(letter.id)).toMatchObject({ bytes: null, version: null });
    const [again] = await Promise.all([drafted(letter.slug), drafted(letter.slug)]);
    expect(set).toHaveBeenCalledTimes(2);
    expect(again).not.toEqual(first);
    set.mockRestore();
  });

  it('is not kept if the letter changes while it is made', async () => {
    const { letter, owner, alpha } = await aSignedLetter();
    const { set } = typesetter();
    const spy = vi.spyOn(typesetter(), 'set').mockImplementationOnce(async (...job) => {
      expect(await decide(owner, { step: 'withdraw', id: alpha.id, version: 1 })).toMatchObject({
        ok: true,
      });
      return set(...job);
    });
    expect(await drafted(letter.slug)).toMatchObject({ title: 'A letter' });
    spy.mockRestore();
    expect(await keptOf(letter.id)).toMatchObject({ bytes: null, leaseId: null });
  });

  it('that is too large is tried once a public version; one that failed otherwise, by the next who asks', async () => {
    const { letter } = await aSignedLetter();
    const { set } = typesetter();
    const spy = vi
      .spyOn(typesetter(), 'set')
      .mockRejectedValueOnce(
        Object.assign(new Error('no'), { name: 'TypesettingError(crashed)', problem: 'crashed' }),
      )
      .mockImplementation((job, limits) => set(job, { ...limits, memoryMiB: 1 }));
    await expect(drafted(letter.slug)).rejects.toThrow('no');
    for (const draft of [draftFile, await elsewhere()])
      expect(await draft('pdf', await asked(letter.slug), 'en')).toBe('too-large');
    expect(spy).toHaveBeenCalledTimes(2);
    spy.mockRestore();
    await db().letter.update({
      where: { id: letter.id },
      data: { publicVersion: { increment: 1 } },
    });
    expect(await drafted(letter.slug)).toMatchObject({ title: 'A letter' });
  });

  it('whose maker has ended is made by another one', async () => {
    const { letter } = await aSignedLetter();
    const key = { format: 'pdf' as const, language: 'en', ...(await asked(letter.slug)) };
    expect(await leaseDraft(key, new Date(Date.now() - 3_600_000))).not.toBeNull();
    expect(await drafted(letter.slug)).toMatchObject({ title: 'A letter' });
    expect(await leaseDraft(key)).not.toBeNull();
    expect(await leaseDraft(key)).toBeNull();
  });
});
