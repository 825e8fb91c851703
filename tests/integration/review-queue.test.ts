import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Reviewer } from '@/lib/coordinator/access';
import { decide } from '@/lib/endorsement/review/commands';
import { entry, queue, stateCounts } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { managedLetters } from '@/lib/letter/queries';
import { db } from '@/lib/platform/db/client';
import {
  aCoordinator,
  aLetter,
  anEndorsement,
  anObserver,
  aReviewer,
} from '@/tests/support/factories';

describe('roles', () => {
  it('an observer sees no contact data, no note and no withheld name', async () => {
    const letter = await aLetter();
    const observer = await anObserver(letter);
    const named = await anEndorsement(letter.id);
    const withheld = await anEndorsement(letter.id, {
      visibility: 'withheld',
      nameEn: 'Secret Society',
      nameJa: null,
      reading: null,
    });
    await decide(await aReviewer(letter), {
      step: 'decline',
      id: named.id,
      version: 1,
      reason: 'other',
      note: 'Dear Hanako',
    });
    const seen = JSON.stringify([
      await entry(observer, named.id),
      await entry(observer, withheld.id),
      await queue(observer, queueSchema.parse({})),
    ]);
    for (const secret of [named.email, withheld.email, '平和 花子', '事務局長', 'Secret', 'Hanako'])
      expect(seen).not.toContain(secret);
    expect((await queue(observer, queueSchema.parse({ q: 'secret' }))).rows).toEqual([]);
    // Not even by its likeness to an entry that the observer may see.
    const probe = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Secret Societies',
      website: 'https://probe.example.net/',
    });
    expect((await entry(observer, probe.id))!.similar).toEqual([]);
    const reviewer: Reviewer = await aReviewer(letter);
    expect((await entry(reviewer, probe.id))!.similar.map((similar) => similar.id)).toContain(
      withheld.id,
    );
    expect((await queue(reviewer, queueSchema.parse({ q: 'secret society' }))).rows).toHaveLength(
      1,
    );
    expect(await entry(reviewer, named.id)).toMatchObject({
      representative: { name: '平和 花子', role: '事務局長', email: named.email },
    });
  });

  it('a coordinator is listed the letters that they have a role on, and an administrator all of them', async () => {
    const [mine, other] = [await aLetter(), await aLetter()];
    const coordinator = await aCoordinator(mine, 'observer');
    const listed = async (isAdministrator: boolean) =>
      (await managedLetters({ ...coordinator, isAdministrator })).map(({ slug, role }) => [
        slug,
        role,
      ]);
    expect(await listed(false)).toEqual([[mine.slug, 'observer']]);
    expect(await listed(true)).toEqual(
      expect.arrayContaining([
        [mine.slug, 'owner'],
        [other.slug, 'owner'],
      ]),
    );
  });
});

describe('a coordinator looks through the queue', () => {
  it('a reviewer sees ten thousand entries oldest first and by page, with counts and a search', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const rows = Array.from({ length: 10_000 }, (_, n) => ({
      id: randomUUID(),
      letterId: letter.id,
      revision: 1,
      signedRevision: 1,
      nameKey: `organization${n}`,
      country: 'JP',
      sortKey: String(n),
      searchText: `organization${n} org${n}.example.org`,
      state: n < 9_000 ? ('verified' as const) : ('approved' as const),
      organizationId: n < 9_000 ? null : randomUUID(),
      verifiedAt: new Date(1_700_000_000_000 + n * 1_000),
    }));
    await db().organization.createMany({
      data: rows.flatMap(({ organizationId, country }) =>
        organizationId ? [{ id: organizationId, country }] : [],
      ),
    });
    await db().$transaction([
      db().endorsement.createMany({ data: rows }),
      db().endorsementName.createMany({
        data: rows.map(({ id }, n) => ({
          endorsementId: id,
          language: 'en',
          name: `Organization ${n}`,
        })),
      }),
    ]);
    expect(await stateCounts(reviewer)).toEqual({
      submitted: 0,
      verified: 9_000,
      approved: 1_000,
      declined: 0,
      withdrawn: 0,
    });
    const last = await queue(reviewer, queueSchema.parse({ page: '180' }));
    expect([last.total, last.pages, last.rows.length, last.rows.at(-1)!.names.en]).toEqual([
      9_000,
      180,
      50,
      'Organization 8999',
    ]);
    expect((await queue(reviewer, queueSchema.parse({ page: '181' }))).rows).toEqual([]);
    const hits = await queue(reviewer, queueSchema.parse({ q: ' ORGANIZATION　4321 ' }));
    expect(hits.rows.map((row) => row.names.en)).toEqual(['Organization 4321']);
    expect(await queueSchema.parse({ state: 'nonsense', page: '-1', q: undefined })).toEqual({
      state: 'verified',
      page: 1,
      q: '',
    });
  });

  it('a reviewer sees which other entries may be the same organization, whatever the legal form', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const known = await anEndorsement(letter.id, {
      state: 'approved',
      nameJa: '特定非営利活動法人アフリカ日本協議会',
      reading: 'あふりかにほんきょうぎかい',
      nameEn: 'Africa Japan Forum',
      website: 'https://ajf.example.org/',
    });
    await anEndorsement(letter.id, {
      nameJa: '特定非営利活動法人地雷廃絶日本キャンペーン',
      reading: 'じらいはいぜつ',
      nameEn: 'Campaign to Ban Landmines',
      website: 'https://mines.example.com/',
    });
    const again = await anEndorsement(letter.id, {
      nameJa: 'NPO法人 アフリカ日本協議会',
      reading: 'あふりかにほんきょうぎかい',
      nameEn: null,
      website: 'https://other.example.net/',
    });
    const seen = await entry(reviewer, again.id);
    expect(seen!.similar.map((similar) => similar.id)).toEqual([known.id]);
  });

  it('a reviewer sees the place in the list that an entry has or will have', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    for (const reading of ['あ', 'い', 'え'])
      await anEndorsement(letter.id, { state: 'approved', nameJa: reading, reading });
    const waiting = await anEndorsement(letter.id, { nameJa: 'う', reading: 'う' });
    expect((await entry(reviewer, waiting.id))!.place).toEqual({ position: 3, of: 4 });
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    expect((await entry(reviewer, waiting.id))!.place).toEqual({ position: 3, of: 4 });
    const withheld = await anEndorsement(letter.id, { visibility: 'withheld' });
    expect((await entry(reviewer, withheld.id))!.place).toBeNull();
  });
});
