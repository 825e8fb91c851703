import { db } from '@/lib/platform/db/client';
import type { MailboxMessage, PrismaClient } from '@/lib/platform/db/generated/client';
import type { Transport } from './message';

/**
 * A transport that stores mails in a table, shown at /dev/mailbox to local requests. A repeated
 * message replaces the earlier one.
 */
export function mailboxTransport(client: PrismaClient): Transport {
  return {
    async send({ id, to, replyTo = null, oneClickUrl = null, subject, html, text }) {
      const content = { to, replyTo, oneClickUrl, subject, html, text };
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

/** The newest 100 messages of the local mailbox, newest first; `to` filters by recipient. */
export async function newestMessages(to: string | null): Promise<MailboxMessage[]> {
  return db().mailboxMessage.findMany({
    where: to ? { to: { equals: to, mode: 'insensitive' } } : {},
    orderBy: [{ receivedAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
  });
}
