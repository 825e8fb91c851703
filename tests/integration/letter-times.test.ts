import { describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db/client';
import { endorse } from '@/tests/support/sign-up';
import { publicLetter, publicLetters } from '@/lib/signatories/public-letter/queries';
import { setArchived, setTimes } from '@/lib/letter/times/commands';
import { lastTimesChange } from '@/lib/letter/times/queries';
import { plainTimes, type Times } from '@/lib/letter/times/rules';
import { auditOf } from '@/tests/support/audit';
import { aLetter, aSignUp, anOwner } from '@/tests/support/factories';
import { refusalOf } from '@/tests/support/refusal';
import { timesFor } from '@/tests/support/managed';

const versionOf = async (id: string) =>
  (await db().letter.findUniqueOrThrow({ where: { id } })).publicVersion;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

async function run(over: Parameters<typeof aLetter>[0] = {}) {
  const letter = await aLetter(over);
  const owner = await anOwner(letter);
  return { letter, owner, seen: await timesFor(owner) };
}

/** An unopened letter with a revision. */
async function published() {
  const letter = await aLetter();
  await db().letter.update({ where: { id: letter.id }, data: { opensAt: null } });
  const owner = await anOwner(letter);
  return { letter, owner, seen: await timesFor(owner) };
}

describe('a letter’s times', () => {
  it('opening a letter makes it public and is audited with the previous state', async () => {
    const { letter, owner, seen } = await published();
    const version = await versionOf(letter.id);
    const now = new Date();
    const wanted = { ...seen, opensAt: now };
    expect(await publicLetter(letter.slug)).toBeNull();
    expect(await setTimes(owner, seen, wanted, now)).toEqual({ ok: true, changed: true });
    expect(await publicLetter(letter.slug)).toMatchObject({ status: 'open' });
    expect(await versionOf(letter.id)).toBe(version + 1);
    expect(await auditOf(letter.id)).toMatchObject([
      {
        action: 'set_times',
        actorId: owner.coordinatorId,
        before: plainTimes(seen),
        after: plainTimes(wanted),
      },
    ]);
    expect(await lastTimesChange(owner)).toMatchObject({ by: owner.email });
  });

  it('a letter without a published revision cannot be opened, which the database enforces too', async () => {
    const { letter, owner, seen } = await run({ opensAt: null });
    const now = new Date();
    expect(await setTimes(owner, seen, { ...seen, opensAt: now }, now)).toEqual({
      ok: false,
      reason: 'unpublished',
    });
    expect(await auditOf(letter.id)).toEqual([]);
    expect(
      await refusalOf(db().letter.update({ where: { id: letter.id }, data: { opensAt: now } })),
    ).toMatch(/^23514 .*letter_opens_published/);
    expect(
      await setTimes(owner, seen, { ...seen, closesAt: inDays(9) }, now),
      'deadlines can be set before',
    ).toMatchObject({ ok: true });
  });

  it('a scheduled opening can be cancelled before its time', async () => {
    const { letter, owner, seen } = await published();
    const planned = { ...seen, opensAt: inDays(1) };
    expect(await setTimes(owner, seen, planned)).toMatchObject({ ok: true });
    expect(await publicLetter(letter.slug)).toBeNull();
    expect(await publicLetter(letter.slug, inDays(2)), 'opens by the clock').toMatchObject({
      status: 'open',
    });
    expect(await setTimes(owner, planned, seen)).toMatchObject({ ok: true });
    expect(await publicLetter(letter.slug, inDays(2))).toBeNull();
  });

  it('the opening time cannot be changed after the opening', async () => {
    const { owner, seen } = await run();
    expect(await setTimes(owner, seen, { ...seen, opensAt: null })).toEqual({
      ok: false,
      reason: 'invalid',
      problems: { opensAt: 'opened' },
    });
  });

  it('extending, closing and reopening write one audit event each', async () => {
    const { letter, owner, seen } = await run();
    const chain: Times[] = [
      {
        ...seen,
        rounds: [{ at: inDays(3), label: { ja: '一次集約' } }],
        closesAt: inDays(5),
      },
      { ...seen, closesAt: inDays(9), timeZone: 'Europe/Berlin' },
      { ...seen, closesAt: inDays(-1) },
      { ...seen, closesAt: null, afterClosing: 'added' },
    ];
    let before = seen;
    for (const after of chain) {
      expect(await setTimes(owner, before, after)).toEqual({ ok: true, changed: true });
      before = after;
    }
    expect(await timesFor(owner)).toEqual(before);
    const audit = await auditOf(letter.id);
    expect(audit.map(({ action, after }) => [action, after])).toEqual(
      chain.map((times) => ['set_times', plainTimes(times)]),
    );
  });

  it('saving unchanged times changes nothing', async () => {
    const { letter, owner, seen } = await run();
    expect(await setTimes(owner, seen, { ...seen })).toEqual({ ok: true, changed: false });
    expect(await auditOf(letter.id)).toEqual([]);
  });
});

describe('concurrent changes of times', () => {
  it('of two owners who save concurrently, one is refused with the other’s name', async () => {
    const { letter, owner, seen } = await run();
    const other = await anOwner(letter);
    const done = await Promise.all([
      setTimes(owner, seen, { ...seen, closesAt: inDays(3) }),
      setTimes(other, seen, { ...seen, closesAt: inDays(5) }),
    ]);
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(done.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'changed' });
    expect(await auditOf(letter.id)).toHaveLength(1);
  });

  it('a colleague’s change of only a label is detected', async () => {
    const { letter, owner, seen } = await run();
    await db().deadlineLabel.create({
      data: { letterId: letter.id, language: 'en', label: 'Last call' },
    });
    expect(await setTimes(owner, seen, { ...seen, closesAt: inDays(3) })).toEqual({
      ok: false,
      reason: 'changed',
    });
  });
});

