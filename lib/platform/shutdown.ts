/**
 * Graceful shutdown on SIGTERM and SIGINT: stop accepting connections, finish pending requests,
 * stop the background jobs, exit. Works with any HTTP server of the process. `next start` and the
 * standalone server have their own handlers, which exit as soon as requests have finished;
 * NEXT_MANUAL_SIG_HANDLE=true disables them (ADR 25).
 */
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

/** Timeout for pending requests during shutdown. */
const DRAIN_MS = 5_000;

// In development Next runs instrumentation.ts again after changes; only the newest background jobs
// must be stopped.
const store = globalThis as { undersignedStop?: () => Promise<void> };

function close(server: Server): Promise<void> {
  const drained = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  }).finally(() => clearTimeout(drained));
}

/** Calls `stop` on shutdown after the last request, and then exits. */
export function onShutdown(stop: () => Promise<void>): void {
  const installed = store.undersignedStop !== undefined;
  store.undersignedStop = stop;
  if (installed) return;
  // A server that has received no request has no connections to drain.
  const servers = new Set<Server>();
  subscribe('http.server.request.start', (message) =>
    servers.add((message as { server: Server }).server),
  );
  let stopping = false;
  const shutDown = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([...servers].map(close));
    await store.undersignedStop?.();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown());
}
