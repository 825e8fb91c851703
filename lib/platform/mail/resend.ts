import { Resend, type ErrorResponse, type ListDomainsResponseSuccess } from 'resend';
import { headersOf, MailError, type Message, type Transport } from './message';
import { MAIL_TAG } from './resend-webhook';
import { RATE_LIMIT_SECONDS, SEND_TIMEOUT_SECONDS } from './schedule';

/** Converts Resend's errors (https://resend.com/docs/api-reference/errors). */
function errorFrom(error: ErrorResponse, headers: Record<string, string> | null): MailError {
  const reason = `Resend ${error.statusCode ?? 'unreachable'} ${error.name}: ${error.message}`;
  // Exceeded quotas also return 429, but last for hours: these back off and become visible to
  // coordinators.
  if (error.statusCode === 429 && !error.name.endsWith('quota_exceeded')) {
    const seconds = Number(headers?.['retry-after']);
    return new MailError('rate-limited', reason, seconds > 0 ? seconds : RATE_LIMIT_SECONDS);
  }
  // The sender is misconfigured, which the operator can still fix.
  if (error.name === 'invalid_from_address') return new MailError('retry', reason);
  if (error.statusCode === 400 || error.statusCode === 422)
    return new MailError('permanent', reason);
  return new MailError('retry', reason);
}

/** A message as Resend's API takes it. */
const requestOf = (message: Message) => {
  const { id, to, from, replyTo, subject, html, text } = message;
  return {
    from,
    to,
    replyTo,
    subject,
    html,
    text,
    headers: headersOf(message),
    tags: [{ name: MAIL_TAG, value: id }],
  };
};

/**
 * The domains of an API key and whether each is verified; null if the key may only send, so that this
 * cannot be asked. Changes nothing.
 * @param baseUrl as for {@link resendTransport}
 * @throws {MailError} Resend does not accept the key, or does not answer
 */
export async function resendDomains(
  apiKey: string,
  milliseconds: number,
  baseUrl?: string,
): Promise<{ name: string; isVerified: boolean }[] | null> {
  const { data, error, headers } = await new Resend(apiKey, {
    baseUrl,
  }).get<ListDomainsResponseSuccess>('/domains?limit=100', {
    signal: AbortSignal.timeout(milliseconds),
  });
  if (error?.name === 'restricted_api_key') return null;
  if (error) throw errorFrom(error, headers);
  return data.data.map(({ name, status }) => ({ name, isVerified: status === 'verified' }));
}

/**
 * Sends through Resend. The mail row's id is the idempotency key, so that within 24 hours, a retry
 * after a lost response does not send the mail twice
 * (https://resend.com/docs/dashboard/emails/idempotency-keys).
 * @param baseUrl another server that implements Resend's API, for tests
 */
export function resendTransport(apiKey: string, baseUrl?: string): Transport {
  const resend = new Resend(apiKey, { baseUrl });
  const options = (idempotencyKey: string) => ({
    idempotencyKey,
    signal: AbortSignal.timeout(SEND_TIMEOUT_SECONDS * 1000),
  });
  return {
    async send(message) {
      const { data, error, headers } = await resend.emails.send(
        requestOf(message),
        options(message.id),
      );
      // The key was used with another body: an earlier attempt was accepted, and a template has
      // changed since.
      if (error?.name === 'invalid_idempotent_request') return {};
      if (error) throw errorFrom(error, headers);
      return { providerId: data.id };
    },

    async sendBatch(messages, key) {
      const { data, error, headers } = await resend.batch.send(messages.map(requestOf), {
        ...options(key),
        batchValidation: 'permissive',
      });
      // As above; or a mail of the batch was deleted since.
      if (error?.name === 'invalid_idempotent_request') return messages.map(() => ({}));
      if (error) throw errorFrom(error, headers);
      const refused = new Map((data.errors ?? []).map(({ index, message }) => [index, message]));
      // Ids come for those accepted, in their order. Were there others, reports still find the
      // mails by their tags.
      const ids = data.data.map(({ id }) => id);
      const areKnown = ids.length === messages.length - refused.size;
      return messages.map((_message, index) => {
        const reason = refused.get(index);
        if (reason !== undefined)
          return { refused: new MailError('permanent', `Resend 422: ${reason}`).message };
        const id = areKnown ? ids.shift() : undefined;
        return id === undefined ? {} : { providerId: id };
      });
    },
  };
}
