import { cookies } from 'next/headers';
import { env } from '@/lib/platform/env';
import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { newToken } from '@/lib/platform/tokens';

/** With the prefix that keeps sibling hosts from planting one, where the instance is served over https. */
const cookieName = () =>
  env().APP_URL.startsWith('https:') ? '__Host-undersigned-sign-in' : 'undersigned-sign-in';

/** The secret by which a browser that asked for a sign-in link is told from others; undefined when it asked for none. */
export async function signInBrowser(): Promise<string | undefined> {
  return (await cookies()).get(cookieName())?.value;
}

/** The same, made and kept in the browser for as long as a link works. Only in an action. */
export async function rememberBrowser(): Promise<string> {
  const secret = (await signInBrowser()) ?? newToken();
  (await cookies()).set(cookieName(), secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().APP_URL.startsWith('https:'),
    path: '/',
    maxAge: SIGN_IN_LINK_MINUTES * 60,
  });
  return secret;
}
