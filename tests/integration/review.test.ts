import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { letterAccess, type Reviewer } from '@/lib/coordinator/access';
import { correct, decide } from '@/lib/endorsement/review/commands';
import { entry, managedLetters, queue, stateCounts } from '@/lib/endorsement/review/queries';
import { queueSchema } from '@/lib/endorsement/review/schema';
import {
  publicCounts,
  publicLetter,
  signatories,
  signatoriesAfter,
} from '@/lib/signatories/queries';
import { aCoordinator, aLetter, anEndorsement, aReviewer } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';

const auditOf = (id: string) =>
  db().auditEvent.findMany({ where: { endorsementId: id }, orderBy: { id: 'asc' } });
const basisOf = async (slug: string) => (await publicLetter(slug))!.basis;
const versionOf = async (slug: string) => (await publicLetter(slug))!.version;

async function aQueue() {
  const letter = await aLetter();
  const reviewer = await aReviewer(letter);
  const waiting = await anEndorsement(letter.id);
  return { letter, reviewer, waiting };
}

describe('a coordinator decides', () => {
  it('to approve: the entry is published, audited, and its representative will be mailed', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const before = await versionOf(letter.slug);
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({ total: 0 });
    expect(await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 })).toEqual({
      ok: true,
      publicChange: true,
    });
    expect(await signatories(await basisOf(letter.slug), 'listed')).toMatchObject([
      { names: { ja: '東京平和の会', en: 'Tokyo Peace Group' }, coordinating: false },
    ]);
    expect(await versionOf(letter.slug)).toBe(before + 1);
    expect(await auditOf(waiting.id)).toMatchObject([
      {
        action: 'approve',
        actorId: reviewer.coordinatorId,
        before: { state: 'verified' },
        after: { state: 'approved' },
      },
    ]);
    const [mail] = await mailsTo(waiting.email);
    expect(mail).toMatchObject({ kind: 'approved' });
    expect(mail!.sendAfter.getTime()).toBeGreaterThan(Date.now());
  });

  it('to decline with a reason and a note: both are mailed and kept', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const decision = {
      step: 'decline',
      id: waiting.id,
      version: 1,
      reason: 'duplicate',
      note: 'See 12.',
    } as const;
    expect(await decide(reviewer, decision)).toEqual({ ok: true, publicChange: false });
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({ total: 0 });
    const [mail] = await mailsTo(waiting.email);
    expect(mail).toMatchObject({
      kind: 'declined',
      props: { reason: 'duplicate', note: 'See 12.' },
    });
    expect((await auditOf(waiting.id))[0]!.after).toEqual({
      state: 'declined',
      reason: 'duplicate',
      note: 'See 12.',
    });
  });

  it('and takes it back at once: the state returns and nobody is mailed', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    expect(await decide(reviewer, { step: 'take_back', id: waiting.id, version: 2 })).toEqual({
      ok: true,
      publicChange: true,
    });
    expect(await mailsTo(waiting.email)).toEqual([]);
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({ total: 0 });
    expect((await auditOf(waiting.id)).map((event) => event.action)).toEqual([
      'approve',
      'take_back',
    ]);
  });

  it('to withdraw an approved one, and takes that back: it is on the list again', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    await decide(reviewer, { step: 'withdraw', id: waiting.id, version: 2 });
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({ total: 0 });
    await decide(reviewer, { step: 'take_back', id: waiting.id, version: 3 });
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({ total: 1 });
  });

  it('on what a colleague has decided meanwhile: is told by whom, and nothing is overwritten', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const colleague = await aReviewer(letter);
    await decide(colleague, {
      step: 'decline',
      id: waiting.id,
      version: 1,
      reason: 'other',
      note: null,
    });
    const late = await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    expect(late).toEqual({ ok: false, reason: 'changed', by: colleague.email, state: 'declined' });
    expect(await auditOf(waiting.id)).toHaveLength(1);
    expect((await mailsTo(waiting.email)).map((mail) => mail.kind)).toEqual(['declined']);
  });

  it('at the very moment seven others do: one decision stands, with one audit row and one mail', async () => {
    const { reviewer, waiting } = await aQueue();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        n % 2
          ? decide(reviewer, { step: 'approve', id: waiting.id, version: 1 })
          : decide(reviewer, {
              step: 'decline',
              id: waiting.id,
              version: 1,
              reason: 'other',
              note: null,
            }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'changed')).toHaveLength(7);
    expect(await auditOf(waiting.id)).toHaveLength(1);
    expect(await mailsTo(waiting.email)).toHaveLength(1);
  });

  it('on an attested entry: its representative is never mailed', async () => {
    const { letter, reviewer } = await aQueue();
    const attested = await anEndorsement(letter.id, { proof: 'attested' });
    await decide(reviewer, { step: 'approve', id: attested.id, version: 1 });
    expect(await mailsTo(attested.email)).toEqual([]);
  });

  it('on an entry of another letter, or a step that leads nowhere: nothing', async () => {
    const { reviewer, waiting, letter } = await aQueue();
    const foreign = await anEndorsement((await aLetter()).id);
    expect(await decide(reviewer, { step: 'approve', id: foreign.id, version: 1 })).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect(await decide(reviewer, { step: 'withdraw', id: waiting.id, version: 1 })).toEqual({
      ok: false,
      reason: 'not-possible',
    });
    const submitted = await anEndorsement(letter.id, { state: 'submitted', verifiedAt: null });
    expect(await decide(reviewer, { step: 'approve', id: submitted.id, version: 1 })).toEqual({
      ok: false,
      reason: 'not-possible',
    });
  });
});

