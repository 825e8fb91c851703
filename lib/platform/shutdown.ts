/**
 * Graceful shutdown on SIGTERM and SIGINT: stop accepting connections, finish pending requests,
 * stop the background jobs, exit. Works with any HTTP server of the process. `next start` and the
 * standalone server have their own handlers, which exit as soon as requests have finished;
 * NEXT_MANUAL_SIG_HANDLE=true disables them (ADR 25).
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import net from 'node:net';

/** Timeout for pending requests during shutdown. */
const DRAIN_MS = 10_000;
/** How often idle connections are closed during shutdown. */
const IDLE_MS = 1_000;

// In development Next runs instrumentation.ts again after changes; only the newest background jobs
// must be stopped.
const store = globalThis as { undersignedStop?: () => Promise<void> };

/**
 * Stops listening, and lets connections end. A proxy may just be sending a request over one that seems
 * idle, and would have to answer 502 if it were closed: so connections are closed with the next
 * response, and only those that have none within a second or so without one.
 */
function close(server: Server, underWay: ReadonlySet<ServerResponse>): Promise<void> {
  const closing = (response: ServerResponse) =>
    response.headersSent || response.setHeader('Connection', 'close');
  for (const response of underWay) closing(response);
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) =>
    closing(response),
  );
  // In the same turn of the event loop only after what has arrived was read.
  const closeIdle = () => setImmediate(() => server.closeIdleConnections());
  const idle = setInterval(closeIdle, IDLE_MS);
  const drained = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  return new Promise<void>((resolve) => {
    // Not `server.close()`, which closes idle connections at once.
    net.Server.prototype.close.call(server, () => resolve());
  }).finally(() => {
    clearInterval(idle);
    clearTimeout(drained);
  });
}

/** Calls `stop` on shutdown after the last request, and then exits. */
export function onShutdown(stop: () => Promise<void>): void {
  const installed = store.undersignedStop !== undefined;
  store.undersignedStop = stop;
  if (installed) return;
  // A server that has received no request has no connections to drain.
  const servers = new Set<Server>();
  const underWay = new Set<ServerResponse>();
  subscribe('http.server.request.start', (message) => {
    const { server, response } = message as { server: Server; response: ServerResponse };
    servers.add(server);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  let stopping = false;
  const shutDown = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([...servers].map((server) => close(server, underWay)));
    await store.undersignedStop?.();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown());
}
