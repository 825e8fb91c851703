import type { PrismaClient } from '../db/generated/client.ts';
import type { Transport } from './message.ts';

/** "Sends" to a table that /dev/mailbox shows to this machine. A repeated message replaces itself. */
export function mailboxTransport(db: PrismaClient): Transport {
  return {
    async send({ id, to, subject, html, text }) {
      const content = { to, subject, html, text };
      await db.mailboxMessage.upsert({ where: { id }, create: { id, ...content }, update: content });
      return {};
    },
  };
}
