/**
 * A server process of `npm start`: Next's request handler on a plain HTTP server, configured by the
 * environment (lib/platform/env.ts). No feature depends on it: `next start` and the standalone
 * server work too (ADR 25). It adds the raw request guard and the supervisor's health check.
 * `--dev` starts the development server.
 */
import { createServer } from 'node:http';
import next from 'next';
import { refuseRawRequest } from './raw-request-guard.mjs';

const dev = process.argv.includes('--dev');
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST;
const appUrl = process.env.APP_URL ?? `http://localhost:${port}`;

const app = next({ dev, dir: process.cwd(), hostname: host ?? 'localhost', port });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer((request, response) => {
  if (refuseRawRequest(request, response, appUrl)) return;
  handle(request, response).catch((error) => {
    // eslint-disable-next-line no-console -- lib/platform/process-log.ts makes a line of the log of it
    console.error(error);
    response.destroy();
  });
});

// `npm start` was killed, so it cannot request the shutdown (lib/platform/shutdown.ts).
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

// The supervisor (scripts/supervise.ts) checks that the event loop is responsive.
process.on('message', (message) => message === 'ping' && process.send?.('pong'));

server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(port, host, () => process.send?.('ready'));
