import type { Db } from '@/lib/platform/db/client';

/**
 * Locks a letter's row until the transaction ends. Whoever changes what belongs to a letter (its text, its list, an
 * endorsement of it) calls this first: one lock order for all prevents deadlocks. Sign-ups and confirmations, which only
 * refer to the letter, do not wait for it.
 */
export async function lockLetter(tx: Db, letterId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
}

/**
 * Records that what the public sees of a letter has changed, in the transaction that changes it. Server processes watch
 * the version and invalidate their cached pages (lib/platform/page-cache/watcher.ts).
 */
export async function markPublicChange(tx: Db, letterId: string): Promise<void> {
  await tx.letter.update({
    where: { id: letterId },
    data: { publicVersion: { increment: 1 }, publicUpdatedAt: new Date() },
  });
}
