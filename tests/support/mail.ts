import { renderMail } from '@/emails/render';
import { db } from '@/lib/platform/db/client';
import { env } from '@/lib/platform/env';
import { dispatchDue } from '@/lib/platform/mail/dispatcher';
import type { Message } from '@/lib/platform/mail/message';
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

/** Sends what is in the outbox, also what is due later, and returns the messages. */
export async function sent(): Promise<Message[]> {
  const messages: Message[] = [];
  const send = async (message: Message) => (messages.push(message), {});
  await db().mail.updateMany({ where: { sentAt: null }, data: { sendAfter: new Date(0) } });
  const options = { db: db(), env: env(), render: renderMail, transport: { send } };
  while ((await dispatchDue(options)) > 0);
  return messages;
}
