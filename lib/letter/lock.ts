import type { Db } from '@/lib/platform/db/client';

/**
 * Locks a letter's row until the transaction ends. Every transaction that changes data of a letter
 * (its text, list or endorsements) calls this first; this common lock order prevents deadlocks.
 * Sign-ups and confirmations, which only reference the letter, do not wait for it.
 */
export async function lockLetter(tx: Db, letterId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
}

/**
 * Increments a letter's public version, in the transaction that changes its public data. Server
 * processes poll the version to invalidate their page caches (lib/platform/page-cache/watcher.ts).
 */
export async function markPublicChange(tx: Db, letterId: string): Promise<void> {
  await tx.letter.update({
    where: { id: letterId },
    data: { publicVersion: { increment: 1 }, publicUpdatedAt: new Date() },
  });
}