describe('a letter’s rounds', () => {
  it('are numbered by their deadlines, whatever the order they were entered in, and public', async () => {
    const { letter, owner, seen } = await run();
    const rounds = [3, 1, 2].map((days) => ({ at: inDays(days), label: { en: `Day ${days}` } }));
    const internalDeadlineAt = inDays(8);
    await setTimes(owner, seen, { ...seen, rounds, internalDeadlineAt, closesAt: inDays(9) });
    const stored = await timesFor(owner);
    expect(stored.rounds.map(({ label }) => label.en)).toEqual(['Day 1', 'Day 2', 'Day 3']);
    const shown = (await publicLetter(letter.slug))!;
    expect(shown.rounds).toEqual(stored.rounds);
    expect(JSON.stringify(shown), 'only for coordinators').not.toContain(
      internalDeadlineAt.toISOString(),
    );
    await setTimes(owner, stored, { ...stored, rounds: stored.rounds.slice(1) });
    expect((await timesFor(owner)).rounds).toEqual(stored.rounds.slice(1));
    expect(await auditOf(letter.id)).toMatchObject([
      { action: 'set_times' },
      { action: 'set_times' },
    ]);
  });
});

describe('signing depending on times', () => {
  const closed = { closesAt: new Date('2025-04-20T00:00:00+09:00') };

  it('a closed letter accepts no sign-ups', async () => {
    const { letter } = await run(closed);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
    expect(await db().endorsement.count({ where: { letterId: letter.id } })).toBe(0);
  });

  it('a closed letter accepts sign-ups if late ones are enabled, and again after reopening', async () => {
    const { letter, owner, seen } = await run(closed);
    const added = { ...seen, afterClosing: 'added' as const };
    await setTimes(owner, seen, added);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: true });
    const refused = { ...seen, afterClosing: 'refused' as const };
    await setTimes(owner, added, refused);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
    await setTimes(owner, refused, { ...refused, closesAt: inDays(1) });
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: true });
  });

  it('an archived letter accepts no sign-ups, even if late ones are enabled', async () => {
    const { letter, owner } = await run({ ...closed, afterClosing: 'added' });
    await setArchived(owner, true);
    expect(await endorse(letter.slug, aSignUp())).toEqual({ ok: false, reason: 'closed' });
  });
});

describe('the archive', () => {
  it('an archived letter leaves the list of letters and keeps its page; archiving and restoring are audited', async () => {
    const { letter, owner, seen } = await run();
    const listed = async () => (await publicLetters()).some(({ slug }) => slug === letter.slug);
    expect(await listed()).toBe(true);
    const version = await versionOf(letter.id);
    expect(await setArchived(owner, true)).toEqual({ ok: true });
    expect(await listed()).toBe(false);
    expect(await publicLetter(letter.slug)).toMatchObject({ status: 'archived', signing: 'over' });
    expect(await setTimes(owner, seen, { ...seen, closesAt: inDays(1) })).toEqual({
      ok: false,
      reason: 'archived',
    });
    expect(await setArchived(owner, true), 'twice').toEqual({ ok: false });
    expect(await setArchived(owner, false)).toEqual({ ok: true });
    expect(await setArchived(owner, false), 'twice').toEqual({ ok: false });
    expect(await listed()).toBe(true);
    expect(await versionOf(letter.id)).toBe(version + 2);
    expect((await auditOf(letter.id)).map(({ action }) => action)).toEqual([
      'archive',
      'unarchive',
    ]);
  });

  it('an unopened letter cannot be archived', async () => {
    const { owner } = await published();
    expect(await setArchived(owner, true)).toEqual({ ok: false });
  });
});
