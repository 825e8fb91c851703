import { auditSides } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';

/** The audit events of a letter, oldest first, with their before and after. */
export async function auditOf(letterId: string) {
  const events = await db().auditEvent.findMany({
    where: { letterId },
    orderBy: { sequence: 'asc' },
    include: { values: true },
  });
  return events.map(({ canonical, values, ...event }) => ({
    ...event,
    ...auditSides(canonical, values),
  }));
}
