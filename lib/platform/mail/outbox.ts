import type { MailKind } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import type { Prisma } from '@/lib/platform/db/generated/client';
import type { Db } from '@/lib/platform/db/client';
import { seal } from '@/lib/platform/tokens';
import { env } from '@/lib/platform/env';
import { addressKey } from './address';
import type { MailProps } from './kinds';

export interface OutgoingMail<K extends MailKind> {
  kind: K;
  to: string;
  language: Language;
  props: MailProps[K];
  /** The token of the mail's link, if it has one; stored encrypted. */
  token?: string;
  letterId?: string;
  endorsementId?: string;
  sendAfter?: Date;
}

/**
 * Writes a mail to the outbox. Call it in the transaction that causes the mail: the dispatcher
 * sends it after the commit.
 */
export async function enqueue<K extends MailKind>(tx: Db, mail: OutgoingMail<K>): Promise<void> {
  await tx.mail.create({
    data: {
      kind: mail.kind,
      to: mail.to,
      toKey: addressKey(mail.to),
      language: mail.language,
      props: mail.props as Prisma.InputJsonValue,
      sealedToken: mail.token ? seal(mail.token, env().APP_SECRET) : null,
      letterId: mail.letterId,
      endorsementId: mail.endorsementId,
      sendAfter: mail.sendAfter,
    },
  });
}