describe('a coordinator corrects names', () => {
  it('and the entry moves to its new place, with before and after in the audit', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    await anEndorsement(letter.id, {
      nameJa: 'かき',
      reading: 'かき',
      nameEn: 'Kaki',
      state: 'approved',
    });
    const wrong = await anEndorsement(letter.id, {
      nameJa: '会',
      reading: 'わかい',
      nameEn: 'Kai',
      state: 'approved',
    });
    const names = async () =>
      (await signatories(await basisOf(letter.slug), 'listed')).map(
        (signatory) => signatory.names.en,
      );
    expect(await names()).toEqual(['Kaki', 'Kai']);
    const correction = {
      id: wrong.id,
      version: 1,
      coordinating: true,
      nameJa: '会',
      reading: 'かい',
      nameEn: 'Kai',
    };
    expect(await correct(reviewer, correction)).toEqual({ ok: true, publicChange: true });
    expect(await names()).toEqual(['Kai', 'Kaki']);
    expect(await auditOf(wrong.id)).toMatchObject([
      {
        action: 'correct',
        before: { reading: 'わかい', coordinating: 'false' },
        after: { reading: 'かい', coordinating: 'true' },
      },
    ]);
    expect(await correct(reviewer, correction)).toMatchObject({
      ok: false,
      reason: 'changed',
      by: reviewer.email,
    });
  });
});

