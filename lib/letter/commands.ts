import type { Db } from '../platform/db/client.ts';

/** Says that what the public sees of a letter has changed. Part of the transaction that changes it. */
export async function markPublicChange(tx: Db, letterId: string): Promise<void> {
  await tx.letter.update({
    where: { id: letterId },
    data: { publicVersion: { increment: 1 }, publicUpdatedAt: new Date() },
  });
}
