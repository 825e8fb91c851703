import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { MISSING_PAGE_HEADER } from '@/lib/platform/connection';
import { databaseAnswers, PAGE_MS } from '@/lib/platform/db/health';
import { env } from '@/lib/platform/env';
import { failurePage } from '@/lib/platform/failure-page';
import { bytesWithin, isFormOfOurs, parseForm } from '@/lib/platform/forms/body';
import { routing, type Locale } from '@/lib/platform/i18n/routing';
import { mendedLink } from '@/lib/platform/links';
import { errorName, log } from '@/lib/platform/log';
import { isKnownPage } from '@/lib/platform/page-cache/known-pages';
import { answerTo } from '@/lib/platform/refusal';
import {
  formLimit,
  isForm,
  isPage,
  refusalOf,
  takesFile,
  type Asked,
  type Refusal,
} from '@/lib/platform/request-guard';
import { RESTRICTIONS, scriptPolicy, transportSecurity } from '@/lib/platform/security-headers.mjs';
import { find, isCachedPage, type Found } from '@/lib/public-addresses';

/** Redirects a URL without a locale to the reader's. */
const chooseLanguage = createMiddleware(routing);

/**
 * Reads a form's body and returns why it is refused, or null. Next keeps a copy of the body for the
 * page.
 */
async function formRefusal(
  requestHead: Asked,
  body: ReadableStream<Uint8Array> | null,
): Promise<Refusal | null> {
  const limit = formLimit(requestHead);
  const bytes = await bytesWithin(body, limit);
  // A larger body arrives here only without Content-Length.
  if (!bytes) return { status: 413, reason: 'tooLarge', limit };
  const form = await parseForm(bytes, requestHead.headers.get('content-type') ?? '');
  return form && isFormOfOurs(form, requestHead.headers.get('next-action'), takesFile(requestHead))
    ? null
    : { status: 400, reason: 'form' };
}

const POLICY = 'Content-Security-Policy';
/**
 * Of pages to which the page cache adds a policy for scripts (page-cache/script-hashes.mjs). Vercel
 * has a cache of its own, which adds none.
 */
// eslint-disable-next-line no-restricted-syntax -- set by the host, no setting of ours
const CACHED_PAGE_POLICY = process.env.VERCEL
  ? `${RESTRICTIONS}; ${scriptPolicy("'unsafe-inline'")}`
  : RESTRICTIONS;

/** Rendered per request, never cached; a draft link can be revoked at any time. */
const PER_REQUEST = /^drafts\/|\/signatories\/search$/;
/** The sign-up form stays usable while the database is unavailable. */
const SIGN_UP_FORM = /^letters\/[^/]+\/endorse(?:\/continue)?$/;

/** What a path refers to; known pages are cached, so they need no query. */
async function lookUp(path: string, locale: Locale): Promise<Found> {
  if (PER_REQUEST.test(path)) return find(path, locale);
  let found: Found = 'page';
  await isKnownPage(`${locale}/${path}`, async () => (found = await find(path, locale)) === 'page');
  return found;
}

/**
 * Lets the scripts of a page that is rendered for each request run, and no others, by a nonce, which
 * Next takes from this header of the request (ADR 64).
 */
function withNonce({ headers }: NextRequest, render: () => NextResponse): NextResponse {
  const policy = scriptPolicy(`'nonce-${randomBytes(16).toString('base64url')}'`);
  headers.set(POLICY, policy);
  return withPolicy(`${RESTRICTIONS}; ${policy}`, render());
}

function withPolicy(policy: string, response: NextResponse): NextResponse {
  // eslint-disable-next-line no-restricted-syntax -- Next fills it in when it builds
  if (process.env.NODE_ENV !== 'development') response.headers.set(POLICY, policy);
  return response;
}

/**
 * The response if a page does not exist, has moved, or cannot be rendered while the database is
 * unavailable; null if the page should respond itself. Next's own 404 and 500 pages are empty
 * documents that only JavaScript fills. Pages still check for themselves.
 */
