import { expect, vi } from 'vitest';
import { db, type Db } from '@/lib/platform/db/client';

/** Waits until somebody else's transaction waits for a lock that this one holds. */
export async function somebodyWaits(tx: Db): Promise<void> {
  const [holder] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  await vi.waitFor(
    async () => {
      const waiting = await db().$queryRaw<unknown[]>`
        SELECT pid FROM pg_stat_activity WHERE ${holder!.pid} = ANY(pg_blocking_pids(pid))`;
      expect(waiting.length).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 20 },
  );
}
