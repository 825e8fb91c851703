import { env } from '@/lib/platform/env';
import { securityTxt } from '@/lib/platform/security-txt';

/** The contact comes from the environment at startup; the build does not know it. */
export const dynamic = 'force-dynamic';

/** Where to report a vulnerability (RFC 9116), if SECURITY_CONTACT is set. */
export function GET(): Response {
  const { SECURITY_CONTACT, APP_URL } = env();
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (!SECURITY_CONTACT) return new Response('Not found\n', { status: 404, headers });
  return new Response(securityTxt(SECURITY_CONTACT, APP_URL, new Date()), {
    headers: { ...headers, 'Cache-Control': 'public, max-age=86400' },
  });
}
