import { describe, expect, it } from 'vitest';
import { endorse } from '@/lib/endorsement/commands';
import { signedLetter } from '@/lib/letter/queries';
import { renewOutdated, renewSearchTexts } from '@/lib/endorsement/renewal/commands';
import { listSettings } from '@/lib/letter/list-settings';
import { ORDER_VERSION } from '@/lib/organization/order';
import { db } from '@/lib/platform/db/client';
import { keyedHash } from '@/lib/platform/sealing';
import { aLetter, anEndorsement, aSignUp } from '@/tests/support/factories';

/** A row as an older version left it, and the letter outdated. */
async function outdate(
  letter: { id: string },
  { id }: { id: string },
  nameKey: string,
): Promise<void> {
  await db().endorsement.update({
    where: { id },
    data: { nameKey, sortKey: 'old', searchText: nameKey },
  });
  await db().representative.updateMany({
    where: { endorsementId: id },
    data: { searchText: '' },
  });
  await db().letter.update({
    where: { id: letter.id },
    data: { orderVersion: ORDER_VERSION - 1 },
  });
}

const derived = async ({ id }: { id: string }) =>
  db().endorsement.findUniqueOrThrow({
    where: { id },
    select: {
      nameKey: true,
      sortKey: true,
      searchText: true,
      representatives: { select: { searchText: true } },
    },
  });

describe('what an older version derived from names', () => {
  it.each(['submitted', 'verified', 'approved', 'withdrawn'] as const)(
    'is computed anew at the start (%s)',
    async (state) => {
      const letter = await aLetter();
      const entry = await anEndorsement(letter.id, {
        nameJa: '(特活)國際醫師の會',
        reading: 'こくさいいしのかい',
        state,
        representativeName: '渡邊 花子',
      });
      const now = await derived(entry);
      await outdate(letter, entry, '特活國際醫師の會');
      await renewOutdated();
      expect(await derived(entry)).toEqual(now);
      expect(now).toMatchObject({
        nameKey: keyedHash('国際医師の会'),
        representatives: [{ searchText: '渡辺花子' }],
      });
    },
  );

  it('keeps the key of the name first signed, if coordinators have corrected it since', async () => {
    const letter = await aLetter();
    const entry = await anEndorsement(letter.id, { nameJa: null, nameEn: 'Corrected Name' });
    await outdate(letter, entry, 'médecins');
    await renewOutdated();
    expect((await derived(entry)).nameKey).toBe(keyedHash('medecins'));
  });

  it('keeps two endorsements of one contact whose names are the same by now', async () => {
    const letter = await aLetter();
    const over = { nameJa: null, reading: null };
    const first = await anEndorsement(letter.id, { ...over, nameEn: 'Médecins' });
    const second = await anEndorsement(letter.id, { ...over, nameEn: 'Elsewhere' });
    await db().endorsementName.updateMany({
      where: { endorsementId: second.id },
      data: { name: 'Medecins' },
    });
    await outdate(letter, first, 'médecins');
    await outdate(letter, second, 'medecins');
    await db().endorsement.update({
      where: { id: second.id },
      data: { contactId: first.contactId },
    });
    await renewOutdated();
    await renewOutdated();
    expect((await derived(first)).nameKey).toBe(keyedHash('medecins'));
    expect((await derived(second)).nameKey).toBe(keyedHash(`medecins ${second.id}`));
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      orderVersion: ORDER_VERSION,
    });
  });

  it('is renewed piece by piece: what is cut off goes on at the next start, and the list is in one order throughout', async () => {
    const letter = await aLetter();
    const entries = [];
    for (const nameEn of ['Médecins', 'Łódź', 'Straße']) {
      const entry = await anEndorsement(letter.id, { nameJa: null, reading: null, nameEn });
      await outdate(letter, entry, nameEn.toLowerCase());
      entries.push(entry);
    }
    const texts = async () =>
      (
        await db().endorsement.findMany({
          where: { letterId: letter.id },
          orderBy: { id: 'asc' },
          select: { searchText: true, sortKey: true },
        })
      ).map(({ searchText, sortKey }) => [searchText.includes('\n'), sortKey === 'old']);
    const order = listSettings({});
    const last = await renewSearchTexts(letter.id, order, null, 1);
    expect(await texts()).toEqual([
      [true, true],
      [false, true],
      [false, true],
    ]);
    expect(last).toBe(entries.map(({ id }) => id).toSorted()[0]);
    expect(await renewSearchTexts(letter.id, order, last, 2)).not.toBeNull();
    expect(await texts()).toEqual(Array(3).fill([true, true]));
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      orderVersion: ORDER_VERSION - 1,
    });
    await renewOutdated();
    expect(await texts()).toEqual(Array(3).fill([true, false]));
    expect((await derived(entries[1]!)).nameKey).toBe(keyedHash('lodz'));
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      orderVersion: ORDER_VERSION,
    });
  });

  it('is what a sign-up of today stores', async () => {
    const letter = await aLetter();
    const client = { network: '192.0.2.9', neighbourhood: '192.0.2.0' };
    await endorse(
      await signedLetter(letter.slug),
      aSignUp({ nameJa: '澤の会', reading: 'さわのかい' }),
      client,
    );
    const { id } = await db().endorsement.findFirstOrThrow({ where: { letterId: letter.id } });
    const stored = await derived({ id });
    expect(stored.representatives).toEqual([{ searchText: '平和花子' }]);
    await outdate(letter, { id }, '澤の会');
    await renewOutdated();
    expect(await derived({ id })).toEqual(stored);
  });
});
