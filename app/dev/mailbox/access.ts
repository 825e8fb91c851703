import { env } from '@/lib/platform/env';
import { fromThisMachine } from '@/lib/platform/connection';

/** Sign-in links must be neither cached nor indexed. */
export const privateHeaders = {
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
 * Whether the local mailbox is the configured transport and the request comes from this machine.
 * The mailbox holds sign-in links.
 */
export function mayRead(request: Request): boolean {
  return env().MAIL_TRANSPORT === 'mailbox' && fromThisMachine(request.headers);
}
