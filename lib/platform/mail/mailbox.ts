import { db } from '@/lib/platform/db/client';
import type { MailboxMessage, PrismaClient } from '@/lib/platform/db/generated/client';
import type { Transport } from './message';

/** "Sends" to a table that /dev/mailbox shows to this machine. A repeated message replaces itself. */
export function mailboxTransport(client: PrismaClient): Transport {
  return {
    async send({ id, to, subject, html, text }) {
      const content = { to, subject, html, text };
      await client.mailboxMessage.upsert({
        where: { id },
        create: { id, ...content },
        update: content,
      });
      return {};
    },
  };
}

const MOST_SHOWN = 100;

/** The newest 100 messages of the local mailbox, newest first; `to` narrows them to one recipient. */
export async function newestMessages(to: string | null): Promise<MailboxMessage[]> {
  return db().mailboxMessage.findMany({
    where: to ? { to: { equals: to, mode: 'insensitive' } } : {},
    orderBy: [{ receivedAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
  });
}
