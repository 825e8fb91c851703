import { createHmac, randomUUID } from 'node:crypto';

/** The secret of Resend's webhooks in tests. */
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of the webhook').toString('base64')}`;

interface Signing {
  id?: string;
  /** Seconds since 1970. */
  timestamp?: number;
  secret?: string;
}

/** The headers of an event as Svix signs it (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export function signed(
  body: string,
  {
    id = `msg_${randomUUID()}`,
    timestamp = Math.floor(Date.now() / 1000),
    secret = WEBHOOK_SECRET,
  }: Signing = {},
): Record<string, string> {
  const signature = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'content-type': 'application/json',
    'svix-id': id,
    'svix-timestamp': String(timestamp),
    'svix-signature': `v1,${signature}`,
  };
}

/** The body of an event of Resend about a mail. */
export function resendEvent(
  type: string,
  mail: { providerId?: string | null; id?: string },
  over: Record<string, unknown> = {},
  at = new Date(),
): string {
  return JSON.stringify({
    type,
    created_at: at.toISOString(),
    data: {
      email_id: mail.providerId ?? 'unknown',
      from: 'Letters <letters@example.org>',
      to: ['someone@example.org'],
      subject: 'Please confirm',
      ...(mail.id && { tags: { mail: mail.id } }),
      ...over,
    },
  });
}

/** A bounce of an address that does not exist. */
export const HARD = { bounce: { type: 'Permanent', subType: 'General', message: 'No such user' } };
