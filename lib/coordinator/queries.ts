import { db } from '../platform/db/client.ts';

/** Whether anybody administers the instance. */
export async function hasAdministrator(): Promise<boolean> {
  return (await db().coordinator.count({ where: { isAdministrator: true, deactivatedAt: null } })) > 0;
}
