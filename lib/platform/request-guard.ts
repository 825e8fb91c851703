/**
 * Which requests are refused before anything else looks at them, told by method, address and headers. Pure: proxy.ts asks
 * it. Bodies of forms are judged by form-body.ts.
 */
import { FORM_BYTES, LETTER_FORM_BYTES } from './limits';

/** Why a request is refused; each has words in `messages/{ja,en}/requests.json`. */
export type RefusalReason =
  'malformed' | 'misdirected' | 'foreign' | 'method' | 'tooLarge' | 'tooLong' | 'type' | 'form';

export interface Refusal {
  status: 400 | 403 | 405 | 413 | 414 | 415 | 421;
  reason: RefusalReason;
  /** The methods that the address does take; with 405. */
  allow?: string;
  /** The most bytes it takes; with 413. */
  limit?: number;
}

/** A request as far as it is known before its body arrives. */
export interface Asked {
  method: string;
  /** The path with its query, as sent. */
  target: string;
  headers: Headers;
}

const TARGET_MAX = 8_192;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token=[^;\s]/;

/** What an address takes. Routes answer 405 themselves where they take less (next-auth's own ones, say). */
function methodsOf(path: string): string[] {
  if (/^\/api\/letters\/[^/]+\/endorsements\/?$/.test(path)) return ['POST', 'OPTIONS'];
  if (path.startsWith('/api/auth/')) return ['GET', 'HEAD', 'POST'];
  if (path.startsWith('/api/')) return ['GET', 'HEAD', 'OPTIONS'];
  if (isPage(path)) return ['GET', 'HEAD', 'POST'];
  return ['GET', 'HEAD'];
}

/** Whether a page of the product can stand at a path: everything but the API, the local mailbox, Next's own files and names with a dot. */
export function isPage(path: string): boolean {
  return !/^\/(?:api|dev|_next)(?:\/|$)|\./.test(path);
}

/** Whether a request is a form sent to a page, whose body form-body.ts is to judge. */
export function isForm({ method, target }: Pick<Asked, 'method' | 'target'>): boolean {
  return method === 'POST' && isPage(pathOf(target));
}

const pathOf = (target: string) => target.split('?', 1)[0]!;

/** The most bytes that a form at `target` may have: the texts of a letter take more than anything a stranger can send. */
export function formLimit({ target, headers }: Pick<Asked, 'target' | 'headers'>): number {
  const withPublicLetter = /^\/(?:ja|en)\/admin\/letters\/./.test(pathOf(target));
  return withPublicLetter && SESSION_COOKIE.test(headers.get('cookie') ?? '')
    ? LETTER_FORM_BYTES
    : FORM_BYTES;
}

/** Whether percent-encoding is UTF-8 throughout and holds no NUL, which PostgreSQL does not take. */
function isWellFormed(target: string): boolean {
  if (!target.startsWith('/') || target.includes('\0')) return false;
  try {
    return !decodeURIComponent(target).includes('\0');
  } catch {
    return false;
  }
}

/**
 * Whether a form was sent by a page of ours, as told by `Origin`: scheme, host and port are those of `appUrl`. Browsers
 * send it with every POST, and `null` where they hide it, which is refused. Without it, `Sec-Fetch-Site` decides. With
 * neither, the request is let through: it is a program's, which has no cookies of anybody else, or an old browser's, or
 * something on the way removed both; another site cannot make a browser of today leave them out, and to old ones the
 * session cookie's `SameSite=Lax` still applies.
 */
function isOfOurs(headers: Headers, appUrl: string): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origin === appUrl;
  const site = headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || site === 'none';
}

/** Next compares a form's origin once more, with these headers, and fails where a proxy passes on another host than ours. */
function isForUs(headers: Headers, appUrl: string): boolean {
  if (headers.get('origin') === null) return true;
  const forwarded = headers.get('x-forwarded-host')?.split(',', 1)[0]!.trim();
  return (forwarded || headers.get('host')) === new URL(appUrl).host;
}

/**
 * The answer to a request that is refused by what is known before its body arrives, or null.
 * @param appUrl the instance's origin (APP_URL)
 */
export function refusalOf(asked: Asked, appUrl: string): Refusal | null {
  const { method, target, headers } = asked;
  if (target.length > TARGET_MAX) return { status: 414, reason: 'tooLong' };
  if (!isWellFormed(target)) return { status: 400, reason: 'malformed' };
  const methods = methodsOf(pathOf(target));
  if (!methods.includes(method))
    return { status: 405, reason: 'method', allow: methods.join(', ') };
  if (!isForm(asked)) return null;
  if (!isOfOurs(headers, appUrl)) return { status: 403, reason: 'foreign' };
  if (!isForUs(headers, appUrl)) return { status: 421, reason: 'misdirected' };
  const limit = formLimit(asked);
  if (Number(headers.get('content-length')) > limit)
    return { status: 413, reason: 'tooLarge', limit };
  if (!/^multipart\/form-data\s*;/i.test(headers.get('content-type') ?? ''))
    return { status: 415, reason: 'type' };
  return null;
}
