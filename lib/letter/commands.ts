import type { Db } from '@/lib/platform/db/client';

/**
 * Whoever changes what hangs on a letter (its text, its list, an endorsement in it) locks the letter first and waits for
 * who does so already: one order of locks for all, so that nobody waits in a circle. Sign-ups and confirmations, which
 * only refer to the letter, do not wait.
 */
export async function lockLetter(tx: Db, letterId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM letter WHERE id = ${letterId}::uuid FOR NO KEY UPDATE`;
}

/** Says that what the public sees of a letter has changed. Part of the transaction that changes it. */
export async function markPublicChange(tx: Db, letterId: string): Promise<void> {
  await tx.letter.update({
    where: { id: letterId },
    data: { publicVersion: { increment: 1 }, publicUpdatedAt: new Date() },
  });
}
