import { describe, expect, it } from 'vitest';
import type { LetterAccess, Reviewer } from '@/lib/coordinator/access';
import { deliver } from '@/lib/delivery/commands';
import { decide } from '@/lib/endorsement/review/commands';
import { queue, stateCounts } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import { managedLetters } from '@/lib/letter/queries';
import { db } from '@/lib/platform/db/client';
import { signatories } from '@/lib/signatories/queries';
import { asSeen } from '@/tests/support/delivery';
import {
  aCoordinator,
  aLetter,
  anEndorsement,
  anObserver,
  anOwner,
  aReviewer,
} from '@/tests/support/factories';
import { entryFor } from '@/tests/support/managed';

describe('the rows of the queue', () => {
  it('show which entries need a closer look, and an observer nothing of addresses and withheld names', async () => {
    const letter = await aLetter();
    const plain = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Only One',
      email: 'a@only.example.com',
      website: 'https://only.example.com/',
    });
    const first = await anEndorsement(letter.id, {
      nameJa: '特定非営利活動法人みどりの会',
      reading: 'みどりのかい',
      nameEn: null,
      website: null,
    });
    const again = await anEndorsement(letter.id, {
      nameJa: 'みどりの会',
      reading: 'みどりのかい',
      nameEn: 'Green Group',
      email: 'green@mail.example.net',
      website: 'https://green.example.org/',
      visibility: 'withheld',
    });
    const site = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Something Else',
      email: 'info@green.example.org',
      website: 'https://www.green.example.org/en',
    });
    await anEndorsement(letter.id, {
      state: 'submitted',
      nameJa: null,
      reading: null,
      nameEn: 'Only One',
    });
    await anEndorsement((await aLetter()).id, { nameJa: null, reading: null, nameEn: 'Only One' });
    const signsFor = async (access: LetterAccess) =>
      new Map(
        (await queue(access, queueSchema.parse({}))).rows.map(({ id, signs }) => [id, signs]),
      );
    const none = {
      otherDomain: false,
      sameName: false,
      sameWebsite: false,
      mailFails: false,
      denied: false,
    };
    const seen = await signsFor(await aReviewer(letter));
    expect(seen.get(plain.id)).toEqual(none);
    expect(seen.get(first.id)).toEqual({ ...none, sameName: true });
    expect(seen.get(again.id)).toEqual({
      otherDomain: true,
      sameName: true,
      sameWebsite: true,
      mailFails: false,
      denied: false,
    });
    expect(seen.get(site.id)).toEqual({ ...none, sameWebsite: true });
    const observed = await signsFor(await anObserver(letter));
    for (const { id } of [plain, first, again, site]) expect(observed.get(id)).toEqual(none);
  });
});

