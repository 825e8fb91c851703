import { env } from '@/lib/platform/env';

/**
 * The cookie that signs a coordinator in. Over https its name begins with `__Host-`, so that browsers
 * take it from this very host only, by https; a sibling subdomain could otherwise set one of its own
 * and sign a browser in to another account. It is the only name that counts.
 */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = env().APP_URL.startsWith('https:');
  return { name: `${secure ? '__Host-' : ''}next-auth.session-token`, secure };
}
