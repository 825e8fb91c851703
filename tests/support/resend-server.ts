import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

interface Request {
  key: string;
  body: string;
}

/** A mock of the parts of Resend's API needed for sending, including idempotency keys. */
export interface ResendServer {
  url: string;
  /** All requests received, including repeated ones. */
  requests: Request[];
  /** Accepted bodies by idempotency key. */
  accepted: Map<string, { id: string; body: string }>;
  /**
   * Responds to the next requests with these, in order. A held one is accepted but gets no
   * response.
   */
  next: (Answer | 'hold')[];
  close(): Promise<void>;
}

export async function resendServer(): Promise<ResendServer> {
  const requests: Request[] = [];
  const accepted = new Map<string, { id: string; body: string }>();
  const next: ResendServer['next'] = [];
  const accept = ({ key, body }: Request): Answer => {
    const known = accepted.get(key);
    if (known && known.body !== body) {
      return {
        status: 409,
        body: {
          statusCode: 409,
          name: 'invalid_idempotent_request',
          message: 'Same idempotency key used with a different request payload',
        },
      };
    }
    const id = known?.id ?? `resend-${accepted.size + 1}`;
    accepted.set(key, { id, body });
    return { status: 200, body: { id } };
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        key: String(incoming.headers['idempotency-key']),
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(request);
      const scripted = next.shift();
      if (scripted === 'hold') {
        accept(request);
        return;
      }
      const { status, body, headers } = scripted ?? accept(request);
      outgoing
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    accepted,
    next,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
