import { NextResponse, type NextRequest } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { MISSING_PAGE_HEADER } from '@/lib/platform/connection';
import { databaseAnswers } from '@/lib/platform/db/health';
import { env } from '@/lib/platform/env';
import { failurePage } from '@/lib/platform/failure-page';
import { bytesWithin, isFormOfOurs, parseForm } from '@/lib/platform/forms/body';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { errorName, log } from '@/lib/platform/log';
import { isKnownPage } from '@/lib/platform/page-cache/known-pages';
import { answerTo } from '@/lib/platform/refusal';
import {
  formLimit,
  isForm,
  isPage,
  refusalOf,
  type Asked,
  type Refusal,
} from '@/lib/platform/request-guard';
import { transportSecurity } from '@/lib/platform/security-headers.mjs';
import { find, type Found } from '@/lib/public-addresses';

/** Sends an address without a language to the reader's. */
const chooseLanguage = createMiddleware(routing);

/** Reads a form, and says why it is refused. Next keeps a copy of the body for the page. */
async function formRefusal(
  asked: Asked,
  body: ReadableStream<Uint8Array> | null,
): Promise<Refusal | null> {
  const limit = formLimit(asked);
  const bytes = await bytesWithin(body, limit);
  // Only a body that does not say its length gets here with more.
  if (!bytes) return { status: 413, reason: 'tooLarge', limit };
  const form = await parseForm(bytes, asked.headers.get('content-type') ?? '');
  return form && isFormOfOurs(form, asked.headers.get('next-action'))
    ? null
    : { status: 400, reason: 'form' };
}

/** Rendered for each request, never cached; a draft link can end at any moment. */
const PER_REQUEST = /^drafts\/|\/signatories\/search$/;

/** What stands at a path, without a query for pages that are known from before. */
async function lookUp(path: string, locale: Locale): Promise<Found> {
  if (PER_REQUEST.test(path)) return find(path, locale);
  let found: Found = 'page';
  await isKnownPage(`${locale}/${path}`, async () => (found = await find(path, locale)) === 'page');
  return found;
}

/**
 * The response where a page does not exist, has moved, or cannot be rendered while the database is away; null where the page
 * responds itself. Next's own 404 and 500 are empty documents that only scripts fill. Pages check for themselves all the same.
 */
async function responseInstead(request: NextRequest, pathname: string): Promise<Response | null> {
  const [, language, path = ''] = /^\/(ja|en)(?:\/(.*))?$/.exec(pathname) ?? [];
  // A form sent by script is answered by its action, which says what failed beside the form.
  if (!language || request.headers.has('next-action')) return null;
  const locale = language as Locale;
  const sent = request.method === 'POST';
  // Signing in has words of its own for when the database is away.
  if (/^admin(?!\/sign-in)(?:\/|$)/.test(path) && !(await databaseAnswers()))
    return failurePage(locale, sent);
  if (sent) return null;
  try {
    const found = await lookUp(path, locale);
    if (found === 'page') return null;
    // Not the page's own redirect(): when Next renders one into the page cache, its response has two Location headers.
    if (found !== 'nothing')
      return NextResponse.redirect(new URL(`/${locale}/${found.movedTo}`, request.url), 308);
    const headers = new Headers(request.headers);
    headers.set(MISSING_PAGE_HEADER, '1');
    // Not NextResponse.rewrite(): Next takes its own address for a foreign one when it listens on 127.0.0.1, and asks itself
    // without end.
    return NextResponse.next({ status: 404, request: { headers } });
  } catch (error) {
    // The sign-up form can be filled in and kept while the database is away.
    if (/^letters\/[^/]+\/endorse$/.test(path)) return null;
    log('error', 'a page could not be looked up', { error: errorName(error) });
    return failurePage(locale, sent);
  }
}

/** Next's redirect, made here so that it has our headers (`skipTrailingSlashRedirect` in next.config.ts). */
function withoutTrailingSlash(request: NextRequest): Response {
  const target = new URL(request.url);
  target.pathname = target.pathname.replace(/\/+$/, '');
  return NextResponse.redirect(target, 308);
}

async function respond(request: NextRequest, pathname: string): Promise<Response> {
  if (pathname !== '/' && pathname.endsWith('/')) return withoutTrailingSlash(request);
  if (!isPage(pathname)) return NextResponse.next();
  const response = (await responseInstead(request, pathname)) ?? chooseLanguage(request);
  const location = response.headers.get('location');
  // A redirected form is not sent again.
  return location && request.method === 'POST'
    ? NextResponse.redirect(new URL(location, request.url), 303)
    : response;
}

/**
 * Refuses requests that nothing of ours sends, chooses a language, and responds for pages that cannot. Never a security
 * boundary for what coordinators do: every admin page and action authorises itself.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const asked: Asked = {
    method: request.method,
    target: pathname + search,
    headers: request.headers,
  };
  const refusal =
    refusalOf(asked, env().APP_URL) ??
    (isForm(asked) ? await formRefusal(asked, request.body) : null);
  const response = refusal ? answerTo(refusal, pathname) : await respond(request, pathname);
  // By what the instance is told when it starts; the other headers are the build's (next.config.ts).
  for (const [name, value] of Object.entries(transportSecurity(env().APP_URL)))
    response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/:path*'] };
