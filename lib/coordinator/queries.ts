import { db } from '@/lib/platform/db/client';

/** The addresses of the instance's administrators, for coordinators who need one. */
export async function administrators(): Promise<string[]> {
  const rows = await db().coordinator.findMany({
    where: { isAdministrator: true, deactivatedAt: null },
    orderBy: { email: 'asc' },
    select: { email: true },
  });
  return rows.map(({ email }) => email);
}

/** Whether anybody administers the instance. */
export async function hasAdministrator(): Promise<boolean> {
  return (
    (await db().coordinator.count({ where: { isAdministrator: true, deactivatedAt: null } })) > 0
  );
}
