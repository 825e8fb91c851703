import type { MailKind } from '@/lib/platform/db/generated/enums';
import type { Language } from '@/lib/platform/languages';
import type { MailProps } from './kinds';

/** What a template needs of one mail row: everything, so that rendering it again gives the same mail. */
export type MailToRender = {
  [K in MailKind]: {
    kind: K;
    language: Language;
    to: string;
    props: MailProps[K];
    /** The token of the mail's link, if the kind has one. */
    token?: string;
  };
}[MailKind];

export interface RenderedMail {
  /** One line. */
  subject: string;
  html: string;
  text: string;
  /** The addresses the mail links to. */
  links: string[];
}

/** Turns a mail row into a mail, from nothing but its arguments. The templates stand in emails/, which `platform` does not import. */
export type RenderMail = (mail: MailToRender, appUrl: string) => Promise<RenderedMail>;

/** A mail as it is handed to a provider. */
export interface Message {
  /** The mail row's id: a provider must deliver a message of the same id once, as far as it can tell. */
  id: string;
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
}

export interface Transport {
  /** Hands over one message. Takes at most {@link SEND_TIMEOUT_SECONDS} (schedule.ts). @throws {MailError} */
  send(message: Message): Promise<{ providerId?: string }>;
}

/** Says to mailers that a machine wrote this, so that holiday notices do not answer (RFC 3834, 5). */
export const MAIL_HEADERS = { 'Auto-Submitted': 'auto-generated' };

/**
 * - `permanent`: this mail will not be taken, however often it is sent.
 * - `retry`: it may be taken later, or it is unknown whether it was.
 * - `rate-limited`: it was refused only because of the rate.
 */
export type MailErrorKind = 'permanent' | 'retry' | 'rate-limited';

/** A mail was not taken. `message` is short and holds no address and no token, since coordinators and logs show it. */
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
