import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { deliver, type Delivered } from '@/lib/delivery/commands';
import { publicDelivery } from '@/lib/delivery/queries';
import { renewOutdated } from '@/lib/endorsement/renewal/commands';
import { lockLetter, markPublicChange } from '@/lib/letter/lock';
import { listSettings } from '@/lib/letter/list-settings';
import { pinEntry, saveListSettings } from '@/lib/signatories/settings/commands';
import { namesOf } from '@/lib/organization/names';
import { ORDER_VERSION, sortKey } from '@/lib/organization/order';
import { signatories } from '@/lib/signatories/queries';
import { correct, decide } from '@/lib/endorsement/review/commands';
import { setTimes } from '@/lib/letter/times/commands';
import type { Times } from '@/lib/letter/times/rules';
import { aSignedLetter, asSeen } from '@/tests/support/delivery';
import { anEndorsement, anOwner } from '@/tests/support/factories';
import { untilWaiting } from '@/tests/support/locks';

/** A letter's times as in the times form. */
const timesOf = ({
  timeZone,
  opensAt,
  afterClosing,
}: Pick<Times, 'timeZone' | 'opensAt' | 'afterClosing'>): Times => ({
  timeZone,
  opensAt,
  rounds: [],
  internalDeadlineAt: null,
  closesAt: null,
  closesLabel: {},
  afterClosing,
});

