import type { MailKind } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import type { MailProps } from './kinds';

/** The complete input of a mail template, so that rendering it again gives the same mail. */
export type MailToRender = {
  [K in MailKind]: {
    kind: K;
    language: Language;
    to: string;
    props: MailProps[K];
    /** The token of the mail's link, if its kind has one. */
    token?: string;
    /** The token that ends mails of this kind, if nobody asked for them. */
    endingToken?: string;
  };
}[MailKind];

export interface RenderedMail {
  /** A single line. */
  subject: string;
  html: string;
  text: string;
  /** The URLs that the mail links to. */
  links: string[];
  /** Where mail programs post to end mails of this kind (RFC 8058); only if nobody asked for it. */
  oneClickUrl?: string;
}

/**
 * Renders a mail row, using only its arguments. The templates are in emails/, which `platform` does
 * not import.
 */
export type RenderMail = (mail: MailToRender, appUrl: string) => Promise<RenderedMail>;

/** A mail as passed to a provider. */
export interface Message {
  /** The mail row's id: an idempotency key, as far as the provider supports it. */
  id: string;
  to: string;
  from: string;
  /** Where replies go; without it, to the sender. */
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** As in {@link RenderedMail}. */
  oneClickUrl?: string | undefined;
}

export interface Transport {
  /**
   * Sends one message. Takes at most {@link SEND_TIMEOUT_SECONDS} (schedule.ts). @throws
   * {MailError}
   */
  send(message: Message): Promise<{ providerId?: string }>;
  /**
   * Sends up to {@link BATCH_MAILS} messages by one call, if the provider can. A refused message does
   * not keep the others.
   * @param key idempotency key: repeated with the same messages, the call sends nothing twice
   * @returns what became of each message, in their order; `refused`: why it is refused for good
   * @throws {MailError} none of them was accepted, or the outcome is unknown
   */
  sendBatch?(
    messages: readonly Message[],
    key: string,
  ): Promise<{ providerId?: string; refused?: string }[]>;
}

/**
 * The headers of a mail besides the usual ones. They mark it as automatic, so that it triggers no
 * vacation replies (RFC 3834, 5), and let mail programs offer to unsubscribe (RFC 8058).
 */
export function headersOf({ oneClickUrl }: Message): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    ...(oneClickUrl && {
      'List-Unsubscribe': `<${oneClickUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  };
}

/**
 * - `permanent`: the mail will be refused however often it is sent.
 * - `retry`: it may be accepted later, or the outcome is unknown.
 * - `rate-limited`: it was refused only because of the rate.
 */
export type MailErrorKind = 'permanent' | 'retry' | 'rate-limited';

/**
 * A mail was refused. `message` is short and contains no address and no token, since coordinators
 * and logs see it.
 */
export class MailError extends Error {
  constructor(
    readonly kind: MailErrorKind,
    reason: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(withoutSecrets(reason));
  }
}

const LONGEST_REASON = 200;

function withoutSecrets(reason: string): string {
  return reason
    .replace(/\s+/g, ' ')
    .replace(/\S+/g, (word) => (/.(?:@|%40)./.test(word) ? '[address]' : word))
    .replace(/[\w-]{32,}/g, '[…]')
    .trim()
    .slice(0, LONGEST_REASON);
}
