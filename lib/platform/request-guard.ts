/**
 * Refuses invalid requests by their method, path and headers, before anything else processes them.
 * Pure functions, called by proxy.ts. Bodies of forms are validated by forms/body.ts.
 */
import { FORM_BYTES, LETTER_FORM_BYTES } from './limits';

/** Reasons for a refusal; their messages are in `messages/{ja,en}/requests.json`. */
export type RefusalReason =
  'malformed' | 'misdirected' | 'foreign' | 'method' | 'tooLarge' | 'tooLong' | 'type' | 'form';

export interface Refusal {
  status: 400 | 403 | 405 | 413 | 414 | 415 | 421;
  reason: RefusalReason;
  /** The allowed methods; with 405. */
  allow?: string;
  /** The maximum body size in bytes; with 413. */
  limit?: number;
}

/** The parts of a request that are known before its body arrives. */
export interface Asked {
  method: string;
  /** Path and query, as sent. */
  target: string;
  headers: Headers;
}

const TARGET_MAX = 8_192;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?next-auth\.session-token=[^;\s]/;

/**
 * The allowed methods of a path. Routes that allow fewer respond with 405 themselves (such as
 * next-auth's).
 */
function methodsOf(path: string): string[] {
  if (/^\/api\/letters\/[^/]+\/endorsements\/?$/.test(path)) return ['POST', 'OPTIONS'];
  if (/^\/api\/(?:unsubscribe|invited|mailings)\/[^/]+$/.test(path)) return ['GET', 'HEAD', 'POST'];
  if (path === '/api/webhooks/resend') return ['POST'];
  if (path === '/api/cron' || path === '/api/metrics') return ['GET'];
  if (/^\/api\/letters\/[^/]+\/contacts\.(?:csv|xlsx)$/.test(path)) return ['POST'];
  if (path.startsWith('/api/auth/')) return ['GET', 'HEAD', 'POST'];
  if (path.startsWith('/api/')) return ['GET', 'HEAD', 'OPTIONS'];
  if (isPage(path)) return ['GET', 'HEAD', 'POST'];
  return ['GET', 'HEAD'];
}

/**
 * Whether a path can be one of our pages: all but the API, the local mailbox, Next's own files and
 * names with a dot.
 */
export function isPage(path: string): boolean {
  return !/^\/(?:api|dev|_next)(?:\/|$)|\./.test(path);
}

/** Whether a request submits a form to a page, so that forms/body.ts validates its body. */
export function isForm({ method, target }: Pick<Asked, 'method' | 'target'>): boolean {
  return method === 'POST' && isPage(pathOf(target));
}

const pathOf = (target: string) => target.split('?', 1)[0]!;

/** Whether the page at `target` has a form that takes a file: where a letter's text is written, a list is read, or evidence is attached. */
export function takesFile({ target }: Pick<Asked, 'target'>): boolean {
  return /^\/(?:ja|en)\/admin\/letters\/[^/]+\/(?:text|review|invitees|imports(?:\/[0-9a-f-]{36})?)$/.test(
    pathOf(target),
  );
}

/**
 * The maximum size of a form at `target` in bytes: a letter's texts need more than any public form.
 */
export function formLimit({ target, headers }: Pick<Asked, 'target' | 'headers'>): number {
  const withPublicLetter = /^\/(?:ja|en)\/admin\/letters\/./.test(pathOf(target));
  return withPublicLetter && SESSION_COOKIE.test(headers.get('cookie') ?? '')
    ? LETTER_FORM_BYTES
    : FORM_BYTES;
}

/** Whether percent-encoding is valid UTF-8 without NUL, which PostgreSQL rejects. */
function isWellFormed(target: string): boolean {
  if (!target.startsWith('/') || target.includes('\0')) return false;
  try {
    return !decodeURIComponent(target).includes('\0');
  } catch {
    return false;
  }
}

/**
 * CSRF check: whether a form was sent by one of our pages. `Origin` must match the scheme, host and
 * port of `appUrl`. Browsers send it with every POST; `null`, for a hidden origin, is refused.
 * Without `Origin`, `Sec-Fetch-Site` decides. Without both, the request is accepted: it comes from
 * a program without anybody's cookies or from an old browser, or an intermediary removed both
 * headers. Other sites cannot make current browsers omit them, and in old ones the session cookie's
 * `SameSite=Lax` still applies.
 */
function isOfOurs(headers: Headers, appUrl: string): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origin === appUrl;
  const site = headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none';
}

/**
 * Next checks a form's origin again using these headers, and fails if a proxy forwards another host
 * than ours.
 */
function isForUs(headers: Headers, appUrl: string): boolean {
  if (headers.get('origin') === null) return true;
  const forwarded = headers.get('x-forwarded-host')?.split(',', 1)[0]!.trim();
  return (forwarded || headers.get('host')) === new URL(appUrl).host;
}

/**
 * Returns the refusal of a request by what is known before its body arrives, or null.
 * @param appUrl the instance's origin (APP_URL)
 */
export function refusalOf(request: Asked, appUrl: string): Refusal | null {
  const { method, target, headers } = request;
  if (target.length > TARGET_MAX) return { status: 414, reason: 'tooLong' };
  if (!isWellFormed(target)) return { status: 400, reason: 'malformed' };
  const methods = methodsOf(pathOf(target));
  if (!methods.includes(method))
    return { status: 405, reason: 'method', allow: methods.join(', ') };
  if (!isForm(request)) return null;
  if (!isOfOurs(headers, appUrl)) return { status: 403, reason: 'foreign' };
  if (!isForUs(headers, appUrl)) return { status: 421, reason: 'misdirected' };
  const limit = formLimit(request);
  if (Number(headers.get('content-length')) > limit)
    return { status: 413, reason: 'tooLarge', limit };
  if (!/^multipart\/form-data\s*;/i.test(headers.get('content-type') ?? ''))
    return { status: 415, reason: 'type' };
  return null;
}
