import { describe, expect, it } from 'vitest';
import { correct, decide, setCoordinating } from '@/lib/endorsement/review/commands';
import { auditSides } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import { publicLetter } from '@/lib/signatories/public-letter/queries';
import { coordinatingOrganizations, publicCounts, signatories } from '@/lib/signatories/queries';
import { aLetter, anEndorsement, aReviewer } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';

/** The audit events of an endorsement, with their erasable values. */
const auditOf = async (id: string) =>
  (
    await db().auditEvent.findMany({
      where: { endorsementId: id },
      orderBy: { id: 'asc' },
      include: { values: true },
    })
  ).map(({ canonical, values, ...event }) => ({ ...event, ...auditSides(canonical, values) }));
const versionOf = async (slug: string) => (await publicLetter(slug))!.version;

async function aQueue() {
  const letter = await aLetter();
  const reviewer = await aReviewer(letter);
  const waiting = await anEndorsement(letter.id);
  return { letter, reviewer, waiting };
}

describe('decisions of a coordinator', () => {
  it('an approval publishes the entry, is audited, and notifies the representative', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const before = await versionOf(letter.slug);
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });
    expect(await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 })).toEqual({
      ok: true,
    });
    expect(await signatories(letter.id, 'listed')).toMatchObject([
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

  it('a decline stores its reason and note and mails both', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const decision = {
      step: 'decline',
      id: waiting.id,
      version: 1,
      reason: 'duplicate',
      note: 'See 12.',
    } as const;
    expect(await decide(reviewer, decision)).toEqual({ ok: true });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });
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

  it('undoing an approval immediately restores the state and sends no mail', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    expect(await decide(reviewer, { step: 'take_back', id: waiting.id, version: 2 })).toEqual({
      ok: true,
    });
    expect(await mailsTo(waiting.email)).toEqual([]);
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });
    expect((await auditOf(waiting.id)).map((event) => event.action)).toEqual([
      'approve',
      'take_back',
    ]);
  });

  it('undoing a withdrawal restores the entry on the list', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    await decide(reviewer, { step: 'withdraw', id: waiting.id, version: 2 });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 0 });
    await decide(reviewer, { step: 'take_back', id: waiting.id, version: 3 });
    expect(await publicCounts(letter.id)).toMatchObject({ total: 1 });
  });

  describe('a representative who has been told of a decision', () => {
    const kindsTo = async (email: string) => (await mailsTo(email)).map(({ kind }) => kind);
    const send = (email: string) =>
      db().mail.updateMany({ where: { toKey: email, sentAt: null }, data: { sentAt: new Date() } });
    const decline = { step: 'decline', reason: 'other', note: null } as const;

    it('is told when it is taken back, and of the next decision', async () => {
      const { reviewer, waiting } = await aQueue();
      const { id, email } = waiting;
      await decide(reviewer, { step: 'approve', id, version: 1 });
      await send(email);
      await decide(reviewer, { step: 'take_back', id, version: 2 });
      expect(await kindsTo(email)).toEqual(['approved', 'reopened']);
      await send(email);
      await decide(reviewer, { ...decline, id, version: 3 });
      expect(await kindsTo(email)).toEqual(['approved', 'reopened', 'declined']);
      await decide(reviewer, { step: 'take_back', id, version: 4 });
      expect(await kindsTo(email)).toEqual(['approved', 'reopened']);
    });

    it('hears nothing if it is taken back and made again before a mail about that has left', async () => {
      const { reviewer, waiting } = await aQueue();
      const { id, email } = waiting;
      await decide(reviewer, { step: 'approve', id, version: 1 });
      await send(email);
      await decide(reviewer, { step: 'take_back', id, version: 2 });
      await decide(reviewer, { step: 'approve', id, version: 3 });
      expect(await kindsTo(email)).toEqual(['approved']);
    });

    it('is not told of an approval that was withdrawn before the mail left, unless it is restored', async () => {
      const { reviewer, waiting } = await aQueue();
      const { id, email } = waiting;
      await decide(reviewer, { step: 'approve', id, version: 1 });
      await decide(reviewer, { step: 'withdraw', id, version: 2 });
      expect(await kindsTo(email)).toEqual([]);
      await decide(reviewer, { step: 'take_back', id, version: 3 });
      expect(await kindsTo(email)).toEqual(['approved']);
    });
  });

  it('a decision on an entry that a colleague has changed is refused with the colleague’s name', async () => {
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

  it('eight concurrent decisions result in one decision, one audit event and one mail', async () => {
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

  it('approving an attested entry sends no mail', async () => {
    const { letter, reviewer } = await aQueue();
    const attested = await anEndorsement(letter.id, { proof: 'attested' });
    await decide(reviewer, { step: 'approve', id: attested.id, version: 1 });
    expect(await mailsTo(attested.email)).toEqual([]);
  });

  it('entries of other letters and invalid transitions are refused', async () => {
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

describe('corrections of names', () => {
  it('correcting a reading moves the entry to its new position and is audited with before and after', async () => {
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
      (await signatories(letter.id, 'listed')).map((signatory) => signatory.names.en);
    expect(await names()).toEqual(['Kaki', 'Kai']);
    const correction = {
      id: wrong.id,
      version: 1,
      names: { ja: '会', en: 'Kai' },
      reading: 'かい',
    };
    expect(await correct(reviewer, correction)).toEqual({ ok: true });
    expect(await names()).toEqual(['Kai', 'Kaki']);
    expect(await auditOf(wrong.id)).toMatchObject([
      {
        action: 'correct',
        before: { reading: 'わかい' },
        after: { reading: 'かい' },
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
  it('events cannot be changed, deleted or truncated, not even by SQL', async () => {
    const { reviewer, waiting } = await aQueue();
    await decide(reviewer, { step: 'approve', id: waiting.id, version: 1 });
    const refused = /append-only/;
    await expect(
      db()
        .$executeRaw`UPDATE audit_event SET canonical = 'x' WHERE endorsement_id = ${waiting.id}::uuid`,
    ).rejects.toThrow(refused);
    await expect(
      db().$executeRaw`DELETE FROM audit_event WHERE endorsement_id = ${waiting.id}::uuid`,
    ).rejects.toThrow(refused);
    await expect(db().$executeRaw`TRUNCATE audit_event CASCADE`).rejects.toThrow(refused);
    expect(await auditOf(waiting.id)).toHaveLength(1);
  });

  it('an organization is made a coordinating one, and none again', async () => {
    const { letter, reviewer, waiting } = await aQueue();
    const { id } = waiting;
    await decide(reviewer, { step: 'approve', id, version: 1 });
    const set = (version: number, coordinating: boolean) =>
      setCoordinating(reviewer, { id, version, coordinating });
    const before = await versionOf(letter.slug);
    expect(await set(2, true)).toEqual({ ok: true });
    expect(await coordinatingOrganizations(letter.id)).toHaveLength(1);
    expect(await versionOf(letter.slug)).toBe(before + 1);
    expect(await set(2, false)).toMatchObject({ ok: false, reason: 'changed' });
    expect(await set(3, false)).toEqual({ ok: true });
    expect(await coordinatingOrganizations(letter.id)).toEqual([]);
    expect((await auditOf(id)).slice(1)).toMatchObject([
      { action: 'correct', before: { coordinating: 'false' }, after: { coordinating: 'true' } },
      { action: 'correct', before: { coordinating: 'true' }, after: { coordinating: 'false' } },
    ]);
    const unconfirmed = await anEndorsement(letter.id, { state: 'submitted' });
    expect(
      await setCoordinating(reviewer, { id: unconfirmed.id, version: 1, coordinating: true }),
    ).toMatchObject({ ok: false, reason: 'not-possible' });
  });
});