describe('concurrent actions of coordinators', () => {
  it('of two owners who deliver concurrently, one succeeds and the other is refused', async () => {
    const { letter, owner } = await aSignedLetter();
    const colleague = await anOwner(letter);
    const seen = await asSeen(letter.slug);
    const answers = await Promise.all([
      deliver(owner, seen),
      deliver(colleague, seen),
      deliver(owner, seen),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const answer of answers)
      if (!answer.ok) expect(answer).toEqual({ ok: false, reason: 'running' });
    expect(await db().delivery.count({ where: { letterId: letter.id } })).toBe(1);
    expect(await db().auditEvent.count({ where: { letterId: letter.id, action: 'deliver' } })).toBe(
      1,
    );
  });

  it('decisions during a delivery come before or after it, without deadlocks', async () => {
    const { letter, owner, alpha, beta } = await aSignedLetter();
    const waiting = await Promise.all(
      Array.from({ length: 6 }, (_, n) => anEndorsement(letter.id, { nameEn: `Waiting ${n}` })),
    );
    const reviewer = await anOwner(letter);
    const tries: Promise<Delivered>[] = [];
    const decisions = [
      ...waiting.map(
        ({ id }) =>
          () =>
            decide(reviewer, { step: 'approve', id, version: 1 }),
      ),
      () => decide(reviewer, { step: 'withdraw', id: alpha.id, version: 1 }),
      () =>
        correct(reviewer, {
          id: beta.id,
          version: 1,
          names: { en: 'Beta Renamed' },
          reading: null,
        }),
    ];
    const seen = await asSeen(letter.slug);
    const done = await Promise.all(
      decisions.map((decision, index) => {
        tries.push(deliver(owner, { ...seen, seen: { version: seen.seen.version + (index % 4) } }));
        return decision();
      }),
    );
    expect(done.every((answer) => answer.ok)).toBe(true);
    // Each used a version of the letter that could have been shown; all are different.
    const numbers = (await Promise.all(tries)).flatMap((answer) =>
      answer.ok && answer.number !== null ? [answer.number] : [],
    );
    expect(numbers.toSorted()).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeLessThanOrEqual(4);
    for (const number of numbers) {
      const { content } = (await publicDelivery(letter.id, number))!;
      expect(await db().deliveryEntry.count({ where: { letterId: letter.id, number } })).toBe(
        content.counts.total,
      );
    }
  });

  it('a delivery waits for a withdrawal in progress and includes it in its counts', async () => {
    const { letter, owner, beta } = await aSignedLetter();
    const seen = await asSeen(letter.slug);
    let delivery: Promise<Delivered> | undefined;
    await db().$transaction(async (tx) => {
      await lockLetter(tx, letter.id);
      delivery = deliver(owner, seen);
      await untilWaiting(1);
      await tx.endorsement.update({
        where: { id: beta.id },
        data: { state: 'withdrawn', withdrawnBy: 'representative', decidedAt: new Date() },
      });
      await markPublicChange(tx, letter.id);
    });
    expect(await delivery).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 2, delivery: null },
    });
  });

  it('a delivery waits for an approval in progress and includes it in its counts', async () => {
    const { letter, owner } = await aSignedLetter();
    const waiting = await anEndorsement(letter.id);
    const seen = await asSeen(letter.slug);
    let delivery: Promise<Delivered> | undefined;
    await db().$transaction(async (tx) => {
      await lockLetter(tx, letter.id);
      const { id: organizationId } = await tx.organization.create({ data: { country: 'JP' } });
      await tx.endorsement.update({
        where: { id: waiting.id },
        data: { state: 'approved', organizationId },
      });
      await markPublicChange(tx, letter.id);
      delivery = deliver(owner, seen);
      await untilWaiting(1);
    });
    expect(await delivery).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 4, delivery: null },
    });
  });

  it('concurrent changes of order, pins, decisions, names and times cause no deadlock, and every position follows the last order', async () => {
    const { letter, owner, alpha, beta } = await aSignedLetter();
    const reviewer = await anOwner(letter);
    const waiting = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        anEndorsement(letter.id, {
          nameJa: null,
          reading: null,
          nameEn: `Waiting ${String(n).padStart(2, '0')}`,
        }),
      ),
    );
    const [japanese, english] = [listSettings({}), listSettings({ by: 'english' })];
    const changeOrder = async () => {
      for (let n = 0; n < 6; n += 1) {
        const answer = await saveListSettings(
          owner,
          n % 2 ? { settings: japanese, seen: english } : { settings: english, seen: japanese },
        );
        expect(answer).toEqual({ ok: true, changed: true });
      }
    };
    const pins = async () => {
      for (const id of [alpha.id, beta.id, alpha.id])
        await pinEntry(owner, { id, place: 'last', seen: { first: [], last: [] } });
    };
    const correctAll = async () => {
      for (const [version, nameEn] of ['Beta A', 'Beta B', 'Beta C'].entries())
        await correct(reviewer, {
          id: beta.id,
          version: version + 1,
          names: { en: nameEn },
          reading: null,
        });
    };
    const [, , , approvals] = await Promise.all([
      changeOrder(),
      pins(),
      correctAll(),
      Promise.all(waiting.map(({ id }) => decide(reviewer, { step: 'approve', id, version: 1 }))),
      setTimes(owner, timesOf(letter), {
        ...timesOf(letter),
        closesAt: new Date(Date.now() + 86_400_000),
      }),
    ]);
    expect(approvals.every(({ ok }) => ok)).toBe(true);
    const listed = await db().endorsement.findMany({
      where: { letterId: letter.id, state: 'approved' },
      select: { sortKey: true, submittedAt: true, names: true, visibility: true },
    });
    expect(listed).toHaveLength(33);
    for (const row of listed)
      expect(row.sortKey).toBe(
        row.visibility === 'named'
          ? sortKey({ ...namesOf(row.names), signedAt: row.submittedAt }, japanese)
          : '',
      );
  });

  it('an organization that signed under an older order gets its position by the current one on approval', async () => {
    const { letter, owner } = await aSignedLetter();
    const late = await anEndorsement(letter.id, {
      nameJa: 'あ会',
      reading: 'あかい',
      nameEn: 'Late',
    });
    expect(
      await saveListSettings(owner, {
        settings: listSettings({ by: 'date' }),
        seen: listSettings({}),
      }),
    ).toEqual({ ok: true, changed: true });
    // As left by a sign-up that read the settings just before they were saved.
    await db().endorsement.update({ where: { id: late.id }, data: { sortKey: late.sortKey } });
    await decide(await anOwner(letter), { step: 'approve', id: late.id, version: 1 });
    expect((await signatories(letter.id, 'listed')).map(({ names }) => names.en)).toEqual([
      'Alpha',
      'Beta',
      'Late',
    ]);
  });

  it('servers that start concurrently recompute sort keys of an older version once', async () => {
    const { letter, alpha } = await aSignedLetter();
    await db().endorsement.update({
      where: { id: alpha.id },
      data: { sortKey: 'old', searchText: 'old' },
    });
    const { publicVersion } = await db().letter.update({
      where: { id: letter.id },
      data: { orderVersion: 0 },
    });
    await Promise.all([renewOutdated(), renewOutdated(), renewOutdated()]);
    const { sortKey, searchText } = await db().endorsement.findUniqueOrThrow({
      where: { id: alpha.id },
    });
    expect([sortKey, searchText]).toEqual([alpha.sortKey, alpha.searchText]);
    expect(await db().letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      orderVersion: ORDER_VERSION,
      publicVersion: publicVersion + 1,
    });
  });
});