async function responseInstead(request: NextRequest, pathname: string): Promise<Response | null> {
  const [, language, path = ''] = /^\/(ja|en)(?:\/(.*))?$/.exec(pathname) ?? [];
  // Server Actions called from scripts report their own failure in the form.
  if (!language || request.headers.has('next-action')) return null;
  const locale = language as Locale;
  const sent = request.method === 'POST';
  // The sign-in pages handle an unavailable database themselves.
  if (/^admin(?!\/sign-in)(?:\/|$)/.test(path) && !(await databaseAnswers(PAGE_MS))) {
    log('error', 'the database does not answer, so an admin page was not shown');
    return failurePage(locale, sent);
  }
  if (sent) return null;
  try {
    const found = await lookUp(path, locale);
    if (found === 'page') return null;
    // Not redirect() in the page: when the result is cached, Next sends the Location header twice.
    if (found !== 'nothing')
      return NextResponse.redirect(new URL(`/${locale}/${found.movedTo}`, request.url), 308);
    request.headers.set(MISSING_PAGE_HEADER, '1');
    // Not NextResponse.rewrite(): when it listens on 127.0.0.1, Next treats its own origin as an
    // external one and proxies the request to itself in an infinite loop.
    return withNonce(request, () =>
      NextResponse.next({ status: 404, request: { headers: request.headers } }),
    );
  } catch (error) {
    if (SIGN_UP_FORM.test(path)) return null;
    log('error', 'a page could not be looked up', { error: errorName(error) });
    return failurePage(locale, sent);
  }
}

/**
 * Replaces Next's trailing slash redirect, which lacks our headers (`skipTrailingSlashRedirect` in
 * next.config.ts).
 */
function withoutTrailingSlash(request: NextRequest): Response {
  const target = new URL(request.url);
  target.pathname = target.pathname.replace(/\/+$/, '');
  return NextResponse.redirect(target, 308);
}

async function respond(request: NextRequest, pathname: string): Promise<Response> {
  if (pathname !== '/' && pathname.endsWith('/')) return withoutTrailingSlash(request);
  if (/^\/(?:api|dev|_next)(?:\/|$)/.test(pathname)) return NextResponse.next();
  // Next's own 404 page stands where a file does not exist; it is cached as our pages are.
  if (!isPage(pathname)) return withPolicy(CACHED_PAGE_POLICY, NextResponse.next());
  const page = () =>
    request.method !== 'POST' && isCachedPage(pathname)
      ? withPolicy(CACHED_PAGE_POLICY, chooseLanguage(request))
      : withNonce(request, () => chooseLanguage(request));
  const response = (await responseInstead(request, pathname)) ?? page();
  const location = response.headers.get('location');
  // 303, so that the browser does not post a form again to the new URL.
  return location && request.method === 'POST'
    ? NextResponse.redirect(new URL(location, request.url), 303)
    : response;
}

/** Redirects a secret link that a mail program changed to its canonical address, or returns null. */
function withoutAdditions({ method, target }: Asked, base: string): Response | null {
  const mended = method === 'GET' || method === 'HEAD' ? mendedLink(target) : null;
  if (mended === null) return null;
  return NextResponse.redirect(new URL(mended, base), {
    status: 307,
    headers: { 'Cache-Control': 'no-store' },
  });
}

/**
 * Refuses invalid requests, mends secret links, redirects to a locale, and responds for missing, moved or unavailable
 * pages. It is no security boundary for admin pages: each page and action authorizes itself.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const requestHead: Asked = {
    method: request.method,
    target: pathname + search,
    headers: request.headers,
  };
  const refused = async () =>
    refusalOf(requestHead, env().APP_URL) ??
    (isForm(requestHead) ? await formRefusal(requestHead, request.body) : null);
  const responseOrRefusal = async () => {
    const refusal = await refused();
    return refusal ? answerTo(refusal, pathname) : respond(request, pathname);
  };
  const response = withoutAdditions(requestHead, request.url) ?? (await responseOrRefusal());
  // Depends on the environment at startup; all other headers are set at build time
  // (next.config.ts).
  for (const [name, value] of Object.entries(transportSecurity(env().APP_URL)))
    response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/:path*'] };
