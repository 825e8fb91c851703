import type { LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';
import { PRESENCE_MINUTES } from '@/lib/platform/limits';

/** The addresses of other coordinators who have opened an entry in the last minutes. */
export async function othersAt(
  { coordinatorId, letterId }: LetterAccess,
  endorsementId: string,
): Promise<string[]> {
  const rows = await db().entryPresence.findMany({
    where: {
      endorsementId,
      endorsement: { letterId },
      coordinatorId: { not: coordinatorId },
      openedAt: { gt: new Date(Date.now() - PRESENCE_MINUTES * 60_000) },
    },
    orderBy: { openedAt: 'asc' },
    select: { coordinator: { select: { email: true } } },
  });
  return rows.map(({ coordinator }) => coordinator.email);
}
