import { cookies } from 'next/headers';
import { env } from '@/lib/platform/env';
import { sealInput, unsealInput } from '@/lib/platform/forms/kept-input';
import { KEPT_INPUT_MINUTES } from '@/lib/platform/limits';

const isSecure = () => env().APP_URL.startsWith('https:');
/** Over https the name has the `__Host-` prefix, so that sibling hosts cannot set the cookie. */
const cookieName = () => (isSecure() ? '__Host-undersigned-input' : 'undersigned-input');

/**
 * Keeps the input of a form in the browser, for the next page to show or to go on with (ADR 31).
 * Only callable in a Server Action.
 */
export async function keepInput(form: string, input: Record<string, string>): Promise<void> {
  (await cookies()).set(cookieName(), sealInput(form, input), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(),
    path: '/',
    maxAge: KEPT_INPUT_MINUTES * 60,
  });
}

/** The input that this browser keeps of a form, or null. */
export async function keptInput(form: string): Promise<Record<string, string> | null> {
  const sealed = (await cookies()).get(cookieName())?.value;
  return sealed === undefined ? null : unsealInput(form, sealed);
}

/** Deletes kept input. Only callable in a Server Action or a route handler. */
export async function forgetInput(): Promise<void> {
  // Not delete(): browsers ignore a cookie with the `__Host-` prefix that is not `Secure`.
  (await cookies()).set(cookieName(), '', { path: '/', secure: isSecure(), maxAge: 0 });
}
