import nodemailer from 'nodemailer';
import { headersOf, MailError, type Message, type Transport } from './message';
import { SEND_TIMEOUT_SECONDS } from './schedule';

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

function errorFrom(error: SmtpError): MailError {
  const reason = ['SMTP', error.code, error.command, error.response ?? error.responseCode]
    .filter(Boolean)
    .join(' ');
  // Refused because of its recipient or content. Earlier errors (authentication, sender) can be
  // fixed by the operator.
  const refused =
    (error.responseCode ?? 0) >= 500 && (error.command === 'RCPT TO' || error.command === 'DATA');
  const notAnAddress = error.code === 'EENVELOPE' && error.command === 'API';
  return new MailError(refused || notAnAddress ? 'permanent' : 'retry', reason);
}

/**
 * The same Message-ID for every attempt, so that the receiving server can drop duplicates: SMTP
 * itself has no idempotency.
 */
function messageId({ id, from }: Message): string {
  return `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'}>`;
}

/** A client of the server at `url`, each of whose steps takes `milliseconds` at most. */
const mailerFor = (url: string, milliseconds: number) =>
  nodemailer.createTransport({
    url,
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/**
 * Connects to the SMTP server at `url` and signs in, without sending anything.
 * @throws {MailError} it does not answer, or refuses the user and password
 */
export async function checkSmtp(url: string, milliseconds: number): Promise<void> {
  const mailer = mailerFor(url, milliseconds);
  try {
    await mailer.verify();
  } catch (error) {
    throw errorFrom(error as SmtpError);
  } finally {
    mailer.close();
  }
}

/**
 * Sends through the SMTP server at `url` (smtp:// or smtps://, with user and password if required).
 */
export function smtpTransport(url: string): Transport {
  const milliseconds = SEND_TIMEOUT_SECONDS * 1000;
  const mailer = mailerFor(url, milliseconds);
  return {
    async send(message) {
      const { to, from, replyTo, subject, html, text } = message;
      // Each step of the protocol has its own timeout; this one is for all of them.
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject({ code: 'ETIMEDOUT' } satisfies SmtpError), milliseconds);
      });
      try {
        const envelope = {
          to,
          from,
          replyTo,
          subject,
          html,
          text,
          headers: headersOf(message),
          messageId: messageId(message),
        };
        const info = await Promise.race([mailer.sendMail(envelope), tooLong]);
        return { providerId: info.messageId };
      } catch (error) {
        throw errorFrom(error as SmtpError);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
