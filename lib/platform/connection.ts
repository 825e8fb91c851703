/**
 * The peer address of a request's connection. Next gives routes the headers but not the socket, and
 * clients can forge headers. Node publishes every request on a diagnostics channel before any
 * handler runs, however the server was started (`npm start`, `next start`, standalone); there the
 * peer address is put into a header that is authenticated with a per-process secret.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const HEADER = 'x-undersigned-connection';
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAMES = new Set<string | undefined>(['localhost', '127.0.0.1', '[::1]']);

// Next bundles this module several times; all copies in a process share the secret.
const store = globalThis as { undersignedConnectionSecret?: string };

export interface Connection {
  /** The peer address of the socket: the client's, or that of the nearest proxy. */
  peer: string;
  /** Whether a header shows that the request came through a proxy. */
  forwarded: boolean;
}

/** Set by proxy.ts on requests for unknown pages; next.config.ts rewrites them to the 404 page. */
export const MISSING_PAGE_HEADER = 'x-undersigned-missing-page';

/** Overwrites our headers, including any sent by the client, with the socket's data. */
export function stampConnection(request: Pick<IncomingMessage, 'headers' | 'socket'>): void {
  const { headers, socket } = request;
  delete headers[MISSING_PAGE_HEADER];
  const forwarded = FORWARDING.some((name) => headers[name] !== undefined);
  headers[HEADER] = [
    store.undersignedConnectionSecret,
    socket.remoteAddress ?? 'unknown',
    forwarded ? 'forwarded' : 'direct',
  ].join(' ');
}

/**
 * Adds the headers to every request that this process receives from now on. Called once, before the
 * first request.
 */
export function stampConnections(): void {
  if (store.undersignedConnectionSecret) return;
  store.undersignedConnectionSecret = randomBytes(32).toString('hex');
  subscribe('http.server.request.start', (message) =>
    stampConnection((message as { request: IncomingMessage }).request),
  );
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** The connection of the request with these headers; null without a header from this process. */
export function connectionOf(headers: Headers): Connection | null {
  const secret = store.undersignedConnectionSecret;
  const [claimed = '', peer = '', how] = (headers.get(HEADER) ?? '').split(' ');
  if (!secret || !timingSafeEqual(sha256(claimed), sha256(secret))) return null;
  return { peer, forwarded: how !== 'direct' };
}

function hostnameOf(host: string): string | undefined {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return undefined;
  }
}

/** Whether a host name, as `URL` says it, is this machine's own. */
export const isLocalName = (hostname: string | undefined): boolean => LOCAL_NAMES.has(hostname);

/**
 * Whether a request comes from this machine: over the loopback interface and not through a proxy.
 * `Host` must be local, too: otherwise a website whose name resolves to 127.0.0.1 (DNS rebinding)
 * could send requests from its visitor's browser.
 */
export function fromThisMachine(headers: Headers): boolean {
  const connection = connectionOf(headers);
  if (!connection || connection.forwarded || !LOOPBACK.has(connection.peer)) return false;
  return isLocalName(hostnameOf(headers.get('host') ?? ''));
}
