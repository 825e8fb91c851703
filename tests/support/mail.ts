import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { unseal } from '@/lib/platform/tokens';

/** The outbox's rows to an address, oldest first. */
export async function mailsTo(email: string) {
  return db().mail.findMany({
    where: { toKey: email.toLowerCase() },
    orderBy: [{ createdAt: 'asc' }],
  });
}

/** The token in the link of an unsent mail. */
export function tokenOf(mail: { sealedToken: Uint8Array | null }): string {
  return unseal(mail.sealedToken!, env().APP_SECRET);
}
