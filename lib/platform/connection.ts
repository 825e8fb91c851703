/**
 * What only a request's connection tells: who is at its other end. Next hands routes the headers and no socket, and clients
 * can forge headers. Node publishes every request on a diagnostics channel before any handler sees it, however the server
 * was started (`npm start`, `next start`, the standalone server); from there the peer's address travels in a header that
 * only this process can write.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const HEADER = 'x-undersigned-connection';
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

// Next bundles this module more than once; all copies in a process share the secret.
const store = globalThis as { undersignedConnectionSecret?: string };

export interface Connection {
  /** The address at the other end of the socket: the client's, or that of the nearest proxy. */
  peer: string;
  /** Whether a header says that a proxy passed the request on. */
  forwarded: boolean;
}

/** On requests that proxy.ts found no page for; next.config.ts rewrites them to the 404 page. */
export const MISSING_PAGE_HEADER = 'x-undersigned-missing-page';

/** Replaces whatever the client sent in our headers with what its socket says. */
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

/** Stamps every request that this process receives from now on. Called once, before the first request. */
export function stampConnections(): void {
  if (store.undersignedConnectionSecret) return;
  store.undersignedConnectionSecret = randomBytes(32).toString('hex');
  subscribe('http.server.request.start', (message) =>
    stampConnection((message as { request: IncomingMessage }).request),
  );
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** The connection of the request with these headers; null where no stamp of this process is on it. */
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

/**
 * Whether a person at this machine asks: over the loopback interface, with no header of a proxy. The name in `Host` must be
 * local too: otherwise a site whose name is made to point here (DNS rebinding) could have its visitor's browser ask.
 */
export function fromThisMachine(headers: Headers): boolean {
  const connection = connectionOf(headers);
  if (!connection || connection.forwarded || !LOOPBACK.has(connection.peer)) return false;
  return LOCAL_NAMES.has(hostnameOf(headers.get('host') ?? '') ?? '');
}
