import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import type { ByLanguage } from '@/lib/platform/languages';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { publicCounts, signatories, signatoriesAfter } from '@/lib/signatories/queries';
import { aLetter, anEndorsement } from '@/tests/support/factories';

describe('paginating the list of signatories', () => {
  it('pagination by cursor returns every public name once, in order, and no withheld one', async () => {
    const letter = await aLetter();
    for (let n = 0; n < 7; n += 1)
      await anEndorsement(letter.id, {
        state: 'approved',
        nameJa: 'おなじ',
        reading: 'おなじ',
        nameEn: `Same ${n}`,
      });
    await anEndorsement(letter.id, { state: 'approved', visibility: 'withheld', nameEn: 'Hidden' });
    await anEndorsement(letter.id, { state: 'verified', nameEn: 'Waiting' });
    const seen: (string | undefined)[] = [];
    let cursor: string | null = null;
    do {
      if (cursor) expect(Buffer.from(cursor, 'base64url').toString('utf8')).not.toContain('おなじ');
      const page: { items: { names: ByLanguage }[]; next: string | null } | null =
        await signatoriesAfter((await publicLetter(letter.slug))!, 'listed', 3, cursor);
      seen.push(...page!.items.map((item) => item.names.en));
      cursor = page!.next;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual(
      (await signatories(letter.id, 'listed')).map((signatory) => signatory.names.en),
    );
    expect(await publicCounts(letter.id)).toMatchObject({
      coordinating: 0,
      named: 7,
      withheld: 1,
      total: 8,
      listed: { total: 8 },
      added: { total: 0 },
      earlier: { total: 0 },
    });
    for (const bad of [
      'x',
      '',
      'A'.repeat(22),
      Buffer.from('["a","b"]').toString('base64url'),
      '\u0000',
    ]) {
      expect(
        await signatoriesAfter((await publicLetter(letter.slug))!, 'listed', 3, bad),
      ).toBeNull();
    }
  });

  it('forged cursors reveal no positions', async () => {
    const [letter, other] = [await aLetter(), await aLetter()];
    for (const { id } of [letter, other]) {
      for (const reading of ['あ', 'い', 'え', 'お'])
        await anEndorsement(id, { state: 'approved', nameJa: reading, reading, nameEn: reading });
    }
    const withheld = await anEndorsement(letter.id, {
      state: 'approved',
      visibility: 'withheld',
      nameJa: 'う',
      reading: 'う',
    });
    const waiting = await anEndorsement(letter.id, {
      state: 'verified',
      nameJa: 'う',
      reading: 'う',
    });
    const [here, elsewhere] = [
      (await publicLetter(letter.slug))!,
      (await publicLetter(other.slug))!,
    ];
    const first = (await signatoriesAfter(here, 'listed', 2, null))!;
    // The former, unencrypted cursor format, which could be forged from an entry's id.
    const ofId = ({ id }: { id: string }) =>
      Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
    const sealed = Buffer.from(first.next!, 'base64url');
    const forged = [0, 12, sealed.length - 1].map((at) =>
      Buffer.from(sealed.map((byte, index) => (index === at ? byte ^ 1 : byte))).toString(
        'base64url',
      ),
    );
    for (const cursor of [
      ofId(withheld),
      ofId(waiting),
      ...forged,
      first.next!.slice(0, -4),
      first.next!.slice(0, 20),
      `${first.next}A`,
      `${first.next}=`,
    ]) {
      expect(await signatoriesAfter(here, 'listed', 2, cursor), cursor).toBeNull();
    }
    expect(await signatoriesAfter(elsewhere, 'listed', 2, first.next)).toBeNull();
    expect(await signatoriesAfter(here, 'added', 2, first.next)).toBeNull();
    // Another order invalidates cursors.
    expect(
      await signatoriesAfter(
        { ...here, settings: { ...here.settings, by: 'english' } },
        'listed',
        2,
        first.next,
      ),
    ).toBeNull();
  });

  it('cursors are deterministic, have a length that does not reveal readings, and work after their entry has left the list', async () => {
    const letter = await aLetter();
    const entries = [];
    for (const reading of ['あ', 'いいいいいいいい', 'う'])
      entries.push(
        await anEndorsement(letter.id, {
          state: 'approved',
          nameJa: reading,
          reading,
          nameEn: reading,
        }),
      );
    const walked = (await publicLetter(letter.slug))!;
    const page = async (limit: number, cursor: string | null = null) =>
      (await signatoriesAfter(walked, 'listed', limit, cursor))!;
    const { next } = await page(2);
    expect((await page(2)).next).toBe(next);
    expect((await page(1)).next).toHaveLength(next!.length);
    await db().endorsement.update({
      where: { id: entries[1]!.id },
      data: { state: 'withdrawn', withdrawnBy: 'coordinator' },
    });
    expect((await page(2, next)).items.map(({ names }) => names.ja)).toEqual(['う']);
    await db().endorsement.delete({ where: { id: entries[1]!.id } });
    expect((await page(2, next)).items.map(({ names }) => names.ja)).toEqual(['う']);
  });
});
