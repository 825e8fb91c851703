import { describe, expect, it, vi } from 'vitest';
import type { Owner } from '@/lib/coordinator/access';
import { deliver } from '@/lib/delivery/commands';
import { typesetter } from '@/lib/delivery/pdf/typesetter';
import type { ToDeliver } from '@/lib/delivery/schema';
import { decide } from '@/lib/endorsement/review/commands';
import { db } from '@/lib/platform/db/client';
import { aLetter, anEndorsement, anOwner } from '@/tests/support/factories';
import { approved, aSignedLetter, asSeen } from '@/tests/support/delivery';

describe('an owner cannot deliver', () => {
  const refused = async (owner: Owner, what: ToDeliver) => {
    const done = await deliver(owner, what);
    expect(await db().delivery.count({ where: { letterId: owner.letterId } })).toBe(0);
    expect(
      await db().auditEvent.count({ where: { letterId: owner.letterId, action: 'deliver' } }),
    ).toBe(0);
    return done;
  };
  const what = (seen: ToDeliver['seen']): ToDeliver => ({
    tally: 'final',
    round: null,
    label: {},
    addressee: { en: 'M' },
    seen,
    tells: false,
  });

  it('a letter that has not opened', async () => {
    for (const opensAt of [null, new Date(Date.now() + 86_400_000)]) {
      const letter = await aLetter({ opensAt });
      await (opensAt ? approved(letter.id, 'Alpha') : null);
      expect(await refused(await anOwner(letter), what({ version: letter.publicVersion }))).toEqual(
        { ok: false, reason: 'draft' },
      );
    }
  });

  it('a letter without signatories', async () => {
    const letter = await aLetter();
    await anEndorsement(letter.id);
    expect(await refused(await anOwner(letter), what({ version: letter.publicVersion }))).toEqual({
      ok: false,
      reason: 'empty',
    });
  });

  it('a letter that has changed since it was shown, and is told its current state', async () => {
    const { letter, owner, alpha } = await aSignedLetter();
    const seen = await asSeen(letter.slug);
    const waiting = await anEndorsement(letter.id);
    expect(await decide(owner, { step: 'approve', id: waiting.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await refused(owner, seen)).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 4, delivery: null },
    });
    // The same number of signatories as was shown, but different ones.
    expect(await decide(owner, { step: 'withdraw', id: alpha.id, version: 1 })).toMatchObject({
      ok: true,
    });
    expect(await refused(owner, seen)).toEqual({
      ok: false,
      reason: 'changed',
      now: { revision: 1, total: 3, delivery: null },
    });
  });

  it('if the typesetting process is killed or exceeds its limits, but can at the next attempt', async () => {
    const { letter, owner } = await aSignedLetter();
    const seen = await asSeen(letter.slug);
    const { set, pid } = typesetter();
    // A separate child process, since killing an idle one would go unnoticed.
    if (pid()) process.kill(pid()!, 'SIGKILL');
    await expect.poll(pid).toBeUndefined();
    const killed = refused(owner, seen);
    await expect.poll(pid, { interval: 1, timeout: 10_000 }).toBeDefined();
    process.kill(pid()!, 'SIGKILL');
    expect(await killed).toEqual({ ok: false, reason: 'no-pdf' });

    for (const [limits, reason] of [
      [{ timeMs: 1 }, 'too-large'],
      [{ memoryMiB: 1, timeMs: 30_000 }, 'too-large'],
    ] as const) {
      const limited = vi
        .spyOn(typesetter(), 'set')
        .mockImplementation((job, usual) => set(job, { ...usual, ...limits }));
      expect(await refused(owner, seen)).toEqual({ ok: false, reason });
      limited.mockRestore();
    }
    expect(await deliver(owner, seen)).toMatchObject({ ok: true, number: 1 });
  });
});
