import type { LetterAccess } from '@/lib/coordinator/access';
import { db } from '@/lib/platform/db/client';

/** Notes that a coordinator has opened an entry. One statement, which waits for no letter's lock. */
export async function markOpened(
  { coordinatorId, letterId }: LetterAccess,
  endorsementId: string,
): Promise<void> {
  await db().$executeRaw`
    INSERT INTO entry_presence (endorsement_id, coordinator_id, opened_at)
    SELECT id, ${coordinatorId}::uuid, now() FROM endorsement
    WHERE id = ${endorsementId}::uuid AND letter_id = ${letterId}::uuid
    ON CONFLICT (endorsement_id, coordinator_id) DO UPDATE SET opened_at = excluded.opened_at`;
}
