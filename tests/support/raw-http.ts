import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 if the server closed the connection without a response. */
  status: number;
  headers: string;
  body: string;
}

/** The raw bytes of a request, without validation, completion or encoding. */
export function rawRequest(
  method: string,
  target: string,
  headers: [string, string][],
  body: string | Buffer = '',
): Buffer {
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

/** Sends bytes to a local server and reads its response until the connection ends. */
export async function sendRaw(port: number, bytes: Buffer): Promise<RawAnswer> {
  const received: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(20_000, () =>
      socket.destroy(new Error(`no answer to ${bytes.subarray(0, 300).toString('latin1')}`)),
    );
    socket.on('data', (chunk) => received.push(chunk));
    // A server may close the connection before it has read everything; its response still counts.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve() : reject(error),
    );
    socket.on('close', () => resolve());
  });
  const text = Buffer.concat(received).toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    headers: text.slice(0, end),
    body: end < 0 ? '' : text.slice(end + 4),
  };
}
