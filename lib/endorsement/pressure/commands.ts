import type { Challenge } from 'altcha-lib';
import { actorOf, type Owner } from '@/lib/coordinator/access';
import { audit } from '@/lib/platform/audit';
import type { Client } from '@/lib/platform/client-address';
import { db } from '@/lib/platform/db/client';
import type { PressureMode } from '@/lib/platform/db/generated/enums';
import { PRESSURE, RATE_LIMITS, SLOW_MAIL_MINUTES } from '@/lib/platform/limits';
import { countSignUpCheck } from '@/lib/platform/metrics/sign-up-checks';
import { countUses } from '@/lib/platform/rate-limits';
import { newChallenge, solvedChallenge, type Solved } from './challenge';
import { recentSignUps } from './queries';
import { isFarAboveUsual, isTimeToLook, slowMailTime, type Pressed } from './rules';

/** What a sign-up says of the work done for it. */
export interface Effort {
  /** The solution of a challenge. */
  solution: string | null;
  /** It comes without one, and its mail may come later. */
  slow: boolean;
}

export const NO_EFFORT: Effort = { solution: null, slow: false };

export type Admitted =
  /** With when its mail leaves, if not at once. */
  | { ok: true; mailAt?: Date }
  | { ok: false; reason: 'pressure'; challenge: Challenge }
  | { ok: false; reason: 'too-many'; retryAfterSeconds: number };

/** Spends a solved challenge. False if that was done before. */
async function spend({ hash, expiresAt }: Solved): Promise<boolean> {
  const { count } = await db().usedChallenge.createMany({
    data: { hash, expiresAt },
    skipDuplicates: true,
  });
  return count === 1;
}

/**
 * Lets a sign-up pass that is under pressure: with a solved challenge, each of which counts once; or
 * without, when its mail waits in a slow lane. Otherwise it is asked to solve one
 * (docs/decisions/0061-sign-ups-under-pressure.md).
 */
export async function admit(
  letter: Pressed & { id: string },
  { network, neighbourhood }: Client,
  { solution, slow }: Effort,
  now: Date,
): Promise<Admitted> {
  const solved = solution === null ? null : await solvedChallenge(solution, letter.id);
  if (solved && (await spend(solved))) {
    countSignUpCheck('solved');
    return { ok: true };
  }
  if (slow) {
    const room = await countUses(
      [{ limit: 'slowNetwork', of: network }],
      [{ limit: 'slowNeighbourhood', of: neighbourhood }],
      [{ limit: 'slowLetter', of: letter.id }],
    );
    if (!room.ok) return { ...room, reason: 'too-many' };
    countSignUpCheck('slow');
    const lane = { ...RATE_LIMITS.slowLetter, leastMinutes: SLOW_MAIL_MINUTES };
    return { ok: true, mailAt: slowMailTime(room.counts.slowLetter, lane, now) };
  }
  const room = await countUses(
    [{ limit: 'challengeNetwork', of: network }],
    [{ limit: 'challengeLetter', of: letter.id }],
  );
  if (!room.ok) return { ...room, reason: 'too-many' };
  const asked = room.counts.challengeLetter?.points ?? 0;
  await watchPressure(letter, asked, now, asked);
  countSignUpCheck('challenged');
  return { ok: false, reason: 'pressure', challenge: await newChallenge(letter.id, now) };
}

/**
 * Notes when a letter has far more sign-ups than usual, now and then.
 * @param points what is counted of it, by which it is looked at now or not
 * @param asked how many were asked for a solution in the last minutes. They count like sign-ups, so
 *   that pressure does not end while nobody solves anything.
 */
export async function watchPressure(
  letter: Pressed & { id: string },
  points: number,
  now: Date,
  asked = 0,
): Promise<void> {
  if (!isTimeToLook(letter, points, now, PRESSURE)) return;
  const { recent, before } = await recentSignUps(letter.id, now);
  if (!isFarAboveUsual({ recent: Math.max(recent, asked), before }, PRESSURE)) return;
  const until = new Date(now.getTime() + PRESSURE.lastsMinutes * 60_000);
  // Whoever decides on entries holds the letter's lock: no sign-up waits for that.
  await db().$executeRaw`
    UPDATE letter SET pressure_until = ${until} WHERE id = (
      SELECT id FROM letter WHERE id = ${letter.id}::uuid FOR NO KEY UPDATE SKIP LOCKED)`;
}

/** Sets whether a letter's sign-ups have to show work. False if that changes nothing. */
export async function setPressure(owner: Owner, pressure: PressureMode): Promise<boolean> {
  const { letterId } = owner;
  return db().$transaction(async (tx) => {
    const before = await tx.letter.findUniqueOrThrow({
      where: { id: letterId },
      select: { pressure: true },
    });
    const { count } = await tx.letter.updateMany({
      where: { id: letterId, pressure: { not: pressure } },
      data: { pressure },
    });
    if (count === 0) return false;
    await audit(tx, {
      letterId,
      actor: actorOf(owner),
      action: 'set_pressure',
      before,
      after: { pressure },
    });
    return true;
  });
}
