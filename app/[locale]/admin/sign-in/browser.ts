import { cookies } from 'next/headers';
import { env } from '@/lib/platform/env';
import { SIGN_IN_LINK_MINUTES } from '@/lib/platform/limits';
import { newToken } from '@/lib/platform/tokens';

/** Over https the name has the `__Host-` prefix, so that sibling hosts cannot set the cookie. */
const cookieName = () =>
  env().APP_URL.startsWith('https:') ? '__Host-undersigned-sign-in' : 'undersigned-sign-in';

/**
 * The secret in the cookie of a browser that requested a sign-in link; undefined without the
 * cookie.
 */
export async function signInBrowser(): Promise<string | undefined> {
  return (await cookies()).get(cookieName())?.value;
}

/**
 * Like {@link signInBrowser}, but sets the cookie if it is missing, for the lifetime of a link.
 * Only callable in a Server Action.
 */
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
