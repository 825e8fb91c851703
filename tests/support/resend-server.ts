import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Request {
  path: string;
  key: string;
  /** The API key that it came with. */
  apiKey: string;
  body: string;
}

/** A mock of the parts of Resend's API needed for sending, including idempotency keys. */
export interface ResendServer {
  url: string;
  /** All requests received, including repeated ones. */
  requests: Request[];
  /** Accepted bodies by idempotency key. */
  accepted: Map<string, { id: string; body: string }>;
  /** The recipients of all mails that were accepted, once for each mail that left. */
  left: string[];
  /** Why a mail of a batch is refused; null: it is not. */
  refuses: (to: string) => string | null;
  /**
   * Responds to the next requests with these, in order. A held one is accepted but gets no
   * response.
   */
  next: (Answer | 'hold')[];
  /**
   * What becomes of the requests after those; null: as usual. An ignored one is neither accepted nor
   * gets a response.
   */
  fate: (request: Request) => Answer | 'hold' | 'ignore' | null;
  close(): Promise<void>;
}

export async function resendServer(): Promise<ResendServer> {
  const requests: Request[] = [];
  const accepted = new Map<string, { id: string; body: string }>();
  const next: ResendServer['next'] = [];
  const left: string[] = [];
  const behaviour: Pick<ResendServer, 'refuses' | 'fate'> = {
    refuses: () => null,
    fate: () => null,
  };
  /** What of a request is sent: one mail, or those of a batch that are not refused. */
  const read = ({ path, body }: Request) => {
    const mails = [JSON.parse(body) as { to: string } | { to: string }[]].flat();
    const errors = mails.flatMap(({ to }, index) => {
      const message = path === '/emails/batch' ? behaviour.refuses(to) : null;
      return message === null ? [] : [{ index, message }];
    });
    const taken = mails.filter((_mail, at) => !errors.some(({ index }) => index === at));
    return { errors, taken };
  };
  const accept = (request: Request): Answer => {
    const { key, body, path } = request;
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
    const { errors, taken } = read(request);
    if (!known) left.push(...taken.map(({ to }) => to));
    if (path !== '/emails/batch') return { status: 200, body: { id } };
    const data = taken.map((_mail, index) => ({ id: `${id}-${index + 1}` }));
    return { status: 200, body: { data, errors } };
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        path: incoming.url ?? '',
        key: String(incoming.headers['idempotency-key']),
        apiKey: (incoming.headers.authorization ?? '').replace(/^Bearer /, ''),
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(request);
      const scripted = next.shift() ?? behaviour.fate(request);
      if (scripted === 'ignore') return;
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
    left,
    next,
    get refuses() {
      return behaviour.refuses;
    },
    set refuses(refuses) {
      behaviour.refuses = refuses;
    },
    get fate() {
      return behaviour.fate;
    },
    set fate(fate) {
      behaviour.fate = fate;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
