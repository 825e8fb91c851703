/**
 * Requests that proxy.ts never sees, since Next fails on them before it: each is refused here in a line, as everything else
 * is there (lib/platform/request-guard.ts).
 */
import { parseAndValidateFlightRouterState } from 'next/dist/server/app-render/parse-and-validate-flight-router-state.js';
import { EVERYWHERE, transportSecurity } from '../lib/platform/security-headers.mjs';

/** Methods that any page or route of the product takes, and those that proxy.ts refuses; the rest cannot even be told to it. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Nobody needs to send a body like this to read why it is refused. */
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
    // Next takes these two from itself, and fails where what they hold is not its own.
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
 * A target that names the whole address (`GET https://host/path`, RFC 9112, 3.2.2) is taken for its path where it names ours.
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
 * The status with which a request is refused, or null.
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
 * Answers what proxy.ts would not see.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} appUrl the instance's address
 * @returns {boolean} whether it has answered
 */
export function refuseUnseen(request, response, appUrl) {
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
    // What follows may be a body that nobody reads.
    Connection: 'close',
  });
  response.end(WORDS[status]);
  return true;
}
