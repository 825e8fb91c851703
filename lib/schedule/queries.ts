import { db } from '../platform/db/client.ts';
import type { Authority } from '../platform/auth/authority.ts';

/** Who set a letter's times last, or moved it into the archive or out, or paused or resumed it, and when; `by` null: the operator. Null: nobody yet. */
export async function lastTimesChange(authority: Authority): Promise<{ by: string | null; at: Date } | null> {
  const last = await db().auditEvent.findFirst({
    where: { letterId: authority.letterId, action: { in: ['set_times', 'archive', 'unarchive', 'pause', 'resume'] } },
    orderBy: { id: 'desc' },
    select: { at: true, actor: { select: { email: true } } },
  });
  return last && { by: last.actor?.email ?? null, at: last.at };
}