describe('the audit', () => {
  it('cannot be changed, deleted or emptied, not even by SQL', async () => {
    const { reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    const refused = /append-only/;
    await expect(
      db()
        .$executeRaw`UPDATE audit_event SET note = 'x' WHERE endorsement_id = ${waiting.id}::uuid`,
    ).rejects.toThrow(refused);
    await expect(
      db().$executeRaw`DELETE FROM audit_event WHERE endorsement_id = ${waiting.id}::uuid`,
    ).rejects.toThrow(refused);
    await expect(db().$executeRaw`TRUNCATE audit_event`).rejects.toThrow(refused);
    expect(await auditOf(waiting.id)).toHaveLength(1);
  });
});

describe('roles', () => {
  it('an observer sees no contact data, no withheld name, and cannot be taken for a reviewer', async () => {
    const letter = await aLetter();
    const { coordinator, authority } = await aCoordinator(letter, 'observer');
    const named = await anEndorsement(letter.id);
    const withheld = await anEndorsement(letter.id, {
      visibility: 'withheld',
      nameEn: 'Secret Society',
      nameJa: null,
      reading: null,
    });
    expect(await letterAccess(coordinator.id, letter.slug, 'reviewer')).toBeNull();
    await decide(await aReviewer(letter), {
      step: 'decline',
      id: named.id,
      version: 1,
      reason: 'other',
      note: 'Dear Hanako',
    });
    const seen = JSON.stringify([
      await entry(authority, named.id),
      await entry(authority, withheld.id),
      await queue(authority, queueSchema.parse({})),
    ]);
    for (const secret of [named.email, withheld.email, '平和 花子', '事務局長', 'Secret', 'Hanako'])
      expect(seen).not.toContain(secret);
    expect((await queue(authority, queueSchema.parse({ q: 'secret' }))).rows).toEqual([]);
    // Not even by its likeness to an entry that the observer may see.
    const probe = await anEndorsement(letter.id, {
      nameJa: null,
      reading: null,
      nameEn: 'Secret Societies',
      website: 'https://probe.example.net/',
    });
    expect((await entry(authority, probe.id))!.similar).toEqual([]);
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

  it('a coordinator of one letter has no right on another; an administrator has it on all; the deactivated on none', async () => {
    const [mine, other] = [await aLetter(), await aLetter()];
    const { coordinator } = await aCoordinator(mine, 'owner');
    expect(await letterAccess(coordinator.id, mine.slug, 'owner')).not.toBeNull();
    expect(await letterAccess(coordinator.id, other.slug, 'observer')).toBeNull();
    expect(await letterAccess(coordinator.id, 'no-such-letter', 'observer')).toBeNull();
    expect(
      (await managedLetters({ id: coordinator.id, isAdministrator: false })).map(
        (letter) => letter.slug,
      ),
    ).toEqual([mine.slug]);
    await db().coordinator.update({
      where: { id: coordinator.id },
      data: { isAdministrator: true },
    });
    expect(await letterAccess(coordinator.id, other.slug, 'owner')).not.toBeNull();
    await db().coordinator.update({
      where: { id: coordinator.id },
      data: { deactivatedAt: new Date() },
    });
    expect(await letterAccess(coordinator.id, mine.slug, 'observer')).toBeNull();
  });
});

describe('a coordinator looks through the queue', () => {
  it('oldest first, with counts, search and similar names, over ten thousand entries', async () => {
    const letter = await aLetter();
    const reviewer = await aReviewer(letter);
    const rows = Array.from({ length: 10_000 }, (_, n) => ({
      letterId: letter.id,
      revision: 1,
      signedRevision: 1,
      nameEn: `Organization ${n}`,
      country: 'JP',
      sortKey: String(n),
      searchText: `organization${n} org${n}.example.org`,
      email: `o${n}@${letter.slug}.example.org`,
      emailKey: `o${n}@${letter.slug}.example.org`,
      language: 'en' as const,
      state: n < 9_000 ? ('verified' as const) : ('approved' as const),
      verifiedAt: new Date(1_700_000_000_000 + n * 1_000),
    }));
    await db().endorsement.createMany({ data: rows });
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

  it('and sees which other entries may be the same organization, whatever the legal form', async () => {
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

  it('and sees the place in the list that an entry has or will have', async () => {
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

describe('a reader follows the list', () => {
  it('a page at a time by cursor: every name once, in order, withheld ones never', async () => {
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
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      if (cursor) expect(Buffer.from(cursor, 'base64url').toString('utf8')).not.toContain('おなじ');
      const page: { items: { names: { en: string | null } }[]; next: string | null } | null =
        await signatoriesAfter((await publicLetter(letter.slug))!, 'listed', 3, cursor);
      seen.push(...page!.items.map((item) => item.names.en));
      cursor = page!.next;
    } while (cursor);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual(
      (await signatories(await basisOf(letter.slug), 'listed')).map(
        (signatory) => signatory.names.en,
      ),
    );
    expect(await publicCounts(await basisOf(letter.slug))).toMatchObject({
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

  it('and learns nothing of where others stand, whatever is made a cursor', async () => {
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
    // As cursors once were, which whoever knows an entry's id could make.
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
    // In another order the place is another.
    expect(
      await signatoriesAfter(
        { ...here, settings: { ...here.settings, by: 'english' } },
        'listed',
        2,
        first.next,
      ),
    ).toBeNull();
  });

  it('with the same cursor each time, of a length that tells no reading, and goes on when the entry it names has left', async () => {
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
    await db().endorsement.update({ where: { id: entries[1]!.id }, data: { state: 'withdrawn' } });
    expect((await page(2, next)).items.map(({ names }) => names.ja)).toEqual(['う']);
    await db().endorsement.delete({ where: { id: entries[1]!.id } });
    expect((await page(2, next)).items.map(({ names }) => names.ja)).toEqual(['う']);
  });
});
