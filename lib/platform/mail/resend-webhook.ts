import { Resend } from 'resend';
import { z } from 'zod';
import type { MailOutcome } from '@/lib/platform/db/generated/enums';
import type { MailReport } from './reports';

/** The tag of a mail at Resend that holds its row's id. */
export const MAIL_TAG = 'mail';

/** Verifying needs no API key, but the client's constructor does. */
const verifier = new Resend('unused').webhooks;

/** The parts of an event that are read (https://resend.com/docs/dashboard/webhooks/event-types). */
const eventSchema = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z.string().min(1).max(255),
    tags: z
      .object({ [MAIL_TAG]: z.uuid().optional().catch(undefined) })
      .optional()
      .catch(undefined),
    bounce: z.object({ type: z.string() }).optional().catch(undefined),
  }),
});

/**
 * The outcome that an event reports; null if it reports none. Resend suppresses addresses that
 * bounced or complained before, so that `email.suppressed` is a bounce. A bounce of unknown type
 * says nothing lasting about the address.
 */
function outcomeOf({ type, data }: z.output<typeof eventSchema>): MailOutcome | null {
  switch (type) {
    case 'email.delivery_delayed':
      return 'delayed';
    case 'email.delivered':
      return 'delivered';
    case 'email.failed':
      return 'returned';
    case 'email.bounced':
      return data.bounce?.type === 'Permanent' ? 'bounced' : 'returned';
    case 'email.suppressed':
      return 'bounced';
    case 'email.complained':
      return 'complained';
    default:
      return null;
  }
}

/** The headers that sign an event, or null if one is missing or too long. */
export function signatureIn(
  headers: Headers,
): { id: string; timestamp: string; signature: string } | null {
  const id = headers.get('svix-id');
  const timestamp = headers.get('svix-timestamp');
  const signature = headers.get('svix-signature');
  if (!id || id.length > 255 || !timestamp || !signature) return null;
  return { id, timestamp, signature };
}

/**
 * Verifies the signature and age (five minutes) of an event by its raw body.
 * @returns `forged` if it is not Resend's or too old; null if it reports nothing about a mail
 */
export function reportIn(
  body: string,
  headers: NonNullable<ReturnType<typeof signatureIn>>,
  webhookSecret: string,
): MailReport | null | 'forged' {
  let payload: unknown;
  try {
    payload = verifier.verify({ payload: body, headers, webhookSecret });
  } catch {
    return 'forged';
  }
  const event = eventSchema.safeParse(payload);
  const outcome = event.success ? outcomeOf(event.data) : null;
  if (!event.success || outcome === null) return null;
  const { created_at: at, data } = event.data;
  return {
    id: headers.id,
    mailId: data.tags?.[MAIL_TAG] ?? null,
    providerId: data.email_id,
    outcome,
    at,
  };
}
