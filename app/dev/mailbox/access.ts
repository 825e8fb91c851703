import { env } from '@/lib/platform/env';
import { fromThisMachine, isLocalName } from '@/lib/platform/connection';

/** Sign-in links must be neither cached nor indexed. The mailbox has a policy of its own: mails have styles. */
export const privateHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * The 404 response where the local mailbox is disabled or the request is not local, identical to
 * that of any unknown URL.
 */
export function notFound(): Response {
  return new Response('Not found\n', { status: 404, headers: privateHeaders });
}

/**
 * Whether the local mailbox is the configured transport of an instance for this machine, and the
 * request comes from this machine. The mailbox holds sign-in links.
 */
export function mayRead(request: Request): boolean {
  const { MAIL_TRANSPORT, APP_URL } = env();
  return (
    MAIL_TRANSPORT === 'mailbox' &&
    // A proxy in front can name the address of this machine as the host, and nothing that tells of it.
    isLocalName(new URL(APP_URL).hostname) &&
    fromThisMachine(request.headers)
  );
}
