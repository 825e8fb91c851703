import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { hasLocale } from 'next-intl';
import { forgetInput } from '@/app/[locale]/kept-input';
import { signInBrowser } from '@/app/[locale]/admin/sign-in/browser';
import { adapter } from '@/lib/platform/auth/adapter';
import { consentTo } from '@/lib/platform/auth/consent';
import { signedIn } from '@/lib/platform/auth/guard';
import { authOptions } from '@/lib/platform/auth/options';
import { sessionCookie } from '@/lib/platform/auth/session-cookie';
import { signInLink } from '@/lib/platform/auth/sign-in';
import { env } from '@/lib/platform/env';
import { readBody } from '@/lib/platform/http';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { tokenIn } from '@/lib/platform/tokens';

/** next-auth's cookie with the URL to redirect to after sign-in; this route decides that itself. */
const CALLBACK_COOKIES = ['next-auth.callback-url', '__Secure-next-auth.callback-url'];

/** Maximum body size, far above the confirmation form's. */
const FORM_BYTES = 4 * 1024;

const plain = (status: number) =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store' } });

function redirectTo(path: string): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: path, 'Cache-Control': 'no-store' },
  });
}

/**
 * Handles the button of the sign-in confirmation page. This is the only next-auth route exposed,
 * and only for POST from our own pages: a GET, or a form on another site, could sign a browser in
 * to another account (login CSRF). next-auth's own sign-in route would reveal which addresses are
 * coordinators', by refusing all others.
 */
export async function POST(
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.join('/') !== 'callback/email') return plain(404);
  if (request.headers.get('origin') !== env().APP_URL) return plain(403);
  const body = await readBody(request, FORM_BYTES);
  if (body === null) return plain(413);
  const form = new URLSearchParams(body);
  const requestedLocale = form.get('locale');
  const locale = hasLocale(routing.locales, requestedLocale)
    ? requestedLocale
    : routing.defaultLocale;
  const token = tokenIn(form.get('token') ?? '');
  const page = `/${locale}/admin/sign-in/confirm?token=${token ?? ''}`;
  try {
    return await signIn(context, { token, locale, page, consent: form.get('consent') });
  } catch (error) {
    log('error', 'a coordinator could not be signed in', { error: errorName(error) });
    return redirectTo(`${page}&failed`);
  }
}

async function signIn(
  context: { params: Promise<{ nextauth: string[] }> },
  {
    token,
    locale,
    page,
    consent,
  }: { token: string | null; locale: Locale; page: string; consent: string | null },
): Promise<Response> {
  const link = token && (await signInLink(token, await signInBrowser()));
  if (!link || link.state !== 'ready') return redirectTo(page); // which shows the reason
  if (consent !== consentTo(link, (await signedIn())?.email ?? null)) return redirectTo(page); // which asks for consent again

  const former = (await cookies()).get(sessionCookie().name)?.value;
  // next-auth responds with an error to a cookie without one of our URLs.
  for (const name of CALLBACK_COOKIES) (await cookies()).delete(name);
  const callback = new URL('/api/auth/callback/email', env().APP_URL);
  callback.search = new URLSearchParams({
    token,
    email: link.email,
    callbackUrl: `/${locale}/admin`,
  }).toString();
  const answer: Response = await NextAuth(authOptions())(
    new NextRequest(callback, { method: 'POST' }),
    context,
  );
  const signed = answer.headers.get('location') === `${env().APP_URL}/${locale}/admin`;
  // Otherwise the link was used concurrently, or the coordinator was removed.
  if (signed) {
    await forgetInput();
    // next-auth ends the former session of this browser only if it was of another coordinator.
    if (former) await adapter.deleteSession?.(former);
  }
  return signed ? answer : redirectTo(page);
}
