/**
 * Refuses malformed requests on which Next fails before it calls proxy.ts, with a one-line
 * response. Only for hardening: without it (`next start`, standalone), Next responds itself,
 * sometimes with 500 (ADR 25).
 */
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { EVERYWHERE, transportSecurity } from '../lib/platform/security-headers.mjs';

/**
 * The methods that a `Request`, and so proxy.ts, supports; proxy.ts decides which are allowed for a
 * path.
 */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** The maximum body size. proxy.ts has lower limits that depend on the path. */
const BODY_MAX = 64 * 1024 * 1024;

const WORDS = /** @type {const} */ ({
  400: 'このリクエストは正しい形式ではありません。\n\nThis request is not well formed.\n',
  405: 'このアドレスでは、その方法での操作はできません。\n\nNothing can be done at this address in that way.\n',
  413: '送信された内容が大きすぎるため、受け付けられませんでした。何も保存されていません。\n\nWhat was sent is too large to be taken. Nothing was saved.\n',
});

/** @param {import('node:http').IncomingMessage} request */
function hasReadableHeaders({ headers }) {
  try {
    if (!URL.canParse(`http://${headers.host}`)) return false;
    // Next's own header; Next throws on malformed values.
    parseAndValidateFlightRouterState(
      /** @type {string | undefined} */ (headers['next-router-state-tree']),
    );
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function isDecodable(path) {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Rewrites an absolute-form request target (`GET https://host/path`, RFC 9112, 3.2.2) to its path
 * if the host is ours.
 * @param {import('node:http').IncomingMessage} request
 * @param {string} appUrl
 */
function toOriginForm(request, appUrl) {
  const [, host, path] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(request.url ?? '') ?? [];
  if (host === undefined || host.toLowerCase() !== new URL(appUrl).host) return;
  request.url = path?.startsWith('/') ? path : `/${path}`;
  request.headers.host = host;
}

/**
 * The status with which to refuse a request, or null.
 * @param {import('node:http').IncomingMessage} request
 * @returns {400 | 405 | 413 | null}
 */
function refusal(request) {
  const target = request.url ?? '';
  if (!METHODS.has(request.method ?? '')) return 405;
  if (
    !target.startsWith('/') ||
    !isDecodable(target.split('?', 1)[0] ?? '') ||
    !hasReadableHeaders(request)
  )
    return 400;
  return Number(request.headers['content-length']) > BODY_MAX ? 413 : null;
}

/**
 * Responds to a request that Next could not route.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} appUrl the instance's origin
 * @returns {boolean} whether it responded
 */
export function refuseRawRequest(request, response, appUrl) {
  toOriginForm(request, appUrl);
  const status = refusal(request);
  if (status === null) return false;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    ...EVERYWHERE,
    ...transportSecurity(appUrl),
    ...(status === 405 && { Allow: 'GET, HEAD, POST' }),
    // The body is not read.
    Connection: 'close',
  });
  response.end(WORDS[status]);
  return true;
}
