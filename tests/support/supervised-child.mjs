/**
 * A server process for tests of supervision: responds with its PID on the port in its first
 * argument.
 */
import { createServer } from 'node:http';

const [port, how] = process.argv.slice(2);
process.on('message', (message) => message === 'ping' && process.send?.('pong'));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
createServer((request, response) => {
  response.end(String(process.pid));
  if (request.url === '/spin') for (;;); // the event loop never turns again
}).listen(Number(port), '127.0.0.1', () =>
  process.send?.('ready', () => how === 'crash' && process.exit(3)),
);
