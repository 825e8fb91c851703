import { db } from '@/lib/platform/db/client';

/**
 * The addresses of the instance's administrators, shown to coordinators who need to contact one.
 */
export async function administrators(): Promise<string[]> {
  const rows = await db().coordinator.findMany({
    where: { isAdministrator: true, deactivatedAt: null },
    orderBy: { email: 'asc' },
    select: { email: true },
  });
  return rows.map(({ email }) => email);
}

/** Whether the instance has an active administrator. */
export async function hasAdministrator(): Promise<boolean> {
  return (
    (await db().coordinator.count({ where: { isAdministrator: true, deactivatedAt: null } })) > 0
  );
}
