import { env } from '@/lib/platform/env';
import { fromThisMachine } from '@/lib/platform/connection';

/** Sign-in links must not stay in a cache, nor be found by a search engine. */
export const privateHeaders = {
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The answer where there is no local mailbox, or not for the one who asks: as for any address that does not exist. */
export function notFound(): Response {
  return new Response('Not found\n', { status: 404, headers: privateHeaders });
}

/** Whether the local mailbox is this instance's transport and the request comes from this machine. It holds sign-in links. */
export function mayRead(request: Request): boolean {
  return env().MAIL_TRANSPORT === 'mailbox' && fromThisMachine(request.headers);
}
