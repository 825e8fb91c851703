import { db, type Db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import type { LetterAccess, Owner } from '@/lib/coordinator/access';
import type { Prisma } from '@/lib/platform/db/generated/client';
import { byLanguage, type ByLanguage } from '@/lib/platform/languages';
import type { Round, Times } from './rules';

/**
 * Whether an owner may set the opening time. A person's first letter has to be opened by an
 * administrator, unless FIRST_OPENING_BY permits owners; anyone who has owned an opened letter may
 * open further ones.
 */
export async function mayOpen(
  { coordinatorId }: Owner,
  now: Date,
  on: Db = db(),
): Promise<boolean> {
  if (env().FIRST_OPENING_BY === 'owners') return true;
  const trusted = await on.coordinator.count({
    where: {
      id: coordinatorId,
      OR: [
        { isAdministrator: true },
        { roles: { some: { role: 'owner', letter: { opensAt: { lte: now } } } } },
      ],
    },
  });
  return trusted > 0;
}

/**
 * Who last changed a letter's times, archived or restored it, or paused or resumed it, and when;
 * `by` null: an operator. Null if nobody has yet.
 */
export async function lastTimesChange(
  authority: LetterAccess,
): Promise<{ by: string | null; at: Date } | null> {
  const last = await db().auditEvent.findFirst({
    where: {
      letterId: authority.letterId,
      action: { in: ['set_times', 'archive', 'unarchive', 'pause', 'resume'] },
    },
    orderBy: { id: 'desc' },
    select: { at: true, actor: { select: { email: true } } },
  });
  return last && { by: last.actor?.email ?? null, at: last.at };
}

/** The Prisma selection for {@link toTimes}. */
export const timesFields = {
  timeZone: true,
  opensAt: true,
  internalDeadlineAt: true,
  closesAt: true,
  afterClosing: true,
  rounds: {
    orderBy: { number: 'asc' },
    select: { deadlineAt: true, label: true },
  },
  deadlineLabels: { select: { language: true, label: true } },
} as const satisfies Prisma.LetterSelect;

/** A letter's rounds, from their rows. */
export const toRounds = (rounds: { deadlineAt: Date; label: Prisma.JsonValue }[]): Round[] =>
  rounds.map(({ deadlineAt, label }) => ({ at: deadlineAt, label: label as ByLanguage }));

/** A letter's times with the labels of its deadlines, from its row. */
export function toTimes({
  rounds,
  deadlineLabels,
  timeZone,
  opensAt,
  internalDeadlineAt,
  closesAt,
  afterClosing,
}: Prisma.LetterGetPayload<{ select: typeof timesFields }>): Times {
  return {
    timeZone,
    opensAt,
    rounds: toRounds(rounds),
    internalDeadlineAt,
    closesAt,
    closesLabel: byLanguage(deadlineLabels, ({ label }) => label),
    afterClosing,
  };
}
