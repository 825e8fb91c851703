import { Resend, type ErrorResponse } from 'resend';
import { MAIL_HEADERS, MailError, type Transport } from './message';
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

/**
 * Sends through Resend. The mail row's id is the idempotency key, so that within 24 hours, a retry
 * after a lost response does not send the mail twice
 * (https://resend.com/docs/dashboard/emails/idempotency-keys).
 * @param baseUrl another server that implements Resend's API, for tests
 */
export function resendTransport(apiKey: string, baseUrl?: string): Transport {
  const resend = new Resend(apiKey, { baseUrl });
  return {
    async send({ id, to, from, replyTo, subject, html, text }) {
      const request = {
        idempotencyKey: id,
        signal: AbortSignal.timeout(SEND_TIMEOUT_SECONDS * 1000),
      };
      const { data, error, headers } = await resend.emails.send(
        { from, to, replyTo, subject, html, text, headers: MAIL_HEADERS },
        request,
      );
      // The key was used with another body: an earlier attempt was accepted, and a template has
      // changed since.
      if (error?.name === 'invalid_idempotent_request') return {};
      if (error) throw errorFrom(error, headers);
      return { providerId: data.id };
    },
  };
}
