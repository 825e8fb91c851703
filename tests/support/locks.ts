import { expect, vi } from 'vitest';
import { db } from '@/lib/platform/db/client';

/** Waits until this number of the database's connections wait for a lock. */
export async function untilWaiting(connections: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const waiting = await db().$queryRaw<unknown[]>`
        SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
      expect(waiting).toHaveLength(connections);
    },
    { timeout: 20_000, interval: 20 },
  );
}
