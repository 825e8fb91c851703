/**
 * One server process: Next behind a plain HTTP server, told everything by its environment (lib/platform/env.ts).
 * `npm start` runs one; production can run several on one database. `--dev` serves the sources.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import next from 'next';
import { sayWhenFailed } from './failed.mjs';
import { sayWhenMissing } from './not-found.mjs';
import { EVERYWHERE, transportSecurity } from '../lib/platform/security-headers.mjs';
import { refuseUnseen } from './unseen.mjs';

const dev = process.argv.includes('--dev');
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST;
const appUrl = process.env.APP_URL ?? `http://localhost:${port}`;

/** What an answer holds that has nothing of its own in its place (next.config.ts, proxy.ts). */
const headersOfAll = Object.entries({
  ...EVERYWHERE,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  ...transportSecurity(appUrl),
});

/** Proves to lib/platform/local-only.ts that a request came from this machine. Headers alone could be forged. */
const LOCAL_PROOF = randomBytes(32).toString('hex');
process.env.LOCAL_PROOF = LOCAL_PROOF;
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether clients connect to this process themselves (lib/platform/client-address.ts). */
const addressIsOfSocket = (process.env.CLIENT_ADDRESS || 'socket').toLowerCase() === 'socket';

/** How long requests under way may take once the process has been asked to end. */
const DRAIN_MS = 5_000;

const app = next({ dev, dir: process.cwd(), hostname: host ?? 'localhost', port });
await app.prepare();
const handle = app.getRequestHandler();

/**
 * Next says where a page has gone twice when it renders one that it then keeps; read as one value, that is no address.
 * And whoever sent a form is to read what it leads to, not to send it there once more.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function sayWhereOnce(request, response) {
  const { writeHead } = response;
  response.writeHead = /** @type {any} */ (
    (/** @type {any[]} */ ...given) => {
      // Next redirects addresses with a slash too many before it adds headers of ours.
      for (const [name, value] of headersOfAll)
        if (!response.hasHeader(name)) response.setHeader(name, value);
      const where = response.getHeader('location');
      if (Array.isArray(where)) response.setHeader('Location', where.slice(0, 1));
      if (request.method === 'POST' && (given[0] ?? response.statusCode) === 307)
        given[0] = response.statusCode = 303;
      return writeHead.apply(response, /** @type {any} */ (given));
    }
  );
}

const server = createServer((request, response) => {
  if (refuseUnseen(request, response, appUrl)) return;
  delete request.headers['x-undersigned-local'];
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  if (!forwarded && LOOPBACK.has(request.socket.remoteAddress ?? ''))
    request.headers['x-undersigned-local'] = LOCAL_PROOF;
  // With no proxy in front, nobody else may say whose request this is; Next then puts in the connection's address.
  if (addressIsOfSocket) delete request.headers['x-forwarded-for'];
  sayWhereOnce(request, response);
  if (!dev) sayWhenFailed(request, response);
  if (!dev)
    sayWhenMissing(
      request,
      response,
      () => `http://${host?.includes(':') ? `[${host}]` : (host ?? 'localhost')}:${port}`,
    );
  handle(request, response).catch(() => response.destroy());
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const drained = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(drained);
  await /** @type {{ undersignedStop?: () => Promise<void> }} */ (globalThis).undersignedStop?.();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// `npm start` was killed and cannot ask any more.
process.on('disconnect', stop);

// The supervisor (scripts/supervise.ts) asks whether the event loop still turns.
process.on('message', (message) => message === 'ping' && process.send?.('pong'));

server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(port, host, () => process.send?.('ready'));