describe('roles', () => {
  it('an observer sees no contact data, notes or withheld names', async () => {
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
      await entryFor(observer, named.id),
      await entryFor(observer, withheld.id),
      await queue(observer, queueSchema.parse({})),
    ]);
    for (const secret of [named.email, withheld.email, '平和 花子', '事務局長', 'Secret', 'Hanako'])
      expect(seen).not.toContain(secret);
    expect((await queue(observer, queueSchema.parse({ q: 'secret' }))).rows).toEqual([]);
    // Nor by a visible entry with the same name, which reviewers are told of.
    const probe = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Secret Society',
      website: 'https://probe.example.net/',
    });
    expect((await entryFor(observer, probe.id))!.similar).toEqual([]);
    const reviewer: Reviewer = await aReviewer(letter);
    expect((await entryFor(reviewer, probe.id))!.similar.map((similar) => similar.id)).toContain(
      withheld.id,
    );
    expect((await queue(reviewer, queueSchema.parse({ q: 'secret society' }))).rows).toHaveLength(
      2,
    );
    expect(await entryFor(reviewer, named.id)).toMatchObject({
      representatives: [{ name: '平和 花子', role: '事務局長', email: named.email }],
    });
  });

  it('a coordinator’s list has the letters on which they have a role, an administrator’s has all', async () => {
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

describe('browsing the queue', () => {
  it('a queue of ten thousand entries is paginated, oldest first, with counts and a search', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    // The last thousand are approved. In SQL, since Prisma is slow with ten thousand rows.
    const { id } = letter;
    await db().$transaction([
      db().$executeRaw`
        INSERT INTO organization (id, country) SELECT md5(${id} || n)::uuid, 'JP' FROM generate_series(9000, 9999) AS n`,
      db().$executeRaw`
        INSERT INTO endorsement (id, letter_id, organization_id, state, revision, signed_revision, name_key, country, sort_key, search_text, verified_at)
        SELECT md5(${id} || n)::uuid, ${id}::uuid, CASE WHEN n >= 9000 THEN md5(${id} || n)::uuid END,
          (CASE WHEN n >= 9000 THEN 'approved' ELSE 'verified' END)::endorsement_state, 1, 1, 'organization' || n, 'JP', n::text,
          'organization' || n || ' org' || n || '.example.org', to_timestamp(1700000000 + n)
        FROM generate_series(0, 9999) AS n`,
      db().$executeRaw`
        INSERT INTO endorsement_name (endorsement_id, language, name)
        SELECT md5(${id} || n)::uuid, 'en', 'Organization ' || n FROM generate_series(0, 9999) AS n`,
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

  it('entries that may be of the same organization are shown, ignoring the legal form', async () => {
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
    const seen = await entryFor(reviewer, again.id);
    expect(seen!.similar.map((similar) => similar.id)).toEqual([known.id]);
  });

  it('the current or future position in the list is shown', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    for (const reading of ['あ', 'い', 'え'])
      await anEndorsement(letter.id, { state: 'approved', nameJa: reading, reading });
    const waiting = await anEndorsement(letter.id, { nameJa: 'う', reading: 'う' });
    expect((await entryFor(reviewer, waiting.id))!.place).toEqual({ position: 3, of: 4 });
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    expect((await entryFor(reviewer, waiting.id))!.place).toEqual({ position: 3, of: 4 });
    const withheld = await anEndorsement(letter.id, { visibility: 'withheld' });
    expect((await entryFor(reviewer, withheld.id))!.place).toBeNull();
  });

  it('late signatories have a position in their own list, and after a delivery in the one that includes them', async () => {
    const letter = await aLetter({
      closesAt: new Date(Date.now() - 86_400_000),
      afterClosing: 'added',
    });
    const reviewer = await aReviewer(letter);
    const inTime = {
      state: 'approved',
      submittedAt: new Date(Date.now() - 2 * 86_400_000),
    } as const;
    const named = (reading: string, over: Parameters<typeof anEndorsement>[1] = {}) =>
      anEndorsement(letter.id, { nameJa: reading, reading, ...over });
    for (const reading of ['あ', 'え', 'お']) await named(reading, inTime);
    await named('い', { state: 'approved' });
    const late = await named('う');
    const place = async ({ id }: { id: string }) => (await entryFor(reviewer, id))!.place;
    // Signatories after closing are listed as added.
    expect(await place(late)).toEqual({ position: 2, of: 2 });
    await decide(reviewer, { step: 'approve', id: late.id, version: 1 });
    expect(await place(late)).toEqual({ position: 2, of: 2 });
    // A delivery includes them in its list.
    expect(await deliver(await anOwner(letter), await asSeen(letter.slug))).toMatchObject({
      ok: true,
    });
    expect(await place(late)).toEqual({ position: 3, of: 5 });
    expect((await signatories(letter.id, 'listed')).map(({ names }) => names.ja)).toEqual([
      'あ',
      'い',
      'う',
      'え',
      'お',
    ]);
    // Later ones are listed as added.
    const later = await named('いい');
    expect(await place(later)).toEqual({ position: 1, of: 1 });
    await decide(reviewer, { step: 'approve', id: later.id, version: 1 });
    expect(await place(later)).toEqual({ position: 1, of: 1 });
    expect(await place(late)).toEqual({ position: 3, of: 5 });
  });
});
