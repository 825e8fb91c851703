/**
 * A line in the log for every request: what kind, how it was answered, and how long that took, which
 * the metrics count, too. Of
 * the request itself only the method and the id are written: paths hold tokens. Node publishes every
 * request on a diagnostics channel, however the server was started (as for connection.ts).
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from './log';
import { countRequest } from './metrics/latencies';
import { beginRequest, REQUEST_ID_HEADER, requestIdFrom } from './request-id';
import { routeKind, type RouteKind } from './route-kind';

/** Requests without a line: every page has dozens of files, and probes come every few seconds. */
const UNLOGGED: ReadonlySet<RouteKind> = new Set(['static', 'probe']);

function begin(request: IncomingMessage, response: ServerResponse): void {
  const id = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
  request.headers[REQUEST_ID_HEADER] = id;
  response.setHeader('X-Request-Id', id);
  beginRequest(id);
  const kind = routeKind(request.url ?? '');
  const { method } = request;
  const begun = performance.now();
  response.once('close', () => {
    const milliseconds = performance.now() - begun;
    countRequest(kind, method, milliseconds / 1_000);
    if (UNLOGGED.has(kind)) return;
    log('info', 'request', {
      // Events of a response come in the context of its connection, which may have another by then.
      requestId: id,
      method,
      kind,
      status: response.headersSent ? response.statusCode : undefined,
      ms: Math.round(milliseconds),
      ...(!response.writableFinished && { aborted: true }),
    });
  });
}

// Once per process: in development Next runs instrumentation.ts again after changes.
const store = globalThis as { undersignedRequestLog?: true };

/** Gives every request that this process receives from now on an id, and logs and counts it. */
export function logRequests(): void {
  if (store.undersignedRequestLog) return;
  store.undersignedRequestLog = true;
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    begin(request, response);
  });
}
