import { describe, expect, it } from 'vitest';
import {
  answerRequest,
  requestAgain,
  recordReaffirmation,
} from '@/lib/revision/reaffirmation/commands';
import {
  reaffirmation,
  reaffirmationCounts,
  reaffirmationSignatories,
} from '@/lib/revision/reaffirmation/queries';
import { db } from '@/lib/platform/db/client';
import { newToken } from '@/lib/platform/tokens';
import { auditOf } from '@/tests/support/audit';
import { anEndorsement } from '@/tests/support/factories';
import { mailsTo } from '@/tests/support/mail';
import { publishAs, write, aLetterInReaffirmation, askedToken } from '@/tests/support/publishing';

describe('answering a request to reaffirm', () => {
  it('100 representatives who each answer twice concurrently are counted once each', async () => {
    const { letter, owner, endorsements } = await aLetterInReaffirmation(100);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    const said = endorsements.map((_, n): 'withdrawn' | 'affirmed' =>
      n % 4 === 0 ? 'withdrawn' : 'affirmed',
    );
    const answers = await Promise.all(
      tokens.flatMap((token, n) => [
        answerRequest(token, said[n]!, 2),
        answerRequest(token, said[n]!, 2),
      ]),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(100);
    expect(await reaffirmationCounts(owner, 2)).toEqual({
      waiting: 0,
      affirmed: 75,
      withdrawn: 25,
    });
    const rows = await db().endorsement.groupBy({
      by: ['state', 'revision', 'version'],
      where: { letterId: letter.id },
      _count: { _all: true },
      orderBy: { state: 'asc' },
    });
    expect(rows).toEqual([
      { state: 'approved', revision: 2, version: 2, _count: { _all: 75 } },
      { state: 'withdrawn', revision: 1, version: 2, _count: { _all: 25 } },
    ]);
    const audit = await db().auditEvent.groupBy({
      by: ['action', 'actorId', 'actorKind'],
      where: { letterId: letter.id, endorsementId: { not: null } },
      _count: { _all: true },
      orderBy: { action: 'asc' },
    });
    expect(audit).toEqual([
      { action: 'withdraw', actorId: null, actorKind: 'representative', _count: { _all: 25 } },
      { action: 'reaffirm', actorId: null, actorKind: 'representative', _count: { _all: 75 } },
    ]);
  }, 60_000);

  it('of two different concurrent answers, one is recorded', async () => {
    const { endorsements } = await aLetterInReaffirmation(10);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    const answers = await Promise.all(
      tokens.flatMap((token) => [
        answerRequest(token, 'affirmed', 2),
        answerRequest(token, 'withdrawn', 2),
      ]),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  });

  it('opening the link changes nothing', async () => {
    const { endorsements } = await aLetterInReaffirmation(1);
    const { id, email } = endorsements[0]!;
    const before = await db().endorsement.findUniqueOrThrow({ where: { id } });
    const token = await askedToken(email);
    const looks = await Promise.all(Array.from({ length: 50 }, () => reaffirmation(token)));
    expect(new Set(looks.map(({ state }) => state))).toEqual(new Set(['open']));
    expect(await db().endorsement.findUnique({ where: { id } })).toEqual(before);
    expect(await db().reaffirmation.findFirst({ where: { endorsementId: id } })).toMatchObject({
      answer: null,
      answeredAt: null,
    });
  });

  it('a forged or damaged link reveals and changes nothing', async () => {
    for (const token of [newToken(), '', 'x'.repeat(10_000), '\u0000', "' OR 1=1 --"]) {
      expect(await reaffirmation(token)).toEqual({ state: 'unknown' });
      expect(await answerRequest(token, 'affirmed', 2)).toEqual({ ok: false, reason: 'unknown' });
    }
  });

  it('an expired link says so, and the signatory counts as waiting', async () => {
    const { owner, endorsements } = await aLetterInReaffirmation(1);
    const token = await askedToken(endorsements[0]!.email);
    await db().reaffirmation.updateMany({
      where: { endorsementId: endorsements[0]!.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await reaffirmation(token)).toMatchObject({ state: 'expired' });
    expect(await answerRequest(token, 'affirmed', 2)).toEqual({ ok: false, reason: 'expired' });
    expect(await reaffirmationCounts(owner, 2)).toMatchObject({ waiting: 1 });
  });

  it('a representative reaffirms the text that their page showed, including later corrections', async () => {
    const { letter, owner, endorsements } = await aLetterInReaffirmation(2);
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    await write(letter, { body: 'Another text!' });
    await publishAs(owner, 'correction');
    expect(await answerRequest(tokens[0]!, 'affirmed', 1)).toEqual({
      ok: false,
      reason: 'changed',
    });
    await answerRequest(tokens[0]!, 'affirmed', 2);
    expect(await reaffirmation(tokens[1]!)).toMatchObject({
      state: 'open',
      content: { number: 3 },
    });
    await answerRequest(tokens[1]!, 'affirmed', 3_000_000);
    const rows = await db().endorsement.findMany({ where: { letterId: letter.id } });
    expect(rows.map(({ id, revision }) => [id, revision]).sort()).toEqual(
      [
        [endorsements[0]!.id, 2],
        [endorsements[1]!.id, 3],
      ].sort(),
    );
  });

  it('a signatory can reaffirm a letter that is closed or archived', async () => {
    for (const over of [{ closesAt: new Date(Date.now() - 1) }, { archivedAt: new Date() }]) {
      const { letter, endorsements } = await aLetterInReaffirmation(1);
      await db().letter.update({ where: { id: letter.id }, data: over });
      expect(
        await answerRequest(await askedToken(endorsements[0]!.email), 'affirmed', 2),
      ).toMatchObject({
        ok: true,
      });
    }
  });

  it('a signatory can withdraw before the review, but not after a decline', async () => {
    const { endorsements } = await aLetterInReaffirmation(2);
    const [waiting, declined] = endorsements;
    const tokens = await Promise.all(endorsements.map(({ email }) => askedToken(email)));
    await db().endorsement.update({ where: { id: waiting!.id }, data: { state: 'verified' } });
    await db().endorsement.update({ where: { id: declined!.id }, data: { state: 'declined' } });
    expect(await answerRequest(tokens[0]!, 'withdrawn', 2)).toMatchObject({ ok: true });
    expect(await db().endorsement.findUnique({ where: { id: waiting!.id } })).toMatchObject({
      state: 'withdrawn',
    });
    expect(await answerRequest(tokens[1]!, 'withdrawn', 2)).toEqual({
      ok: false,
      reason: 'closed',
    });
    expect(await reaffirmation(tokens[0]!)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('signatories who have not answered', () => {
  it('an owner can send a reminder at most once in 24 hours, which invalidates the older link', async () => {
    const { owner, endorsements } = await aLetterInReaffirmation(1);
    const { id, email } = endorsements[0]!;
    const old = await askedToken(email);
    expect(await requestAgain(owner, id)).toEqual({ ok: false, reason: 'too-soon' });
    const tomorrow = new Date(Date.now() + 24 * 3_600_000 + 60_000);
    expect(await reaffirmationSignatories(owner, 2, 'waiting', 1)).toMatchObject([
      { id, canAskAgain: false },
    ]);
    expect(await reaffirmationSignatories(owner, 2, 'waiting', 1, tomorrow)).toMatchObject([
      { id, canAskAgain: true },
    ]);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => requestAgain(owner, id, tomorrow)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await mailsTo(email)).filter(({ kind }) => kind === 'reaffirm')).toHaveLength(1); // the first had not been sent yet
    expect(await reaffirmation(old)).toEqual({ state: 'unknown' });
    expect(await answerRequest(await askedToken(email), 'affirmed', 2)).toMatchObject({ ok: true });
    expect(await requestAgain(owner, id, new Date(tomorrow.getTime() + 48 * 3_600_000))).toEqual({
      ok: false,
      reason: 'not-asked',
    });
    expect(
      await db().auditEvent.count({
        where: { endorsementId: id, action: 'request_reaffirmation', actorId: owner.coordinatorId },
      }),
    ).toBe(1);
  });

  it('an owner can send a request to a signatory that joined the list later', async () => {
    const { letter, owner } = await aLetterInReaffirmation(0);
    const late = await anEndorsement(letter.id, { state: 'approved' });
    expect(await reaffirmationSignatories(owner, 2, 'waiting', 1)).toMatchObject([
      { id: late.id, askedAt: null, canAskAgain: true },
    ]);
    expect(await requestAgain(owner, late.id)).toEqual({ ok: true });
    expect(await reaffirmation(await askedToken(late.email))).toMatchObject({ state: 'open' });
  });

  it('an owner can record an answer received without the link', async () => {
    const { letter, owner } = await aLetterInReaffirmation(0);
    const attested = await anEndorsement(letter.id, { state: 'approved', proof: 'attested' });
    expect(await requestAgain(owner, attested.id)).toEqual({ ok: false, reason: 'not-asked' });
    expect(await recordReaffirmation(owner, attested.id, 1)).toEqual({
      ok: false,
      reason: 'changed',
    });
    const results = await Promise.all([
      recordReaffirmation(owner, attested.id, 2),
      recordReaffirmation(owner, attested.id, 2),
    ]);
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true }]);
    expect(await db().endorsement.findUnique({ where: { id: attested.id } })).toMatchObject({
      revision: 2,
      signedRevision: 1,
      version: 2,
    });
    expect(await reaffirmationSignatories(owner, 2, 'affirmed', 1)).toMatchObject([
      { id: attested.id, recordedBy: owner.email },
    ]);
    const [event, ...more] = (await auditOf(letter.id)).filter(
      ({ endorsementId }) => endorsementId === attested.id,
    );
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      action: 'reaffirm',
      actorKind: 'coordinator',
      actorId: owner.coordinatorId,
      before: { revision: '1' },
      after: { revision: '2' },
    });
  });

  it('an owner of another letter can neither send reminders nor record answers', async () => {
    const { endorsements } = await aLetterInReaffirmation(1);
    const { owner } = await aLetterInReaffirmation(0);
    expect(
      await requestAgain(owner, endorsements[0]!.id, new Date(Date.now() + 48 * 3_600_000)),
    ).toEqual({ ok: false, reason: 'not-asked' });
    expect(await recordReaffirmation(owner, endorsements[0]!.id, 2)).toEqual({
      ok: false,
      reason: 'not-asked',
    });
  });
});
