import { db } from '@/lib/platform/db/client';
import { PRESSURE, RATE_LIMITS } from '@/lib/platform/limits';
import { mostBefore } from './rules';

/** The limit of a letter lets no more pass in the time. */
const { points, seconds } = RATE_LIMITS.signUpLetter;
const RECENT_MOST = Math.ceil((points * PRESSURE.minutes * 60) / seconds);
const BEFORE_MOST = mostBefore(RECENT_MOST, PRESSURE);

/**
 * How many sign-ups a letter had in the last minutes, and in the hours before. Counted in an index,
 * and only as far as it matters.
 */
export async function recentSignUps(
  letterId: string,
  now: Date,
): Promise<{ recent: number; before: number }> {
  const recent = new Date(now.getTime() - PRESSURE.minutes * 60_000);
  const usual = new Date(recent.getTime() - PRESSURE.usualHours * 3_600_000);
  const [counts] = await db().$queryRaw<{ recent: number; before: number }[]>`
    SELECT (SELECT count(*)::int FROM (SELECT FROM sign_up_origin
        WHERE letter_id = ${letterId}::uuid AND at > ${recent} LIMIT ${RECENT_MOST}) AS one) AS recent,
      (SELECT count(*)::int FROM (SELECT FROM sign_up_origin
        WHERE letter_id = ${letterId}::uuid AND at <= ${recent} AND at > ${usual} LIMIT ${BEFORE_MOST}) AS one) AS before`;
  return counts!;
}
